#include "orient/ahead/run_out_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "chance/seed.h"
#include "orient/ahead/block_bootstrap.h"
#include "orient/ahead/growth.h"
#include "orient/ahead/horizon.h"
#include "orient/ahead/local_trend.h"

namespace daytwo::orient::ahead {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kModels = 3;
// Backtests: how many days back they start, how far ahead they look.
constexpr std::array<std::size_t, 4> kOrigins = {28, 21, 14, 7};
constexpr std::array<std::size_t, 3> kAhead = {7, 14, 28};
constexpr std::size_t kBacktestPaths = 60;
constexpr std::array<std::size_t, kModels> kBacktestCounts = {kBacktestPaths, kBacktestPaths,
                                                              kBacktestPaths};
constexpr std::size_t kMostHistory = 400;  // days: older ones tell of another time
// The spread of the past counts as if this many forecasts had come out as they should.
constexpr double kBelievedForecasts = 8;
// Three models together are wider than each was: by so much, on the families of tests/sim.
constexpr double kBlendedSpread = 0.85;
constexpr double kNarrowest = 0.7;
constexpr double kWidest = 2;
constexpr double kDoubt = 0.95;

using Models = std::array<Paths, kModels>;
using Counts = std::array<std::size_t, kModels>;

// Futures after `values`, of each model as many as asked for.
Models futures(std::span<const double> values, const TrendMixture& mixture, const Counts& counts,
               std::size_t steps, chance::Seed seed) {
  Models out;
  if (!mixture.empty() && counts[0] > 0) {
    out[0] = trend_paths(mixture, counts[0], steps, chance::derive(seed, "trend"));
  }
  if (counts[1] > 0) {
    out[1] = bootstrap_paths(values, counts[1], steps, chance::derive(seed, "bootstrap"));
  }
  if (counts[2] > 0)
    out[2] = growth_paths(values, counts[2], steps, chance::derive(seed, "growth"));
  return out;
}

// CRPS of draws: E|X - y| - E|X - X'| / 2. Sorts them.
double crps_of(std::vector<double>& draws, double truth) {
  std::sort(draws.begin(), draws.end());
  const auto count = static_cast<double>(draws.size());
  double off = 0;
  double apart = 0;
  for (std::size_t i = 0; i < draws.size(); ++i) {
    off += std::fabs(draws[i] - truth);
    apart += (2 * static_cast<double>(i) - count + 1) * draws[i];
  }
  return off / count - apart / (count * count);
}

std::vector<double> at_step(const Paths& paths, std::size_t step) {
  std::vector<double> out;
  out.reserve(paths.count);
  for (std::size_t i = 0; i < paths.count; ++i) out.push_back(paths.path(i)[step]);
  return out;
}

// How the models would have done over the last weeks.
struct Backtest {
  std::array<double, kModels> weights{};
  double widened = 1;
  double shifted = 0;  // of the spread: how far the truth lay above the middle
};

// Draws of all models at one step, as often as they weigh.
std::vector<double> mixed(const Models& models, const std::array<double, kModels>& weights,
                          std::size_t step) {
  std::vector<double> out;
  for (std::size_t m = 0; m < kModels; ++m) {
    const auto share = static_cast<std::size_t>(
        std::lround(weights.at(m) * static_cast<double>(models.at(m).count)));
    for (std::size_t i = 0; i < share; ++i) {
      out.push_back(
          models.at(m).path(i * models.at(m).count / std::max<std::size_t>(share, 1))[step]);
    }
  }
  return out;
}

Backtest backtest(std::span<const double> values, std::span<const TrendMixture> mixtures,
                  chance::Seed seed) {
  std::array<double, kModels> scores{};
  struct Past {
    Models models;
    std::size_t step = 0;
    double truth = 0;
  };
  std::vector<Past> pasts;
  std::size_t scored = 0;
  for (std::size_t o = 0; o < kOrigins.size(); ++o) {
    const std::size_t origin = kOrigins.at(o);
    if (values.size() < origin + 2 * kLeastHistory) continue;
    const auto known = values.first(values.size() - origin);
    const Models models = futures(known, mixtures[o], kBacktestCounts, origin,
                                  chance::derive(seed, fmt::format("from {}", origin)));
    for (const std::size_t ahead : kAhead) {
      if (ahead > origin) continue;
      const double truth = values[known.size() + ahead - 1];
      if (std::isnan(truth)) continue;
      std::array<double, kModels> each{};
      double best = kInfinity;
      for (std::size_t m = 0; m < kModels; ++m) {
        if (models.at(m).count == 0) continue;
        std::vector<double> draws = at_step(models.at(m), ahead - 1);
        each.at(m) = crps_of(draws, truth);
        best = std::min(best, each.at(m));
      }
      // Far ahead errors are larger by nature: each counts in its own unit.
      const double unit = std::max(best, std::numeric_limits<double>::min());
      for (std::size_t m = 0; m < kModels; ++m) scores.at(m) += std::min(each.at(m) / unit, 10.0);
      pasts.push_back({models, ahead - 1, truth});
      ++scored;
    }
  }
  Backtest out;
  const Models now = futures(values, mixtures.back(), {1, 1, 1}, 1, seed);
  double sum = 0;
  for (std::size_t m = 0; m < kModels; ++m) {
    if (now.at(m).count == 0) continue;
    const double mean = scored > 0 ? scores.at(m) / static_cast<double>(scored) : 1;
    out.weights.at(m) = mean > 0 ? std::pow(mean, -3) : 1;
    sum += out.weights.at(m);
  }
  for (double& weight : out.weights) weight /= sum;
  double sum_z = 0;
  double squares = kBelievedForecasts * kBlendedSpread * kBlendedSpread;
  double count = kBelievedForecasts;
  for (const Past& past : pasts) {
    std::vector<double> draws = mixed(past.models, out.weights, past.step);
    if (draws.size() < 10) continue;
    const auto below = static_cast<double>(
        std::count_if(draws.begin(), draws.end(), [&](double each) { return each < past.truth; }));
    const double place = (below + 0.5) / (static_cast<double>(draws.size()) + 1);
    const double z = chance::normal_quantile(place);
    // Forecasts of one origin overlap: together they count as two.
    sum_z += z / 2;
    squares += z * z / 2;
    count += 0.5;
  }
  out.shifted = sum_z / count;
  out.widened = std::clamp(std::sqrt(squares / count), kNarrowest, kWidest);
  return out;
}

// How many of kPaths each model has.
Counts shares_of(const std::array<double, kModels>& weights) {
  Counts out{};
  for (std::size_t m = 0; m < kModels; ++m) {
    out.at(m) = static_cast<std::size_t>(std::lround(weights.at(m) * static_cast<double>(kPaths)));
  }
  return out;
}

// All futures together, spread about their middle.
Paths blend(const Models& models, const Backtest& past, std::size_t steps) {
  std::vector<std::span<const double>> all;
  for (const Paths& paths : models) {
    for (std::size_t i = 0; i < paths.count; ++i) all.push_back(paths.path(i));
  }
  Paths out(all.size(), steps);
  std::vector<double> column(all.size());
  for (std::size_t step = 0; step < steps; ++step) {
    for (std::size_t i = 0; i < all.size(); ++i) column[i] = all[i][step];
    const auto middle = column.begin() + static_cast<std::ptrdiff_t>(column.size() / 2);
    std::nth_element(column.begin(), middle, column.end());
    const double center = *middle;
    double off = 0;
    for (const double each : column) off += std::fabs(each - center);
    // The mean distance from the middle of a normal is sqrt(2 / pi) of its deviation.
    const double deviation = 1.2533 * off / static_cast<double>(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      out.path(i)[step] =
          center + past.shifted * deviation + past.widened * (all[i][step] - center);
    }
  }
  return out;
}

// The day on which a path first reaches the limit; between weekly steps by a straight line.
double passage_of(std::span<const double> path, double limit, double last) {
  double before = last;
  double day = 0;
  for (std::size_t step = 0; step < path.size(); ++step) {
    if (path[step] >= limit) {
      const double next = kDays.at(step);
      if (next - day <= 1 || path[step] <= before) return next;
      return day + (next - day) * std::clamp((limit - before) / (path[step] - before), 0.0, 1.0);
    }
    before = path[step];
    day = kDays.at(step);
  }
  return kInfinity;
}

double order_statistic(std::span<const double> sorted, double p) {
  const auto at = static_cast<std::size_t>(std::ceil(p * static_cast<double>(sorted.size())));
  return sorted[std::clamp<std::size_t>(at, 1, sorted.size()) - 1];
}

std::vector<FanDay> fan_of(const Paths& paths) {
  std::vector<FanDay> out;
  for (std::size_t step = 0; step < paths.steps; ++step) {
    const int day = kDays.at(step);
    if (step < kDailyUntil ? day % 7 != 0 : day % 28 != 0) continue;
    std::vector<double> draws = at_step(paths, step);
    std::sort(draws.begin(), draws.end());
    out.push_back({day, order_statistic(draws, 0.05), order_statistic(draws, 0.5),
                   order_statistic(draws, 0.95)});
  }
  return out;
}

}  // namespace

