#include "chance/estimate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "base/check.h"

namespace daytwo::chance {

namespace {

constexpr std::array<double, 5> kAt = {.05, .25, .5, .75, .95};

std::array<double, 5> quantiles(const Estimate& x) { return {x.p05, x.p25, x.p50, x.p75, x.p95}; }

}  // namespace

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

double quantile(const Estimate& estimate, double p) {
  CHECK(p > 0 && p < 1, "a quantile is asked for a probability inside (0, 1)");
  const auto value = quantiles(estimate);
  std::size_t k = 0;
  while (k < 3 && p > kAt.at(k + 1)) ++k;
  const double share = (p - kAt.at(k)) / (kAt.at(k + 1) - kAt.at(k));
  return value.at(k) + share * (value.at(k + 1) - value.at(k));
}

double chance_below(const Estimate& estimate, double x) {
  const auto value = quantiles(estimate);
  if (value.front() >= value.back()) return x > value.front() ? 1 : 0;
  std::size_t k = 0;
  while (k < 3 && x > value.at(k + 1)) ++k;
  const double width = value.at(k + 1) - value.at(k);
  if (width <= 0) {
    // A step, and no slope to go on with beyond the outer ones.
    if (x > value.at(k)) return k == 3 ? 1 : kAt.at(k + 1);
    return k == 0 && x < value.at(k) ? 0 : kAt.at(k);
  }
  const double p = kAt.at(k) + (x - value.at(k)) / width * (kAt.at(k + 1) - kAt.at(k));
  return std::clamp(p, 0.0, 1.0);
}

}  // namespace daytwo::chance
