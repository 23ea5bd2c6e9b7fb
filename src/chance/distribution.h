// Distribution: one uncertain number as a family with parameters; a plain value that prints and
// reads back to the same bits, so that a stored judgement can be replayed.
// Model: X0 has the family's distribution; X1 is X0 given above < X0 <= below (truncation); the
// number itself is X1 held between `floor` and `cap` (clipping: what lies outside becomes the end).
// Families: worth.md 3. Modified PERT [Vose, "Risk Analysis", 3rd ed., 2008, ch. 10]; metalog
// [Keelin 2016, Decision Analysis 13:243]; generalised Pareto [Pickands 1975, Annals of Statistics
// 3:119]; the rest [Johnson, Kotz, Balakrishnan, "Continuous Univariate Distributions", 2nd ed.].
// Thread rule: plain values.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "chance/estimate.h"

namespace daytwo::chance {

class Stream;

// Which distribution; the parameters of each are told at Distribution.
enum class Family : std::uint8_t {
  kPoint,
  kNormal,
  kLognormal,
  kGamma,
  kBeta,
  kPert,
  kUniform,
  kTriangular,
  kStudent,
  kLogStudent,
  kPareto,
  kWeibull,
  kMetalog,
  kMetalogAbove,
  kMetalogWithin,
  kPoisson,
  kNegativeBinomial,
  kBinomial,
  kEmpirical,
  kMixture,
};

// A distribution over one number. Parameters by family:
//   point           a = the value
//   normal          a = mean, b = standard deviation
//   lognormal       a = mu, b = s: ln X is Normal(mu, s)
//   gamma           a = shape, b = rate: mean a / b; exponential is gamma(1, rate)
//   beta            a = alpha, b = beta, on (0, 1)
//   pert            a = least, b = most likely, c = most, d = weight of the most likely (4)
//   uniform         a = least, b = most
//   triangular      a = least, b = most likely, c = most
//   student         a = centre, b = scale, c = degrees of freedom
//   log_student     ln X is Student(a, b, c): its mean is infinite
//   pareto          a = threshold, b = scale, c = shape xi: P(X > a + y) = (1 + xi y/b)^(-1/xi)
//   weibull         a = shape, b = scale: P(X > x) = exp(-(x/b)^a)
//   metalog         a + b L + c (y - 1/2) L with L = ln(y / (1 - y)) is the quantile at y
//   metalog_above   d + exp(metalog)
//   metalog_within  d + (e - d) / (1 + exp(-metalog))
//   poisson         a = mean
//   negbin          a = r, b = b: mean r b, variance r b (1 + b), P(0) = (1 + b)^-r
//   binomial        a = trials, b = chance
//   empirical       `points`, sorted, each as likely as another
//   mixture         `points` = weights that add to 1, `parts` = what they weigh
// A mixture and an empirical carry truncation and clipping in their parts and points.
struct Distribution {
  Family family = Family::kPoint;
  double a = 0;
  double b = 0;
  double c = 0;
  double d = 0;
  double e = 0;
  double above = -std::numeric_limits<double>::infinity();
  double below = std::numeric_limits<double>::infinity();
  double floor = -std::numeric_limits<double>::infinity();
  double cap = std::numeric_limits<double>::infinity();
  std::vector<double> points = {};
  std::vector<Distribution> parts = {};
  bool operator==(const Distribution& other) const;