double RunOutDate::within(double days) const {
  const auto end = std::upper_bound(passages.begin(), passages.end(), days);
  return static_cast<double>(end - passages.begin()) / static_cast<double>(passages.size());
}

Result<RunOutDate> run_out_date(std::span<const double> values, double limit, chance::Seed seed) {
  if (!std::isfinite(limit)) return fail(Code::kInvalid, "the limit is no number");
  if (values.size() > kMostHistory) values = values.last(kMostHistory);
  const auto measured = static_cast<std::size_t>(
      std::count_if(values.begin(), values.end(), [](double each) { return std::isfinite(each); }));
  if (measured < kLeastHistory) {
    return fail(Code::kNotFound,
                fmt::format("{} measured days; a date needs {}", measured, kLeastHistory));
  }
  std::vector<std::size_t> ends;
  for (const std::size_t origin : kOrigins) {
    ends.push_back(values.size() > origin ? values.size() - origin : 0);
  }
  ends.push_back(values.size());
  const std::vector<TrendMixture> mixtures = local_trend(values, ends);
  const Backtest past = backtest(values, mixtures, chance::derive(seed, "backtest"));
  const Paths paths =
      blend(futures(values, mixtures.back(), shares_of(past.weights), kSteps, seed), past, kSteps);
  const double last = *std::find_if(values.rbegin(), values.rend(),
                                    [](double each) { return std::isfinite(each); });
  RunOutDate out;
  out.weights = past.weights;
  out.widened = past.widened;
  std::size_t rising = 0;
  for (std::size_t i = 0; i < paths.count; ++i) {
    out.passages.push_back(last >= limit ? 0 : passage_of(paths.path(i), limit, last));
    if (paths.path(i)[kDailyUntil - 1] > last) ++rising;
  }
  std::sort(out.passages.begin(), out.passages.end());
  out.p05 = order_statistic(out.passages, 0.05);
  out.p50 = order_statistic(out.passages, 0.5);
  out.p95 = order_statistic(out.passages, 0.95);
  out.within_30_days = out.within(30);
  out.within_90_days = out.within(90);
  out.within_a_year = out.within(365);
  out.trend = static_cast<double>(rising) >= kDoubt * static_cast<double>(paths.count);
  out.fan = fan_of(paths);
  const auto month = std::find_if(out.fan.begin(), out.fan.end(),
                                  [](const FanDay& each) { return each.day >= 28; });
  out.slope = (month->p50 - last) / month->day;
  return out;
}

}  // namespace daytwo::orient::ahead
