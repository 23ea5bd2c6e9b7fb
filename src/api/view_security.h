// Views: promises of security, for those who keep them and for those they are made to.
// Plain structs described for JSON; web/src/api/api.gen.ts and docs/reference/openapi.yaml are
// written from them.
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

// Whether a promise is kept.
enum class StandingView : std::uint8_t { kUnknown, kKept, kBroken };
// The names of StandingView in JSON.
constexpr std::array<std::string_view, 3> json_names(StandingView) {
  return {"unknown", "kept", "broken"};
}
// Its name among the types of the API.
constexpr std::string_view json_type_name(StandingView) { return "Standing"; }

// One exposure that counts for a promise.
struct PromisedExposure {
  std::string worry;  // its id
  std::string title;
  std::string host;
  bool open = false;
  bool late = false;  // open, and beyond what is due
  Timestamp due;
  double days = 0;       // in the window
  double late_days = 0;  // of these
  std::string next_step;

  static constexpr std::string_view kName = "PromisedExposure";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("worry", self.worry);
    v("title", self.title);
    v("host", self.host);
    v("open", self.open);
    v("late", self.late);
    v("due", self.due);
    v("days", self.days);
    v("late_days", self.late_days);
    v("next_step", self.next_step);
  }
};

// What exposure costs, in money or in incidents expected.
struct ExposureCost {
  Amount so_far;             // of the window's exposure-days
  Amount allowed;            // had each been mended when due
  Amount late;               // what the days beyond due added
  Amount a_day;              // of one day more of what is open
  Amount a_late_day;         // of one day more of what is late
  std::string stake;         // the words it rests on; empty = incidents are counted
  std::int64_t unknown = 0;  // exposures without a likelihood, which are not in it

  static constexpr std::string_view kName = "ExposureCost";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("so_far", self.so_far);
    v("allowed", self.allowed);
    v("late", self.late);
    v("a_day", self.a_day);
    v("a_late_day", self.a_late_day);
    v("stake", self.stake);
    v("unknown", self.unknown);
  }
};

// What one contract gives back; shares are of the fee of one window.
struct SecurityCredit {
  std::string with;
  bool owed_to_us = false;
  double share_now = 0;  // if the window were settled today
  Amount now;
  double share_if_left = 0;  // in 30 days, nothing mended
  Amount if_left;
  double share_if_mended = 0;  // in 30 days, what is late mended today and the rest when due
  Amount if_mended;

  static constexpr std::string_view kName = "SecurityCredit";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("with", self.with);
    v("owed_to_us", self.owed_to_us);
    v("share_now", self.share_now);
    v("now", self.now);
    v("share_if_left", self.share_if_left);
    v("if_left", self.if_left);
    v("share_if_mended", self.share_if_mended);
    v("if_mended", self.if_mended);
  }
};

// One promise, measured and priced.
struct SecurityRow {
  std::string service;
  std::string name;
  std::string promise;  // in words
  std::string target;   // "99"
  StandingView standing = StandingView::kUnknown;
  std::string sentence;
  std::vector<std::string> services;  // whose exposures count
  Timestamp from;
  double measured_share = 0;     // of the window
  std::optional<double> within;  // share of exposure-days within what is due
  double days = 0;
  double late_days = 0;
  double budget_days = 0;       // that may be late
  double budget_left_days = 0;  // below 0 = overspent
  std::optional<double> burn;   // times the allowed share of what is open is late
  std::int64_t open = 0;
  std::int64_t late = 0;
  std::int64_t not_counted = 0;            // exposures of this kind in no service covered
  std::optional<Timestamp> breaks_by;      // if nothing is mended
  std::optional<Timestamp> kept_again_by;  // if what is late is mended now
  std::optional<double> median_days;       // that mending takes
  std::optional<double> mended_when_due;   // share
  ExposureCost cost;
  std::vector<SecurityCredit> credits;
  std::vector<PromisedExposure> exposures;

  static constexpr std::string_view kName = "SecurityRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("service", self.service);
    v("name", self.name);
    v("promise", self.promise);
    v("target", self.target);
    v("standing", self.standing);
    v("sentence", self.sentence);
    v("services", self.services);
    v("from", self.from);
    v("measured_share", self.measured_share);
    v("within", self.within);
    v("days", self.days);
    v("late_days", self.late_days);
    v("budget_days", self.budget_days);
    v("budget_left_days", self.budget_left_days);
    v("burn", self.burn);
    v("open", self.open);
    v("late", self.late);
    v("not_counted", self.not_counted);
    v("breaks_by", self.breaks_by);
    v("kept_again_by", self.kept_again_by);
    v("median_days", self.median_days);
    v("mended_when_due", self.mended_when_due);
    v("cost", self.cost);
    v("credits", self.credits);
    v("exposures", self.exposures);
  }
};

// GET /security.
struct SecurityPage : Base {
  std::string sentence;
  std::string teach;                  // the next line of YAML where something is missing
  std::vector<std::string> coverage;  // what was not looked at
  std::vector<SecurityRow> rows;
  std::optional<Question> question;  // what would turn incidents into money

  static constexpr std::string_view kName = "SecurityPage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("teach", self.teach);
    v("coverage", self.coverage);
    v("rows", self.rows);
    v("question", self.question);
  }
};

// One promise as a client may see it: nothing of what runs, where, or what is wrong with it.
struct PostureRow {
  std::string service;
  std::string promise;
  StandingView standing = StandingView::kUnknown;
  std::string sentence;
  Timestamp from;
  Timestamp to;
  double measured_share = 0;
  std::optional<double> within;       // rounded down to a tenth of a percent
  std::optional<double> median_days;  // that mending takes, in whole days

  static constexpr std::string_view kName = "PostureRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("service", self.service);
    v("promise", self.promise);
    v("standing", self.standing);
    v("sentence", self.sentence);
    v("from", self.from);
    v("to", self.to);
    v("measured_share", self.measured_share);
    v("within", self.within);
    v("median_days", self.median_days);
  }
};

// GET /security/posture.
struct PosturePage : Base {
  std::string sentence;
  std::vector<PostureRow> rows;

  static constexpr std::string_view kName = "PosturePage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("rows", self.rows);
  }
};

}  // namespace daytwo::api
