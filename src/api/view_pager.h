// Views: pages.
// Plain structs described for JSON; api/services.h fills them, the route table names them, and
// web/src/api/api.gen.ts and docs/reference/openapi.yaml are written from them.
// Thread rule: plain values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/view_base.h"
#include "base/time.h"

namespace daytwo::api {

// Where a page stands.
enum class PageState : std::uint8_t {
  kPending,
  kSending,
  kSent,
  kDelivered,
  kCancelled,
  kUndeliverable
};
// The names of PageState in JSON.
constexpr std::array<std::string_view, 6> json_names(PageState) {
  return {"pending", "sending", "sent", "delivered", "cancelled", "undeliverable"};
}
// Its name among the types of the API.
constexpr std::string_view json_type_name(PageState) { return "PageState"; }

// Why a message is sent. Only a page waits for an answer.
enum class PagePurpose : std::uint8_t { kPage, kResolve, kNotice, kTest };
// The names of PagePurpose in JSON.
constexpr std::array<std::string_view, 4> json_names(PagePurpose) {
  return {"page", "resolve", "notice", "test"};
}
// Its name among the types of the API.
constexpr std::string_view json_type_name(PagePurpose) { return "PagePurpose"; }

// A page: one message to one person or receiver.
struct PageRow {
  std::string id;
  std::string worry;
  std::string title;
  std::string to;
  std::string method;
  PagePurpose purpose = PagePurpose::kPage;
  PageState state = PageState::kPending;
  std::int64_t attempt = 0;
  Timestamp created;
  std::optional<Timestamp> sent;
  std::optional<Timestamp> acked;
  std::string acked_by;
  std::string vote;    // what was said of it last: useful, noise, not_mine, no_power
  std::string shadow;  // what waiting against waking would have said
  std::string error;

  static constexpr std::string_view kName = "PageRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("id", self.id);
    v("worry", self.worry);
    v("title", self.title);
    v("to", self.to);
    v("method", self.method);
    v("purpose", self.purpose);
    v("state", self.state);
    v("attempt", self.attempt);
    v("created", self.created);
    v("sent", self.sent);
    v("acked", self.acked);
    v("acked_by", self.acked_by);
    v("vote", self.vote);
    v("shadow", self.shadow);
    v("error", self.error);
  }
};

// GET /pages, and the answer of a change to one.
struct PagesPage : Base {
  std::string sentence;
  std::vector<PageRow> pages;
  std::string teach;

  static constexpr std::string_view kName = "PagesPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("pages", self.pages);
    v("teach", self.teach);
  }
};

// POST /pages/ID/snooze.
struct SnoozeRequest {
  std::string span;  // "30m", "8h"

  static constexpr std::string_view kName = "SnoozeRequest";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("for", self.span);
  }
};

// What a person says of a page.
enum class Vote : std::uint8_t { kUseful, kNoise, kNotMine, kNoPower };
// The names of Vote in JSON.
constexpr std::array<std::string_view, 4> json_names(Vote) {
  return {"useful", "noise", "not_mine", "no_power"};
}
// Its name among the types of the API.
constexpr std::string_view json_type_name(Vote) { return "Vote"; }

// POST /pages/ID/feedback.
struct FeedbackRequest {
  Vote vote = Vote::kUseful;

  static constexpr std::string_view kName = "FeedbackRequest";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("vote", self.vote);
  }
};

// POST /pages/test: a page through the real outbox.
struct PageTestRequest {
  std::optional<std::string> to;  // a person or receiver; default: all that are configured

  static constexpr std::string_view kName = "PageTestRequest";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v.optional("to", self.to);
  }
};

}  // namespace daytwo::api
