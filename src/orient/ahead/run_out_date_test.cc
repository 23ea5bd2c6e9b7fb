// Run-out dates: what must hold of each model and of the whole; how often intervals hold is in
// tests/sim.
#include "orient/ahead/run_out_date.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "chance/seed.h"
#include "orient/ahead/block_bootstrap.h"
#include "orient/ahead/growth.h"
#include "orient/ahead/horizon.h"
#include "orient/ahead/local_trend.h"
#include "orient/ahead/noise.h"

namespace daytwo::orient::ahead {
namespace {

const chance::Seed kSeed = chance::derive(chance::Seed{}, "run out");
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::vector<double> line(std::size_t days, double slope, double noise) {
  std::vector<double> out;
  chance::Stream stream(kSeed, 1);
  for (std::size_t i = 0; i < days; ++i) {
    out.push_back(slope * static_cast<double>(i) + noise * stream.normal());
  }
  return out;
}

double mean_at(const Paths& paths, std::size_t step) {
  double out = 0;
  for (std::size_t i = 0; i < paths.count; ++i) out += paths.path(i)[step];
  return out / static_cast<double>(paths.count);
}

TEST(Horizon, IsDailyAndThenWeekly) {
  EXPECT_EQ(kDays.front(), 1);
  EXPECT_EQ(kDays[kDailyUntil - 1], 91);
  EXPECT_EQ(kDays[kDailyUntil], 98);
  EXPECT_EQ(kDays.back(), 364);
}

TEST(Noise, HasTheMomentsOfANormal) {
  Noise noise(kSeed, 0);
  double sum = 0;
  double squares = 0;
  constexpr int kDraws = 100'000;
  for (int i = 0; i < kDraws; ++i) {
    const double each = noise.normal();
    sum += each;
    squares += each * each;
  }
  EXPECT_NEAR(sum / kDraws, 0, 0.015);
  EXPECT_NEAR(squares / kDraws, 1, 0.02);
}

TEST(LocalTrend, FindsTheSlopeOfALineAndIsSureOfIt) {
  const std::vector<double> values = line(60, 2, 1);
  const std::vector<std::size_t> ends = {30, 60};
  const auto mixtures = local_trend(values, ends);
  ASSERT_EQ(mixtures.size(), 2U);
  double slope = 0;
  double weight = 0;
  for (const TrendComponent& each : mixtures[1]) {
    slope += each.weight * each.slope;
    weight += each.weight;
  }
  EXPECT_NEAR(weight, 1, 1e-12);
  EXPECT_NEAR(slope, 2, 0.15);
  EXPECT_GT(chance_rising(mixtures[1]), 0.999);
  const Paths paths = trend_paths(mixtures[1], 400, kSteps, kSeed);
  EXPECT_NEAR(mean_at(paths, 29), 2 * 89, 6);
}

TEST(LocalTrend, KnowsAtAnEarlierEndWhatItKnewThen) {
  const std::vector<double> values = line(60, 2, 1);
  const std::vector<std::size_t> both = {30, 60};
  const std::vector<std::size_t> one = {30};
  const auto then = local_trend(std::span(values).first(30), one);
  const auto now = local_trend(values, both);
  ASSERT_EQ(now[0].size(), then[0].size());
  for (std::size_t i = 0; i < then[0].size(); ++i) {
    EXPECT_EQ(now[0][i].level, then[0][i].level);
    EXPECT_EQ(now[0][i].weight, then[0][i].weight);
  }
  EXPECT_TRUE(local_trend(std::span(values).first(10), std::vector<std::size_t>{10})[0].empty());
  EXPECT_TRUE(local_trend({}, std::vector<std::size_t>{0})[0].empty());
}

TEST(BlockBootstrap, KeepsTheDriftAndTheWeek) {
  std::vector<double> values;
  for (int i = 0; i < 71; ++i) values.push_back(i + (i % 7 == 0 ? 5.0 : 0.0));
  const Paths paths = bootstrap_paths(values, 200, kSteps, kSeed);
  ASSERT_EQ(paths.count, 200U);
  // A week of it is always the same: no path knows another.
  EXPECT_NEAR(paths.path(0)[13], 70 + 5 + 14, 1e-9);
  EXPECT_NEAR(paths.path(0)[7], 70 + 8, 1e-9);
  EXPECT_EQ(bootstrap_paths(std::span(values).first(10), 10, 5, kSeed).count, 0U);
}

TEST(Growth, GoesOnBending) {
  std::vector<double> values;
  for (int i = 0; i < 100; ++i) values.push_back(0.01 * i * i);
  const Paths paths = growth_paths(values, 100, kSteps, kSeed);
  ASSERT_EQ(paths.count, 100U);
  EXPECT_NEAR(mean_at(paths, 29), 0.01 * 129 * 129, 0.5);
  EXPECT_EQ(growth_paths(std::span(values).first(20), 10, 5, kSeed).count, 0U);
}

TEST(RunOutDate, OfALineIsWhereTheLineIs) {
  const auto out = run_out_date(line(120, 0.5, 1), 120 * 0.5 + 20, kSeed);
  ASSERT_TRUE(out) << out.error().to_string();
  EXPECT_TRUE(out->trend);
  EXPECT_NEAR(out->p50, 40, 6);
  EXPECT_LE(out->p05, out->p50);
  EXPECT_LE(out->p50, out->p95);
  EXPECT_NEAR(out->slope, 0.5, 0.1);
  EXPECT_LT(out->within_30_days, 0.3);
  EXPECT_GT(out->within_90_days, 0.9);
  EXPECT_EQ(out->within(1'000), out->within_a_year);
  ASSERT_FALSE(out->fan.empty());
  EXPECT_EQ(out->fan.front().day, 7);
  for (const FanDay& each : out->fan) {
    EXPECT_LE(each.p05, each.p50);
    EXPECT_LE(each.p50, each.p95);
  }
  double weights = 0;
  for (const double each : out->weights) weights += each;
  EXPECT_NEAR(weights, 1, 1e-9);
}

TEST(RunOutDate, IsTheSameForTheSameSeedAndMovesWithTheLimit) {
  const std::vector<double> values = line(120, 0.5, 1);
  const auto first = run_out_date(values, 80, kSeed);
  const auto again = run_out_date(values, 80, kSeed);
  EXPECT_EQ(first->passages, again->passages);
  EXPECT_LT(first->p50, run_out_date(values, 100, kSeed)->p50);
  EXPECT_EQ(run_out_date(values, 10, kSeed)->p95, 0) << "it is there already";
}

TEST(RunOutDate, IsNotToldOfWhatStandsStill) {
  const auto out = run_out_date(line(120, 0, 1), 50, kSeed);
  ASSERT_TRUE(out);
  EXPECT_FALSE(out->trend);
  EXPECT_EQ(out->within_30_days, 0);
  EXPECT_TRUE(std::isinf(out->p50));
}

TEST(RunOutDate, LivesWithGapsConstantsAndAbsurdSeries) {
  std::vector<double> gaps = line(120, 0.5, 1);
  for (std::size_t i = 40; i < 60; ++i) gaps[i] = kNan;
  gaps.back() = kNan;
  const auto out = run_out_date(gaps, 80, kSeed);
  ASSERT_TRUE(out);
  EXPECT_NEAR(out->p50, 40, 10);
  const auto still = run_out_date(std::vector<double>(120, 7), 10, kSeed);
  ASSERT_TRUE(still);
  EXPECT_TRUE(std::isinf(still->p05));
  EXPECT_FALSE(still->trend);
  EXPECT_TRUE(run_out_date(line(120, 1e300, 0), 1e308, kSeed));
  EXPECT_TRUE(run_out_date(line(14, 1, 0.1), 100, kSeed));
  EXPECT_EQ(run_out_date(line(13, 1, 0.1), 100, kSeed).error().code, Code::kNotFound);
  EXPECT_EQ(run_out_date(std::vector<double>(120, kNan), 1, kSeed).error().code, Code::kNotFound);
  EXPECT_EQ(run_out_date(line(120, 1, 1), kNan, kSeed).error().code, Code::kInvalid);
}

}  // namespace
}  // namespace daytwo::orient::ahead
