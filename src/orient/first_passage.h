// First passage: when a quantity that drifts towards a limit gets there.
// Model: distance left after t seconds = a - mu t - s B(t), B a standard Brownian motion. The time
// to reach 0 has the inverse Gaussian law [Schroedinger 1915; Folks and Chhikara 1978]:
//   P(T <= t) = Phi((mu t - a)/(s sqrt t)) + exp(2 mu a / s^2) Phi((-a - mu t)/(s sqrt t)).
// Units: a in the quantity's unit, mu per second, s per square root of a second, t in seconds.
#pragma once

#include <cstddef>
#include <span>

#include "chance/estimate.h"

namespace daytwo::orient {

// Drift `mu` towards the limit and spread `s` over a distance `a`.
struct Passage {
  double distance = 0;
  double drift = 0;
  double spread = 0;
};

// P(T <= t_seconds). 1 when the distance is 0 or less; with no spread a step at distance / drift.
// Below 1 for ever when the drift does not point at the limit. REQUIRES: t >= 0, spread >= 0.
[[nodiscard]] double passage_cdf(const Passage& passage, double t_seconds);

// What was measured of a path: `count` increments over `step_seconds` each, their mean and unbiased
// variance, all towards the limit.
struct Slope {
  double mean = 0;
  double variance = 0;
  std::size_t count = 0;
  double step_seconds = 1;
};

// The date when neither drift nor spread is known for sure: the passage law averaged over the
// normal / chi-square posterior that flat priors give (63 nodes).
class PassageForecast {
 public:
  // REQUIRES: slope.count >= 3, slope.step_seconds > 0.
  PassageForecast(double distance, const Slope& slope);

  // P(T <= t_seconds).
  [[nodiscard]] double cdf(double t_seconds) const;
  // The time by which the limit is reached with probability p; kHorizonSeconds when that is never
  // or later. REQUIRES: 0 < p < 1.
  [[nodiscard]] double quantile(double p) const;
  // Quantiles and the mean over the horizon, in units of `unit_seconds`. A closed form: no samples.
  [[nodiscard]] chance::Estimate estimate(double unit_seconds) const;

  // What is left after t_seconds with probability p of less, if the limit did not stop it: below 0
  // is past the limit. REQUIRES: t >= 0, 0 < p < 1.
  [[nodiscard]] double left(double t_seconds, double p) const;

  // Dates beyond ten years are not told apart: no short trend reaches that far.
  static constexpr double kHorizonSeconds = 10 * 365.25 * 86400;

 private:
  static constexpr std::size_t kSpreads = 7;
  static constexpr std::size_t kDrifts = 9;
  Passage nodes_[kSpreads * kDrifts];
};

}  // namespace daytwo::orient
