// The arithmetic of one objective: from sums to status.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/time.h"
#include "chance/fit.h"
#include "chance/learning.h"
#include "model/objective.h"
#include "orient/event_rings.h"
#include "orient/guard.h"
#include "orient/objectives.h"
#include "orient/words.h"

namespace daytwo::orient {
namespace {

// A rule whose long window has more unknown time than this freezes.
constexpr double kMaxUnknown = 0.10;
// A rule rests below this share of its factor, twice running.
constexpr double kCalm = 0.9;
constexpr int kCalmTurns = 2;
// Without a day of traffic nobody knows what is usual: fewer bad events prove nothing.
constexpr std::int64_t kNewcomer = 5;
constexpr Duration kKnownTraffic = days(1);
// False tickets per 30 days and rule that are put up with; pages have their own setting.
constexpr double kFalseTickets = 1;

double allowed_share(const model::Objective& objective) {
  return static_cast<double>(model::kBillion - objective.target_ppb) /
         static_cast<double>(model::kBillion);
}

// How much of the window can have been measured at all, and how much of that was not.
struct Coverage {
  double possible = 0;  // share of the window since the first measurement
  double unknown = 1;   // share of that which was not measured
};

Coverage coverage_of(const EventRings& rings, const model::EventSums& sums, Duration window,
                     Timestamp now) {
  if (rings.began() >= now) return {};
  const double age = (now - rings.began()).seconds();
  const double possible = std::min(age / window.seconds(), 1.0);
  // The newest sample is up to one scrape old.
  return {possible, std::clamp(1 - sums.known_share / possible, 0.0, 1.0)};
}

// The sums as if the whole window had the traffic of its measured part; what was not measured is
// taken as good, so that a short history does not inflate a burn.
model::EventSums expected(const model::EventSums& sums) {
  model::EventSums out = sums;
  if (sums.known_share > 0) out.total = sums.total / sums.known_share;
  return out;
}

RuleStatus judge_rule(const model::Objective& objective, const model::BurnRule& rule,
                      const EventRings& rings, Timestamp now, RuleMemory& memory) {
  RuleStatus out;
  out.rule = rule;
  out.short_sums = rings.sum(rule.short_window, now);
  out.long_sums = rings.sum(rule.long_window, now);
  const Coverage coverage = coverage_of(rings, out.long_sums, rule.long_window, now);
  const model::EventSums long_expected = expected(out.long_sums);
  const double false_alarms = rule.severity == "page" ? objective.false_pages : kFalseTickets;
  out.least_bad = least_bad_events(long_expected.total, allowed_share(objective), rule.long_window,
                                   false_alarms);
  if (now - rings.began() < kKnownTraffic) out.least_bad = std::max(out.least_bad, kNewcomer);
  // The last scrape may be a minute away; a rule of an hour tolerates that.
  if (coverage.unknown > kMaxUnknown || out.short_sums.total <= 0) {
    out.state = RuleState::kFrozen;
    out.reason = out.short_sums.total <= 0
                     ? "no event in the last " + to_words(rule.short_window)
                     : percent_words(coverage.unknown) + " of its window was not measured";
    return out;
  }
  const bool burns = model::burns_faster(out.short_sums, objective.target_ppb, rule.factor) &&
                     model::burns_faster(long_expected, objective.target_ppb, rule.factor);
  const bool enough = out.long_sums.bad >= static_cast<double>(out.least_bad) - 1e-6;
  const bool calm = !model::burns_faster(out.short_sums, objective.target_ppb, kCalm * rule.factor);
  memory.calm = calm ? memory.calm + 1 : 0;
  if (burns && enough) memory.firing = true;
  if (memory.calm >= kCalmTurns) memory.firing = false;
  out.state = memory.firing ? RuleState::kFiring : RuleState::kInactive;
  if (burns && !enough) {
    out.reason =
        fmt::format("{} of at least {} bad events", number_words(out.long_sums.bad), out.least_bad);
  }
  return out;
}

// When the budget is gone at the speed of `recent`, as an interval.
std::optional<ObjectiveStatus::Dates> empty_dates(const ObjectiveStatus& status,
                                                  const model::EventSums& recent, Timestamp now) {
  if (!status.budget_left || *status.budget_left <= 0 || recent.total <= 0 || recent.bad <= 0) {
    return std::nullopt;
  }
  const double allowed = allowed_share(status.objective);
  const ShareInterval share = bad_share(recent);
  const double window = status.objective.window.seconds();
  const auto date = [&](double bad) {
    // Left / burn windows from now; ten years is never.
    const double ahead = std::min(*status.budget_left * window * allowed / std::max(bad, 1e-12),
                                  10 * 365.25 * 86400);
    return now + seconds(static_cast<std::int64_t>(ahead));
  };
  // Slower than the window gives it back is no end.
  if (share.value <= allowed) return std::nullopt;
  return ObjectiveStatus::Dates{date(share.high), date(share.value), date(share.low)};
}

std::string sentence_of(const ObjectiveStatus& status) {
  if (!status.sli) return status.reason;
  std::string out =
      fmt::format("{} of {} went well in {} (target {} %)", percent_words(status.sli->value),
                  number_words(status.sums.total), to_string(status.objective.window),
                  model::target_words(status.objective.target_ppb));
  if (status.budget_left) {
    out +=
        *status.budget_left > 0
            ? fmt::format("; {} of the budget is left", percent_words(*status.budget_left))
            : fmt::format("; the budget is overspent by {}", percent_words(-*status.budget_left));
  }
  if (status.empty_at) {
    out +=
        fmt::format("; at this rate it is gone {} ({} to {}, 90 %)", to_clock(status.empty_at->p50),
                    to_clock(status.empty_at->p05), to_clock(status.empty_at->p95));
  }
  return out;
}

BudgetState state_of(const ObjectiveStatus& status, double possible) {
  if (!status.sli) return BudgetState::kUnknown;
  if (status.budget_left && *status.budget_left <= 0) return BudgetState::kSpent;
  for (const RuleStatus& rule : status.rules) {
    if (rule.state == RuleState::kFiring) return BudgetState::kBurning;
  }
  return possible < 1 ? BudgetState::kFilling : BudgetState::kOk;
}

}  // namespace

std::string_view to_string(BudgetState state) {
  static constexpr std::array<std::string_view, 5> kNames = {"unknown", "filling", "ok", "burning",
                                                             "spent"};
  return kNames.at(static_cast<std::size_t>(state));
}

ShareInterval bad_share(const model::EventSums& sums) {
  CHECK(sums.total > 0, "a share needs events");
  const auto trials = static_cast<std::int64_t>(std::max(1.0, std::round(sums.total)));
  const auto hits =
      std::clamp(static_cast<std::int64_t>(std::round(sums.bad)), std::int64_t{0}, trials);
  const chance::Interval interval = chance::clopper_pearson(hits, trials, .9);
  const double value = std::min(sums.bad / sums.total, 1.0);
  return {value, std::min(interval.low, value), std::max(interval.high, value)};
}

ObjectiveStatus judge_objective(const model::Objective& objective, const EventRings& rings,
                                Timestamp now, std::vector<RuleMemory>& memory) {
  ObjectiveStatus out;
  out.objective = objective;
  if (out.objective.rules.empty()) out.objective.rules = model::default_rules(objective.window);
  CHECK(memory.size() == out.objective.rules.size(), "each rule has a memory");
  out.sums = rings.sum(objective.window, now);
  const Coverage coverage = coverage_of(rings, out.sums, objective.window, now);
  out.unknown_share = coverage.unknown;
  for (std::size_t i = 0; i < memory.size(); ++i) {
    out.rules.push_back(judge_rule(objective, out.objective.rules[i], rings, now, memory[i]));
  }
  if (out.sums.total <= 0) {
    out.reason = "no event was seen in the window: unknown, not good";
    out.sentence = out.reason;
    return out;
  }
  const ShareInterval bad = bad_share(out.sums);
  out.sli = ShareInterval{1 - bad.value, 1 - bad.high, 1 - bad.low};
  const model::EventSums whole = expected(out.sums);
  out.budget_events = whole.total * allowed_share(objective);
  out.budget_left = 1 - out.sums.bad / *out.budget_events;
  for (const auto& [label, window] :
       {std::pair("1h", hours(1)), {"6h", hours(6)}, {"3d", days(3)}}) {
    const auto burn = model::burn_of(rings.sum(window, now), objective.target_ppb);
    if (burn) out.burn[label] = *burn;
  }
  out.empty_at = empty_dates(out, rings.sum(hours(1), now), now);
  out.state = state_of(out, coverage.possible);
  out.sentence = sentence_of(out);
  return out;
}

}  // namespace daytwo::orient
