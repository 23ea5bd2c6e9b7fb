// Views: what things are worth.
// Plain structs described for JSON; api/services.h fills them, the route table names them, and
// web/src/api/api.gen.ts and docs/reference/openapi.yaml are written from them.
// Thread rule: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/view_base.h"
#include "base/time.h"

namespace daytwo::api {

// What one thing is worth, as a person stated it.
struct StakeRow {
  std::string subject;
  std::string text;
  Amount amount;
  std::string by;
  Timestamp ts;
  std::string source;

  static constexpr std::string_view kName = "StakeRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("subject", self.subject);
    v("text", self.text);
    v("amount", self.amount);
    v("by", self.by);
    v("ts", self.ts);
    v("source", self.source);
  }
};

// A cited default for one subject.
struct StakeOffer {
  std::string subject;
  std::string text;
  std::string source;

  static constexpr std::string_view kName = "StakeOffer";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("subject", self.subject);
    v("text", self.text);
    v("source", self.source);
  }
};

// GET /stakes, and the answer of POST /stakes.
struct StakesPage : Base {
  std::string sentence;
  std::vector<StakeRow> stakes;
  std::optional<Question> question;
  std::vector<StakeOffer> offers;
  std::optional<std::vector<std::string>> understood;  // of a dry run

  static constexpr std::string_view kName = "StakesPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("stakes", self.stakes);
    v("question", self.question);
    v("offers", self.offers);
    v.optional("understood", self.understood);
  }
};

// POST /stakes: "an hour of checkout down costs $2k to $20k".
struct StakesRequest {
  std::string text;
  std::optional<bool> dry_run;

  static constexpr std::string_view kName = "StakesRequest";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("text", self.text);
    v.optional("dry_run", self.dry_run);
  }
};

}  // namespace daytwo::api
