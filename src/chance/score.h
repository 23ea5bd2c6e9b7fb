// Scoring our own forecasts, once the truth is in [Gneiting, Raftery 2007, JASA 102:359]. Smaller
// is better everywhere.
#pragma once

#include <cstdint>
#include <span>

#include "chance/distribution.h"
#include "chance/estimate.h"

namespace daytwo::chance {

// One probability that was said and what came (0 or 1).
struct ScoredChance {
  double said = 0;
  bool came = false;
};

// Brier score and its parts: brier = reliability - resolution + uncertainty, grouped by equal
// forecasts [Murphy 1973, J. Applied Meteorology 12:595].
struct Brier {
  double score = 0;
  double reliability = 0;  // said against came: 0 is best
  double resolution = 0;   // how far the groups differ: more is better
  double uncertainty = 0;  // of the question itself
};

// REQUIRES: not empty; each chance inside [0, 1].
[[nodiscard]] Brier brier(std::span<const ScoredChance> scored);

// Mean of -ln(chance given to what came); infinite when something called impossible came.
// REQUIRES: not empty.
[[nodiscard]] double log_score(std::span<const ScoredChance> scored);

// Continuous ranked probability score, in the unit of x: the absolute error of a point forecast,
// generalised. Closed forms: normal [Gneiting, Raftery 2007], lognormal [Baran, Lerch 2015,
// Quarterly J. Royal Meteorological Society 141:2289]. REQUIRES: deviation, s > 0; for the
// lognormal x > 0.
[[nodiscard]] double crps_normal(double mean, double deviation, double x);
[[nodiscard]] double crps_lognormal(double mu, double s, double x);
// Of an Estimate: its five quantiles joined by straight lines, the outer ones prolonged.
[[nodiscard]] double crps_estimate(const Estimate& said, double x);

// Of any distribution: 2 times the integral over p of (1{x < q(p)} - p)(q(p) - x). REQUIRES: a
// finite mean.
[[nodiscard]] double crps(const Distribution& said, double x);

// How often intervals held, and how surprising that is if they hold as often as they claim.
struct Coverage {
  std::int64_t held = 0;
  std::int64_t count = 0;
  double claimed = 0;
  double fewer_or_equal = 0;  // P(that few or fewer hold), exact binomial
};

// REQUIRES: 0 <= held <= count, count > 0.
[[nodiscard]] Coverage coverage_test(std::int64_t held, std::int64_t count, double claimed);

// Distance of the probability integral transforms from uniform: the largest gap (Kolmogorov,
// Smirnov) and Anderson and Darling's A squared, which weighs the tails. REQUIRES: each inside
// (0, 1), not empty.
struct Uniformity {
  double largest_gap = 0;
  double anderson_darling = 0;
  double p = 1;  // of the largest gap, two-sided, exact [Marsaglia, Tsang, Wang 2003, J.
                 // Statistical Software 8(18)]; its limit above 2,000 transforms
};
[[nodiscard]] Uniformity uniformity(std::span<const double> transforms);

// P(A squared or more | uniform), of many transforms: its limit [Marsaglia, Marsaglia 2004, J.
// Statistical Software 9(2)], which is good to 0.01 from ten on. REQUIRES: anderson_darling >= 0.
[[nodiscard]] double anderson_darling_p(double anderson_darling);

// The probability integral transform of what came under what was said, for a test of uniformity:
// the middle of the probabilities where the quantiles stand still (a share of exactly 100 %), and
// kOutermost at most from either end, as five quantiles do not say how far the last 5 % reach.
inline constexpr double kOutermost = 0.0025;
[[nodiscard]] double transform_of(const Estimate& said, double came);

}  // namespace daytwo::chance
