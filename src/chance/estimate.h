// Estimate: what we believe about one number, as quantiles, mean, and the seed that reproduces
// them. It has no unit: the holder knows it (model::Amount, model::MoneyEstimate). The 90 %
// interval is p05 to p95; p25 and p75 draw the 50 % bar.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chance/seed.h"

namespace daytwo::chance {

// Quantiles are monotone: p05 <= p25 <= p50 <= p75 <= p95. `samples` is 0 for closed forms and
// exact numbers.
struct Estimate {
  double p05 = 0;
  double p25 = 0;
  double p50 = 0;
  double p75 = 0;
  double p95 = 0;
  double mean = 0;
  std::int64_t samples = 0;
  Seed seed;
  bool operator==(const Estimate&) const = default;
};

// A number known exactly (a count of things seen).
[[nodiscard]] Estimate exactly(double value);

// Quantiles as order statistics ceil(p n), not interpolated [worth.md 1]. Sorts a copy. REQUIRES:
// at least one draw, no NaN.
[[nodiscard]] Estimate estimate_of(std::span<const double> draws, Seed seed);

// The estimate with every figure multiplied by `factor` >= 0 (a change of unit or window).
[[nodiscard]] Estimate scaled(const Estimate& estimate, double factor);

// The quantile at p, linear between the five known ones and prolonged beyond them. REQUIRES: 0 < p
// < 1.
[[nodiscard]] double quantile(const Estimate& estimate, double p);

// P(X < x) by the same straight lines: 0 and 1 where they end.
[[nodiscard]] double chance_below(const Estimate& estimate, double x);

}  // namespace daytwo::chance
