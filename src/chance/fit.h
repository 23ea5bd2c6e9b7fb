// Fits: from the interval that a person states to a distribution, with the coverage that was
// achieved beside the one that was asked for. A fit that misses by more than 0.1 point is an error,
// not a result [worth.md 3].
#pragma once

#include "base/result.h"
#include "chance/distribution.h"

namespace daytwo::chance {

// The largest gap between asked and achieved coverage that still counts as a fit.
inline constexpr double kCoverageSlack = 0.001;

// An interval: P(low <= X <= high) = confidence, with equal chance outside on both sides.
struct Interval {
  double low = 0;
  double high = 0;
  double confidence = 0.9;
};

// A distribution and how well it holds the interval it was made from.
struct Fit {
  Distribution distribution;
  double asked = 0;     // the stated confidence
  double achieved = 0;  // P(low <= X <= high) of the distribution

  [[nodiscard]] double residual() const { return achieved - asked; }
};

// Fits by family. Errors: kInvalid for confidence outside (0, 1), low >= high, ends outside the
// family's support (lognormal, gamma: low > 0; beta: 0 < low, high < 1), or a coverage that misses
// by more than kCoverageSlack.
[[nodiscard]] Result<Fit> fit_lognormal(const Interval& interval);
[[nodiscard]] Result<Fit> fit_normal(const Interval& interval);
[[nodiscard]] Result<Fit> fit_beta(const Interval& interval);
[[nodiscard]] Result<Fit> fit_gamma(const Interval& interval);
// A Modified PERT whose ends cut off (1 - confidence)/2 on each side, with the stated mode.
// Errors: besides the above, `likely` outside the interval, or no such shape.
[[nodiscard]] Result<Fit> fit_pert(const Interval& interval, double likely);

// What three stated quantiles are fitted with: the 10, 50 and 90 % ones by default.
struct ThreeQuantiles {
  double low = 0;
  double middle = 0;
  double high = 0;
  double tail = 0.1;  // chance below `low`, and above `high`
};

// The three-term metalog through all three quantiles; nothing outside `least` and `most`, either of
// which may be infinite [Keelin 2016, Decision Analysis 13:243, equations for symmetric
// percentiles]. An upper
// bound needs a lower one. Errors: kInvalid for quantiles that do not rise or touch a bound, for a
// tail outside (0, 1/2), or for a middle so far off that quantiles would fall: the text says
// between what it must lie.
[[nodiscard]] Result<Distribution> fit_metalog(const ThreeQuantiles& stated, double least,
                                               double most);

}  // namespace daytwo::chance
