// Distribution: one uncertain number as a family with parameters; a plain value that prints and
// reads back to the same bits, so that a stored judgement can be replayed.
// Families and facts: worth.md 3; Modified PERT [Vose, "Risk Analysis", 3rd ed., 2008, ch. 10].
// Thread rule: plain values.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "base/result.h"
#include "chance/estimate.h"

namespace daytwo::chance {

enum class Family : std::uint8_t { kPoint, kNormal, kLognormal, kGamma, kBeta, kPert };

// A distribution over one number. Parameters by family:
//   point      a = the value
//   normal     a = mean, b = standard deviation
//   lognormal  a = mu, b = s: ln X is Normal(mu, s)
//   gamma      a = shape, b = rate: mean a / b
//   beta       a = alpha, b = beta, on (0, 1)
//   pert       a = least, b = most likely, c = most, d = weight of the most likely (4 by default)
// `cap` replaces each value above it: X becomes min(X, cap).
struct Distribution {
  Family family = Family::kPoint;
  double a = 0;
  double b = 0;
  double c = 0;
  double d = 0;
  double cap = std::numeric_limits<double>::infinity();
  bool operator==(const Distribution&) const = default;

  [[nodiscard]] double mean() const;
  // Standard deviation, without the cap.
  [[nodiscard]] double deviation() const;
  // The smallest x with P(X <= x) >= p. REQUIRES: 0 < p < 1.
  [[nodiscard]] double quantile(double p) const;
  // P(X <= x).
  [[nodiscard]] double cdf(double x) const;
  // True when nothing is left to know.
  [[nodiscard]] bool is_point() const {
    return family == Family::kPoint || (is_spread() && b == 0);
  }
  // Quantiles and mean in closed form: `samples` is 0.
  [[nodiscard]] Estimate estimate() const;
  // "lognormal(12.66, 0.69)", "min(gamma(2, 4), 10)": reads back to the same bits.
  [[nodiscard]] std::string to_string() const;

 private:
  [[nodiscard]] bool is_spread() const {
    return family == Family::kNormal || family == Family::kLognormal;
  }
  [[nodiscard]] double uncapped_mean() const;
  [[nodiscard]] double uncapped_quantile(double p) const;
  [[nodiscard]] double limited_mean() const;
};

// Makers. REQUIRES: finite parameters; deviation, s >= 0; shape, rate, alpha, beta > 0.
[[nodiscard]] Distribution point(double value);
[[nodiscard]] Distribution normal(double mean, double deviation);
[[nodiscard]] Distribution lognormal(double mu, double s);
[[nodiscard]] Distribution gamma(double shape, double rate);
[[nodiscard]] Distribution beta(double alpha, double beta);
// REQUIRES: least < most, likely between them, weight > 0.
[[nodiscard]] Distribution pert(double least, double likely, double most, double weight = 4);
// min(X, cap). REQUIRES: cap is a number.
[[nodiscard]] Distribution capped(Distribution distribution, double cap);

// X multiplied by `factor` > 0, of the same family. REQUIRES: not beta (its support would move).
[[nodiscard]] Distribution scaled(const Distribution& distribution, double factor);

// Inverse of Distribution::to_string. Errors: kInvalid for another text or parameters outside
// their bounds.
[[nodiscard]] Result<Distribution> parse_distribution(std::string_view text);

// E min(X, limit) of a lognormal: the limited expected value [Klugman, Panjer, Willmot, "Loss
// Models", 4th ed., appendix A]. REQUIRES: limit > 0, s > 0.
[[nodiscard]] double lognormal_limited_mean(double mu, double s, double limit);

}  // namespace daytwo::chance
