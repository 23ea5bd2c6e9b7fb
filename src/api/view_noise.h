// Views: how useful each alert rule was, and what attention it took.
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

// What is known of a rule's usefulness.
enum class RuleVerdict : std::uint8_t { kUnknown, kUnsure, kUseful, kNoise };
// The names of RuleVerdict in JSON.
constexpr std::array<std::string_view, 4> json_names(RuleVerdict) {
  return {"unknown", "unsure", "useful", "noise"};
}
// Its name among the types of the API.
constexpr std::string_view json_type_name(RuleVerdict) { return "RuleVerdict"; }

// One alert rule over the window.
struct NoiseRow {
  std::string rule;
  std::vector<std::string> services;
  std::string severity;
  std::int64_t fired = 0;
  std::int64_t called = 0;             // people called
  bool by_custom = false;              // some of them as read off the severity
  std::optional<std::int64_t> asleep;  // of them; null where no working hours are stated
  std::int64_t answered = 0;           // firings with an answer
  std::int64_t acknowledged = 0;
  std::int64_t not_mine = 0;
  std::int64_t followed = 0;     // firings with an incident or a change of the service
  std::int64_t short_lived = 0;  // firings that ended by themselves
  std::int64_t useful = 0;       // firings
  std::int64_t judged = 0;       // firings of which something is known
  std::optional<Amount> share;   // that is useful: a probability; null where none is judged
  double noise_chance = 0.5;     // that fewer than half are useful
  RuleVerdict verdict = RuleVerdict::kUnknown;
  std::optional<Amount> minutes;       // of people's attention
  std::optional<Amount> cost;          // of these, once an hour of work has a price
  std::optional<Duration> for_longer;  // `for` that would have kept its short ones silent
  std::string sentence;

  static constexpr std::string_view kName = "NoiseRow";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("rule", self.rule);
    v("services", self.services);
    v("severity", self.severity);
    v("fired", self.fired);
    v("called", self.called);
    v("by_custom", self.by_custom);
    v("asleep", self.asleep);
    v("answered", self.answered);
    v("acknowledged", self.acknowledged);
    v("not_mine", self.not_mine);
    v("followed", self.followed);
    v("short_lived", self.short_lived);
    v("useful", self.useful);
    v("judged", self.judged);
    v("share", self.share);
    v("noise_chance", self.noise_chance);
    v("verdict", self.verdict);
    v("minutes", self.minutes);
    v("cost", self.cost);
    v("for_longer", self.for_longer);
    v("sentence", self.sentence);
  }
};

// GET /noise.
struct NoisePage : Base {
  std::string sentence;
  Timestamp since;
  std::vector<NoiseRow> rules;        // the most attention first
  std::vector<std::string> coverage;  // what is not known, and what would tell
  std::string teach;

  static constexpr std::string_view kName = "NoisePage";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    Base::describe(v, self);
    v("sentence", self.sentence);
    v("since", self.since);
    v("rules", self.rules);
    v("coverage", self.coverage);
    v("teach", self.teach);
  }
};

}  // namespace daytwo::api
