#include "orient/trend.h"

#include <gtest/gtest.h>

#include <cmath>

#include "chance/seed.h"

namespace daytwo::orient {
namespace {

constexpr Timestamp kStart{1'700'000'000'000};

// A column that changes by `change(i)` every `step`.
template <typename Change>
series::Column column_of(std::size_t samples, Duration step, double from, Change change) {
  series::Column column;
  double value = from;
  for (std::size_t i = 0; i < samples; ++i) {
    column.push({kStart + step * static_cast<std::int64_t>(i), {value, nullptr}});
    value += change(i);
  }
  return column;
}

Timestamp end_of(const series::Column& column) { return column.times.back(); }

TEST(Trend, SixEqualStepsPassAndFiveDoNot) {
  const auto six = column_of(7, seconds(10), 1e9, [](std::size_t) { return -1e6; });
  const auto five = column_of(6, seconds(10), 1e9, [](std::size_t) { return -1e6; });
  EXPECT_TRUE(read_trend(six, end_of(six)).trend.has_value());
  EXPECT_FALSE(read_trend(five, end_of(five)).trend.has_value());
}

TEST(Trend, GivesTheDriftTowardsZero) {
  const auto column = column_of(12, seconds(10), 1e9, [](std::size_t) { return -5e6; });
  const auto reading = read_trend(column, end_of(column));
  ASSERT_TRUE(reading.trend.has_value());
  EXPECT_DOUBLE_EQ(reading.trend->slope.mean, 5e6);
  EXPECT_DOUBLE_EQ(reading.trend->slope.step_seconds, 10);
  EXPECT_EQ(reading.trend->slope.count, 11U);
}

TEST(Trend, ASteadyFallIsNotSureToStaySteady) {
  const auto column = column_of(12, seconds(10), 1e9, [](std::size_t) { return -5e6; });
  const Slope slope = read_trend(column, end_of(column)).trend.value().slope;
  EXPECT_DOUBLE_EQ(slope.variance, 5e6 * 5e6 / 12);
  const chance::Estimate seconds_left = PassageForecast(3e8, slope).estimate(1);
  EXPECT_LT(seconds_left.p05, 560);
  EXPECT_GT(seconds_left.p95, 640);
}

TEST(Trend, AGrowingQuantityIsNone) {
  const auto column = column_of(30, seconds(10), 1e9, [](std::size_t) { return 5e6; });
  EXPECT_FALSE(read_trend(column, end_of(column)).trend.has_value());
}

TEST(Trend, OneJumpIsNone) {
  const auto column =
      column_of(30, seconds(10), 1e9, [](std::size_t i) { return i == 15 ? -5e8 : 0.0; });
  EXPECT_FALSE(read_trend(column, end_of(column)).trend.has_value());
}

TEST(Trend, EndsWithinAMinuteOfItsStop) {
  const auto column =
      column_of(40, seconds(10), 1e9, [](std::size_t i) { return i < 20 ? -5e6 : 0.0; });
  EXPECT_TRUE(read_trend(column, kStart + seconds(200)).trend.has_value());
  EXPECT_FALSE(read_trend(column, kStart + seconds(270)).trend.has_value());
}

TEST(Trend, DoesNotReachAcrossAGap) {
  auto column = column_of(5, seconds(10), 1e9, [](std::size_t) { return -1e6; });
  for (int i = 0; i < 4; ++i) {
    column.push({kStart + seconds(200 + 10 * i), {9e8 - 1e6 * i, nullptr}});
  }
  const auto reading = read_trend(column, end_of(column));
  EXPECT_FALSE(reading.trend.has_value());
  EXPECT_EQ(reading.increments, 3U);
}

TEST(Trend, SurvivesStaleMarkersAndAnEmptyColumn) {
  auto column = column_of(7, seconds(10), 1e9, [](std::size_t) { return -1e6; });
  column.push({kStart + seconds(61), {series::kStaleNaN, nullptr}});
  EXPECT_TRUE(read_trend(column, end_of(column)).trend.has_value());
  EXPECT_FALSE(read_trend({}, kStart).last.has_value());
}

// A real fill: the rate varies by 30 % from second to second.
TEST(Trend, ANoisyFillIsSeenWithinNinetySeconds) {
  for (const std::int64_t step : {1, 10}) {
    int late = 0;
    for (int world = 0; world < 200; ++world) {
      chance::Stream stream({3}, static_cast<std::uint64_t>(world));
      const double rate = 1e6 * static_cast<double>(step);
      const double noise = 3e5 * std::sqrt(static_cast<double>(step));
      const auto column = column_of(static_cast<std::size_t>(90 / step + 1), seconds(step), 1e10,
                                    [&](std::size_t) { return -rate - noise * stream.normal(); });
      late += read_trend(column, end_of(column)).trend.has_value() ? 0 : 1;
    }
    EXPECT_LE(late, 2) << "samples every " << step << " s";
  }
}

// 2,000 episodes without a trend, looked at every 10 s. At a rate of 1e-4 the chance of more than
// four alarms is below 1e-6 even if the bound were met exactly (Poisson, mean 0.2: 2.3e-6 for 4+).
TEST(Trend, FalseAlarmsStayBelowTheStatedRate) {
  int alarms = 0;
  for (int world = 0; world < 2'000; ++world) {
    chance::Stream stream({5}, static_cast<std::uint64_t>(world));
    const auto column =
        column_of(61, seconds(10), 1e9, [&](std::size_t) { return 1e6 * stream.normal(); });
    bool alarmed = false;
    for (std::size_t i = 6; i < column.size() && !alarmed; ++i) {
      alarmed = read_trend(column, column.times[i]).trend.has_value();
    }
    alarms += alarmed ? 1 : 0;
  }
  RecordProperty("alarms_in_2000_episodes", alarms);
  EXPECT_LE(alarms, 4);
}

}  // namespace
}  // namespace daytwo::orient
