// Objective: what share of what must go well, over which window, and the budget that leaves.
// Model: budget = (1 - target) * events in the window [Google, The Site Reliability Workbook, ch.
// 5]. A target is kept as integer parts per billion, so that 99.9 is exact.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"

namespace daytwo::model {

inline constexpr std::int64_t kBillion = 1'000'000'000;

// What an objective counts.
enum class ObjectiveKind : std::uint8_t {
  kRatio,  // good and total, or bad and total, by counter selectors
  kProbe,  // probes that succeeded
  kFlow,   // what came out of what went in
};

// One condition of an alert: both windows burn faster than `factor` budgets per objective window.
struct BurnRule {
  std::string severity;  // "page" or "ticket"
  Duration short_window;
  Duration long_window;
  double factor = 0;
  bool operator==(const BurnRule&) const = default;
};

// An objective as declared. Queries are selectors of counters (or of a 0/1 gauge for kProbe), as
// text: only promql reads them.
struct Objective {
  std::string name;
  ServiceId service;
  ObjectiveKind kind = ObjectiveKind::kRatio;
  std::string good;  // one of good and bad, unless kind is kProbe or kFlow
  std::string bad;
  std::string total;
  std::string probe;
  std::string flow;  // name of a flow of the service
  std::int64_t target_ppb = 999'000'000;
  Duration window = days(30);
  std::vector<BurnRule> rules;  // empty = default_rules(window)
  double false_pages = 0.05;    // per 30 days and page rule, accepted by whoever declared it
  bool operator==(const Objective&) const = default;
};

// The four rules of the Workbook, table 5-8, scaled to the window: 2 % of the budget in 1 h, 5 % in
// 6 h (page), 10 % in 1 d, 10 % in 3 d (ticket).
[[nodiscard]] std::vector<BurnRule> default_rules(Duration window);

// Reads a target in percent as a decimal text: "99.9" is 999,000,000. Errors: kInvalid outside
// (0, 100), for 100 itself, and for more than seven decimals.
[[nodiscard]] Result<std::int64_t> parse_target(std::string_view percent);

// "99.9": the shortest decimal.
[[nodiscard]] std::string target_words(std::int64_t target_ppb);

// The objective that a watched URL has from the first minute: 99.5 % of probes up over 28 days.
[[nodiscard]] Objective objective_of_probe(std::string_view url, std::string_view service);

// Sums over one window. `unknown` is in events as expected from the rest; silence is not success.
struct EventSums {
  double bad = 0;
  double total = 0;
  double known_share = 0;  // 0 to 1: the share of the window that was measured
  bool operator==(const EventSums&) const = default;
};

// Times the allowed speed at which the budget goes: (bad/total)/(1-target). Errors: kNotFound when
// no event was seen (never 0: silence is not success).
[[nodiscard]] Result<double> burn_of(const EventSums& sums, std::int64_t target_ppb);

// True when `sums` burns faster than `factor`, compared without dividing. False without events.
[[nodiscard]] bool burns_faster(const EventSums& sums, std::int64_t target_ppb, double factor);

// Share of the budget still left at the window's end: 1 untouched, 0 spent, negative overspent.
// Errors: kNotFound when no event was seen.
[[nodiscard]] Result<double> budget_left(const EventSums& sums, std::int64_t target_ppb);

}  // namespace daytwo::model
