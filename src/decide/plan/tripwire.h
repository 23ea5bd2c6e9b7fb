// Tripwire: what would have to happen for an option that was left to join the plan: a price, a loss
// or its rate, more money or days. Figures are exact for the expected numbers, each moved alone.
// Thread rule: plain values, pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "decide/plan/problem.h"

namespace daytwo::decide::plan {

// What is watched.
enum class Wire { kPrice, kLoss, kMoney, kDays, kRule, kDate, kNever };
// "price", "loss", "money", "days", "rule", "date", "never".
[[nodiscard]] std::string_view to_string(Wire wire);

// One of them. `at` is the value from which the option joins, `now` the value as it is: the price
// of the option with what it needs; the factor of the losses of `what` (as often, or as large); the
// budget; the days of the team `what`. Of kRule and kDate, `what` says it.
struct Tripwire {
  Wire wire = Wire::kNever;
  std::string what;
  double at = 0;
  double now = 0;
};

// The tripwires of an option that `chosen` leaves, nearest first: one of price and one of loss
// where it does not pay, else the limit that keeps it out. `worry_of` is by cause. REQUIRES: a
// valid problem; `chosen` keeps its rules and does not hold the option.
[[nodiscard]] std::vector<Tripwire> tripwires_of(const Problem& problem,
                                                 const std::vector<std::string>& worry_of,
                                                 Set chosen, std::size_t option);

}  // namespace daytwo::decide::plan
