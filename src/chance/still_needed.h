// Still needed: the chance that something which shows no use is needed after all.
// Model: of things that were idle for 30 days, a share p is needed; p ~ Beta(2, 8), an assumption
// that weighs as much as ten clean-ups of which two were regretted. Something needed goes without
// use for longer than d days with chance 1 / (1 + d / 7): half of such gaps end within a week, a
// tenth lasts two months, and yearly uses happen (a Lomax tail of shape 1, an assumption too).
// Something that is not needed stays idle. So by Bayes the odds of being needed fall with d:
//   odds(d) = p / (1 - p) * (1 + 30 / 7) / (1 + d / 7).
// Each past clean-up, at its own d, was regretted with that chance; the posterior of p is summed on
// a grid. At d = 30 throughout it is Beta(2 + regretted, 8 + others).
// Thread rule: pure functions.
#pragma once

#include <span>

#include "chance/estimate.h"

namespace daytwo::chance {

// The prior, and the idle time that it speaks of.
inline constexpr double kNeededPrior = 2;
inline constexpr double kNotNeededPrior = 8;
inline constexpr double kNeededAtDays = 30;
// Days within which half of the gaps of something needed end.
inline constexpr double kGapDays = 7;

// Something that was cleaned up after `idle_days`, and whether somebody wanted it back.
struct CleanUp {
  double idle_days = 0;
  bool regretted = false;
};

// The chance that something idle for `idle_days` is needed: mean and 90 % interval of what the past
// leaves open. REQUIRES: days are finite and not below 0.
[[nodiscard]] Estimate still_needed(std::span<const CleanUp> past, double idle_days);

}  // namespace daytwo::chance
