#include "orient/ahead/local_trend.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/check.h"
#include "chance/seed.h"
#include "orient/ahead/horizon.h"
#include "orient/ahead/noise.h"

namespace daytwo::orient::ahead {
namespace {

// Variances of drift as multiples of that of the noise.
constexpr std::array<double, 8> kLevelDrifts = {0, 0.01, 0.03, 0.1, 0.3, 1, 10, 100};
constexpr std::array<double, 10> kSlopeDrifts = {0,    1e-6, 1e-5, 1e-4, 3e-4,
                                                 1e-3, 3e-3, 1e-2, 3e-2, 1e-1};
// Lighter components of the mixture are left out: together they weigh less than 80 times this.
constexpr double kLightest = 1e-4;

// The filter of one point of the grid, all variances in units of the noise.
struct Filter {
  double level = 0;
  double slope = 0;
  double ll = 0;
  double ls = 0;
  double ss = 0;
  double squares = 0;  // sum of squared errors over their variances
  double logs = 0;     // of the variances, summed
  double product = 1;  // of those not yet in logs: a logarithm is dear
  std::size_t count = 0;

  [[nodiscard]] double log_variance() const { return logs + std::log(product); }
  void predict(double level_drift, double slope_drift) {
    level += slope;
    ll += 2 * ls + ss + level_drift;
    ls += ss;
    ss += slope_drift;
  }
  void see(double value) {
    const double variance = ll + 1;
    const double error = value - level;
    squares += error * error / variance;
    product *= variance;
    if (product > 1e200) logs += std::log(std::exchange(product, 1));
    ++count;
    const double to_level = ll / variance;
    const double to_slope = ls / variance;
    level += to_level * error;
    slope += to_slope * error;
    ss -= to_slope * ls;
    ls -= to_level * ls;
    ll -= to_level * ll;
  }
};

// What one point of the grid knew at one end, and how likely that made it.
struct Snapshot {
  TrendComponent component;
  double likelihood = 0;  // its logarithm
};

Snapshot snapshot(const Filter& filter, double level_drift, double slope_drift) {
  const auto count = static_cast<double>(filter.count);
  // A path without any error has no scale: it goes on as it went.
  const double squares = std::max(filter.squares, std::numeric_limits<double>::min());
  const double scale = squares / count;
  return {{0, filter.level, filter.slope, filter.ll * scale, filter.ss * scale, filter.ls * scale,
           level_drift * scale, slope_drift * scale, scale},
          -count / 2 * std::log(squares) - filter.log_variance() / 2};
}

// Weights from likelihoods; what is light is left out.
TrendMixture weighted(const std::vector<Snapshot>& grid) {
  double best = -std::numeric_limits<double>::infinity();
  for (const Snapshot& each : grid) best = std::max(best, each.likelihood);
  TrendMixture out;
  double sum = 0;
  for (const Snapshot& each : grid) {
    out.push_back(each.component);
    out.back().weight = std::exp(each.likelihood - best);
    sum += out.back().weight;
  }
  std::erase_if(out, [&](const TrendComponent& each) { return each.weight < kLightest * sum; });
  sum = 0;
  for (const TrendComponent& each : out) sum += each.weight;
  for (TrendComponent& each : out) each.weight /= sum;
  return out;
}

// The first two measured days, from which a filter starts.
struct Start {
  std::size_t first = 0;
  std::size_t second = 0;
};

std::optional<Start> start_of(std::span<const double> values) {
  std::vector<std::size_t> measured;
  for (std::size_t i = 0; i < values.size() && measured.size() < 2; ++i) {
    if (!std::isnan(values[i])) measured.push_back(i);
  }
  if (measured.size() < 2) return std::nullopt;
  return Start{measured[0], measured[1]};
}

// As if nothing had been known before the first two values.
Filter started(std::span<const double> values, Start start, double level_drift,
               double slope_drift) {
  Filter out;
  const auto days = static_cast<double>(start.second - start.first);
  out.level = values[start.second];
  out.slope = (values[start.second] - values[start.first]) / days;
  out.ll = 1;
  out.ls = 1 / days;
  out.ss = (2 + level_drift * days) / (days * days) + slope_drift * days / 3;
  return out;
}

}  // namespace

std::vector<TrendMixture> local_trend(std::span<const double> values,
                                      std::span<const std::size_t> ends) {
  std::vector<TrendMixture> out(ends.size());
  const auto start = start_of(values);
  if (!start) return out;
  std::vector<std::vector<Snapshot>> grids(ends.size());
  for (const double level_drift : kLevelDrifts) {
    for (const double slope_drift : kSlopeDrifts) {
      Filter filter = started(values, *start, level_drift, slope_drift);
      std::size_t day = start->second + 1;
      for (std::size_t end = 0; end < ends.size(); ++end) {
        for (; day < ends[end]; ++day) {
          filter.predict(level_drift, slope_drift);
          if (!std::isnan(values[day])) filter.see(values[day]);
        }
        if (filter.count + 2 < kLeastDays) continue;
        grids[end].push_back(snapshot(filter, level_drift, slope_drift));
      }
    }
  }
  for (std::size_t end = 0; end < ends.size(); ++end) {
    if (!grids[end].empty()) out[end] = weighted(grids[end]);
  }
  return out;
}

double chance_rising(std::span<const TrendComponent> mixture) {
  double out = 0;
  for (const TrendComponent& each : mixture) {
    const double deviation = std::sqrt(std::max(each.slope_variance, 0.0));
    const double rises = deviation > 0    ? chance::normal_cdf(each.slope / deviation)
                         : each.slope > 0 ? 1.0
                                          : 0.0;
    out += each.weight * rises;
  }
  return out;
}

Paths trend_paths(std::span<const TrendComponent> mixture, std::size_t count, std::size_t steps,
                  chance::Seed seed) {
  CHECK(!mixture.empty() && steps <= kSteps, "a mixture, and steps that there are");
  Paths out(count, steps);
  // Each component has its share of the paths: equal steps through the weights.
  std::size_t component = 0;
  double up_to = mixture[0].weight;
  for (std::size_t i = 0; i < count; ++i) {
    const double place = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
    while (place > up_to && component + 1 < mixture.size()) up_to += mixture[++component].weight;
    const TrendComponent& each = mixture[component];
    Noise stream(seed, i);
    const double level_deviation = std::sqrt(std::max(each.level_variance, 0.0));
    const double first = stream.normal();
    const double second = stream.normal();
    double level = each.level + level_deviation * first;
    const double onto = level_deviation > 0 ? each.covariance / level_deviation : 0;
    double slope = each.slope + onto * first +
                   std::sqrt(std::max(each.slope_variance - onto * onto, 0.0)) * second;
    const double noise = std::sqrt(each.noise);
    const auto path = out.path(i);
    double day = 0;
    for (std::size_t step = 0; step < steps; ++step) {
      const double days = kDays.at(step) - day;
      day = kDays.at(step);
      level += slope * days;
      if (each.level_drift > 0 || each.slope_drift > 0) {
        level += std::sqrt(each.level_drift * days + each.slope_drift * days * days * days / 3) *
                 stream.normal();
      }
      if (each.slope_drift > 0) slope += std::sqrt(each.slope_drift * days) * stream.normal();
      path[step] = level + noise * stream.normal();
    }
  }
  return out;
}

}  // namespace daytwo::orient::ahead
