#include "chance/estimate.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "base/check.h"

namespace daytwo::chance {

Estimate exactly(double value) { return {value, value, value, value, value, value, 0, {}}; }

Estimate estimate_of(std::span<const double> draws, Seed seed) {
  CHECK(!draws.empty(), "an estimate comes from at least one draw");
  std::vector<double> sorted(draws.begin(), draws.end());
  for (const double draw : sorted) CHECK(!std::isnan(draw), "a draw is a number");
  std::sort(sorted.begin(), sorted.end());
  const auto count = static_cast<double>(sorted.size());
  const auto at = [&](double p) {
    const auto rank = static_cast<std::size_t>(std::ceil(p * count));
    return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
  };
  const double mean = std::accumulate(sorted.begin(), sorted.end(), 0.0) / count;
  return {
      at(.05), at(.25), at(.5), at(.75), at(.95), mean, static_cast<std::int64_t>(sorted.size()),
      seed};
}

Estimate scaled(const Estimate& estimate, double factor) {
  CHECK(factor >= 0, "scaling keeps the order of the quantiles");
  Estimate out = estimate;
  for (double* figure : {&out.p05, &out.p25, &out.p50, &out.p75, &out.p95, &out.mean}) {
    *figure *= factor;
  }
  return out;
}

}  // namespace daytwo::chance
