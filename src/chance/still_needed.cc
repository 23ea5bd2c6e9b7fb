#include "chance/still_needed.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "base/check.h"

namespace daytwo::chance {
namespace {

// Points of the grid over p, at the middles of equal cells: an error below 1e-4 in every figure.
constexpr std::size_t kCells = 4000;

// What p at 30 days becomes at `idle_days`.
double at_days(double p, double idle_days) {
  const double factor = (1 + kNeededAtDays / kGapDays) / (1 + idle_days / kGapDays);
  return p * factor / (p * factor + 1 - p);
}

// Weights of the cells, summing to 1.
std::vector<double> posterior(std::span<const CleanUp> past) {
  // By idle time: how many were regretted, and how many were not.
  std::map<double, std::pair<double, double>> counts;
  for (const CleanUp& one : past) {
    auto& [regretted, others] = counts[one.idle_days];
    (one.regretted ? regretted : others) += 1;
  }
  std::vector<double> logs(kCells);
  for (std::size_t i = 0; i < kCells; ++i) {
    const double p = (static_cast<double>(i) + 0.5) / kCells;
    logs[i] = (kNeededPrior - 1) * std::log(p) + (kNotNeededPrior - 1) * std::log1p(-p);
    for (const auto& [idle_days, count] : counts) {
      const double regret = at_days(p, idle_days);
      logs[i] += count.first * std::log(regret) + count.second * std::log1p(-regret);
    }
  }
  const double top = *std::max_element(logs.begin(), logs.end());
  double sum = 0;
  for (double& each : logs) {
    each = std::exp(each - top);
    sum += each;
  }
  for (double& each : logs) each /= sum;
  return logs;
}

}  // namespace

Estimate still_needed(std::span<const CleanUp> past, double idle_days) {
  CHECK(std::isfinite(idle_days) && idle_days >= 0, "idle time is finite and not negative");
  const std::vector<double> weights = posterior(past);
  Estimate out;
  const std::array<double*, 5> quantiles = {&out.p05, &out.p25, &out.p50, &out.p75, &out.p95};
  constexpr std::array<double, 5> kLevels = {0.05, 0.25, 0.5, 0.75, 0.95};
  std::size_t next = 0;
  double below = 0;
  for (std::size_t i = 0; i < kCells; ++i) {
    const double left = static_cast<double>(i) / kCells;
    out.mean += weights[i] * at_days(left + 0.5 / kCells, idle_days);
    // Within a cell the weight is spread evenly.
    while (next < kLevels.size() && below + weights[i] >= kLevels.at(next)) {
      const double part = weights[i] > 0 ? (kLevels.at(next) - below) / weights[i] : 0;
      *quantiles.at(next) = at_days(left + part / kCells, idle_days);
      ++next;
    }
    below += weights[i];
  }
  return out;
}

}  // namespace daytwo::chance