  // +Inf (or -Inf) where the mean is not finite: finite_mean() says so in words.
  [[nodiscard]] double mean() const;
  // Standard deviation, of the clipped number; +Inf where it is not finite.
  [[nodiscard]] double deviation() const;
  // The smallest x with P(X <= x) >= p. REQUIRES: 0 < p < 1.
  [[nodiscard]] double quantile(double p) const;
  // P(X <= x).
  [[nodiscard]] double cdf(double x) const;
  // P(X > x), precise where it is small.
  [[nodiscard]] double chance_above(double x) const;
  // One draw; takes one uniform of the stream whatever the family. Fast draws: sampler.h.
  [[nodiscard]] double draw(Stream& stream) const;
  // True when nothing is left to know.
  [[nodiscard]] bool is_point() const;
  // True when X1 is not X0.
  [[nodiscard]] bool is_truncated() const;
  // True when `floor` or `cap` holds.
  [[nodiscard]] bool is_clipped() const;
  // Quantiles and mean without sampling: `samples` is 0. The mean may be infinite.
  [[nodiscard]] Estimate estimate() const;
  // "lognormal(12.66, 0.69)", "min(gamma(2, 4), 10)", "truncate(normal(0, 1), 0, +Inf)",
  // "mixture(0.3, point(1), 0.7, uniform(2, 3))": reads back to the same bits.
  [[nodiscard]] std::string to_string() const;
};

// Makers. REQUIRES: finite parameters inside their bounds: deviation, s >= 0; shape, rate, scale,
// alpha, beta, freedom > 0.
[[nodiscard]] Distribution point(double value);
[[nodiscard]] Distribution normal(double mean, double deviation);
[[nodiscard]] Distribution lognormal(double mu, double s);
[[nodiscard]] Distribution gamma(double shape, double rate);
[[nodiscard]] Distribution beta(double alpha, double beta);
// REQUIRES: least < most, likely between them, weight > 0.
[[nodiscard]] Distribution pert(double least, double likely, double most, double weight = 4);
// REQUIRES: least < most.
[[nodiscard]] Distribution uniform(double least, double most);
// REQUIRES: least < most, likely between them.
[[nodiscard]] Distribution triangular(double least, double likely, double most);
[[nodiscard]] Distribution student(double centre, double scale, double freedom);
[[nodiscard]] Distribution log_student(double centre, double scale, double freedom);
// The mean is infinite from shape 1 on. A shape below 0 has the end threshold - scale / shape.
[[nodiscard]] Distribution pareto(double threshold, double scale, double shape);
[[nodiscard]] Distribution weibull(double shape, double scale);
// REQUIRES: mean >= 0.
[[nodiscard]] Distribution poisson(double mean);
// REQUIRES: r, b > 0.
[[nodiscard]] Distribution negative_binomial(double r, double b);
// REQUIRES: trials >= 0 and whole, 0 <= chance <= 1.
[[nodiscard]] Distribution binomial(double trials, double chance);

// Makers that can fail on what a person wrote: kInvalid with the reason in words, kLimit for too
// many values. `make` is any family but mixture and empirical, from its parameters in order.
[[nodiscard]] Result<Distribution> make(Family family, std::span<const double> parameters);
// Each value as likely as another. Errors: no value, one that is not finite, over kMaxPoints.
[[nodiscard]] Result<Distribution> empirical(std::span<const double> values);
// The linear pool: part i with probability weight i. Weights are made to add to 1. Errors: none,
// unequal numbers, a weight that is not above 0, over kMaxParts.
[[nodiscard]] Result<Distribution> mixture(std::span<const Distribution> parts,
                                           std::span<const double> weights);

// Values of one empirical.
inline constexpr std::size_t kMaxPoints = 1'000'000;
// Parts of one mixture.
inline constexpr std::size_t kMaxParts = 1'000;

// min(X, cap). REQUIRES: cap is a number.
[[nodiscard]] Distribution capped(Distribution distribution, double cap);
// max(X, floor). REQUIRES: floor is a number.
[[nodiscard]] Distribution floored(Distribution distribution, double floor);
// X given low < X <= high; either end may be infinite. Errors: kInvalid for low >= high, nothing
// inside (less than 1e-12 of probability), or a distribution that was clipped before.
[[nodiscard]] Result<Distribution> truncated(Distribution distribution, double low, double high);

// X multiplied by `factor` > 0, of the same family. REQUIRES: neither beta nor a count, whose
// supports are fixed (scalable() tells).
[[nodiscard]] Distribution scaled(const Distribution& distribution, double factor);
// True for what `scaled` takes.
[[nodiscard]] bool scalable(const Distribution& distribution);

// The mean, or why there is none. Errors: kInvalid "the mean of ... is infinite: state a limit
// ('never above ...')".
[[nodiscard]] Result<double> finite_mean(const Distribution& distribution);

// Inverse of Distribution::to_string. Errors: kInvalid for another text or parameters outside
// their bounds.
[[nodiscard]] Result<Distribution> parse_distribution(std::string_view text);

// E min(X, limit) of a lognormal: the limited expected value [Klugman, Panjer, Willmot, "Loss
// Models", 4th ed., appendix A]. REQUIRES: limit > 0, s > 0.
[[nodiscard]] double lognormal_limited_mean(double mu, double s, double limit);

}  // namespace daytwo::chance
