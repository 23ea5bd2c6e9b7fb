#include "chance/score.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numbers>
#include <span>
#include <vector>

#include "base/check.h"
#include "chance/estimate.h"
#include "chance/learning.h"
#include "chance/seed.h"

namespace daytwo::chance {
Brier brier(std::span<const ScoredChance> scored) {
  CHECK(!scored.empty(), "a score needs a forecast");
  struct Group {
    double count = 0;
    double came = 0;
  };
  std::map<double, Group> groups;
  const auto count = static_cast<double>(scored.size());
  Brier out;
  double came = 0;
  for (const ScoredChance& each : scored) {
    CHECK(each.said >= 0 && each.said <= 1, "a chance lies between 0 and 1");
    const double outcome = each.came ? 1 : 0;
    out.score += (each.said - outcome) * (each.said - outcome) / count;
    groups[each.said].count += 1;
    groups[each.said].came += outcome;
    came += outcome;
  }
  const double base = came / count;
  for (const auto& [said, group] : groups) {
    const double rate = group.came / group.count;
    out.reliability += group.count * (said - rate) * (said - rate) / count;
    out.resolution += group.count * (rate - base) * (rate - base) / count;
  }
  out.uncertainty = base * (1 - base);
  return out;
}

double log_score(std::span<const ScoredChance> scored) {
  CHECK(!scored.empty(), "a score needs a forecast");
  double sum = 0;
  for (const ScoredChance& each : scored) sum -= std::log(each.came ? each.said : 1 - each.said);
  return sum / static_cast<double>(scored.size());
}

double crps_normal(double mean, double deviation, double x) {
  CHECK(deviation > 0, "a normal forecast has a spread");
  const double z = (x - mean) / deviation;
  const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
  return deviation * (z * (2 * normal_cdf(z) - 1) + 2 * density - 1 / std::sqrt(std::numbers::pi));
}

double crps_lognormal(double mu, double s, double x) {
  CHECK(s > 0 && x > 0, "a lognormal forecast has a spread, its truth is above 0");
  const double w = (std::log(x) - mu) / s;
  return x * (2 * normal_cdf(w) - 1) -
         2 * std::exp(mu + s * s / 2) *
             (normal_cdf(w - s) + normal_cdf(s / std::numbers::sqrt2) - 1);
}

// E|X - x| - E|X - X'| / 2 over midpoints of the quantile function; for sorted draws the second
// term is sum (2i + 1 - n) x_i / n^2.
double crps_estimate(const Estimate& said, double x) {
  constexpr int kPoints = 400;
  double error = 0;
  double spread = 0;
  for (int i = 0; i < kPoints; ++i) {
    const double draw = quantile(said, (i + 0.5) / kPoints);
    error += std::abs(draw - x);
    spread += (2 * i + 1 - kPoints) * draw;
  }
  return error / kPoints - spread / (static_cast<double>(kPoints) * kPoints);
}

Coverage coverage_test(std::int64_t held, std::int64_t count, double claimed) {
  CHECK(count > 0 && held >= 0 && held <= count, "what held is some of what was said");
  return {held, count, claimed, binomial_cdf(held, count, claimed)};
}

Uniformity uniformity(std::span<const double> transforms) {
  CHECK(!transforms.empty(), "a test needs a forecast");
  std::vector<double> sorted(transforms.begin(), transforms.end());
  std::sort(sorted.begin(), sorted.end());
  const auto n = static_cast<double>(sorted.size());
  Uniformity out;
  double sum = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double u = sorted[i];
    CHECK(u > 0 && u < 1, "a transform lies inside (0, 1)");
    const auto rank = static_cast<double>(i);
    out.largest_gap = std::max({out.largest_gap, (rank + 1) / n - u, u - rank / n});
    sum += (2 * rank + 1) * (std::log(u) + std::log1p(-sorted[sorted.size() - 1 - i]));
  }
  out.anderson_darling = -n - sum / n;
  return out;
}

}  // namespace daytwo::chance
