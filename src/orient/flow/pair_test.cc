#include "orient/flow/pair.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numbers>
#include <vector>

#include "base/time.h"
#include "orient/flow/counted.h"
#include "series/source.h"
#include "series/value.h"

namespace daytwo::orient::flow {
namespace {

constexpr Timestamp kBegin{1'800'000'000'000};
constexpr double kHour = 3600;

// What had come in after so many seconds: 200 a second, a wave of a day and one of 47 minutes, so
// that the rate is never the same for long.
double arrived(double seconds) {
  const double day = 86'400 / (2 * std::numbers::pi);
  const double wave = 2820 / (2 * std::numbers::pi);
  return 200 * seconds + 100 * day * (1 - std::cos(seconds / day)) +
         40 * wave * std::sin(seconds / wave);
}

// Samples every 30 s of what `counted` says, from `phase` seconds on, as a column.
series::SeriesColumn column(double hours_long, double phase,
                            const std::function<double(double)>& counted) {
  series::SeriesColumn out;
  for (double at = phase; at < hours_long * kHour; at += 30) {
    const auto ms = static_cast<std::int64_t>(std::llround(at * 1000));
    out.column.push({kBegin + milliseconds(ms), {std::floor(counted(at)), nullptr}});
  }
  return out;
}

End end_of(const series::SeriesColumn& one) { return flow::end_of({&one, 1}); }

End received(double hours_long) { return end_of(column(hours_long, 3, arrived)); }

TEST(Counted, ARestartCountsFromZeroAndIsAGap) {
  series::SeriesColumn one;
  for (const double value : {100.0, 160.0, 220.0, 20.0, 80.0}) {
    const auto at = kBegin + seconds(30) * static_cast<std::int64_t>(one.column.size());
    one.column.push({at, {value, nullptr}});
  }
  const Counter counter = counter_of(one.column);
  EXPECT_EQ(counter.counts, (std::vector<double>{0, 60, 120, 140, 200}));
  ASSERT_EQ(counter.gaps.size(), 1U);
  EXPECT_EQ(counter.gaps[0].from, kBegin + seconds(60));
  EXPECT_EQ(counter.gaps[0].to, kBegin + seconds(90));
  EXPECT_DOUBLE_EQ(counter.gaps[0].tolerance, 50) << "200 in 120 s";
}

TEST(Counted, StaleMarkersAndHolesAreNoRestart) {
  series::SeriesColumn one;
  for (const double value : {100.0, series::kStaleNaN, 220.0}) {
    const auto at = kBegin + seconds(30) * static_cast<std::int64_t>(one.column.size());
    one.column.push({at, {value, nullptr}});
  }
  const Counter counter = counter_of(one.column);
  EXPECT_TRUE(counter.gaps.empty());
  const std::vector<Timestamp> instants = {kBegin + seconds(30)};
  EXPECT_EQ(counted_at({{counter}}, instants), std::vector<double>{60});
}

TEST(Pair, NothingIsSaidBeforeSixHours) {
  const auto status = judge_pair(received(5), received(5));
  EXPECT_FALSE(status.learnt);
  EXPECT_GT(status.seen, hours(4));
  EXPECT_FALSE(judge_pair({}, received(9)).learnt);
}

// Whatever the clocks are apart, it is found to the second, what is left of it by the rate, and
// nothing is lost.
RC_GTEST_PROP(Pair, FindsAConstantSkewAndNoLossInIt, ()) {
  const double skew = *rc::gen::inRange(-300, 300) / 10.0;
  const double phase = *rc::gen::inRange(0, 299) / 10.0;
  const auto gone = end_of(column(8, phase, [&](double at) { return arrived(at - skew); }));
  const auto status = judge_pair(received(8), gone);
  RC_ASSERT(status.learnt);
  // The gone end shows at `at` what the received one showed `skew` before.
  RC_ASSERT(std::fabs(status.shift.seconds() + status.skew_seconds - skew) < 1);
  RC_ASSERT(!status.lost);
  RC_ASSERT(!status.duplicated);
}

// One in a thousand from the 20th hour on: within an hour, with its size.
TEST(Pair, TellsASmallLossItsBeginningAndItsSize) {
  const double begin = 20 * kHour;
  const auto leaking = [&](double at) {
    const double seen = arrived(at - 12);
    return seen - 0.001 * std::max(0.0, seen - arrived(begin));
  };
  const auto status = judge_pair(received(21), end_of(column(21, 17, leaking)));
  ASSERT_TRUE(status.lost.has_value());
  EXPECT_TRUE(status.lost->goes_on);
  EXPECT_NEAR((status.lost->since - kBegin).seconds(), begin, 900);
  EXPECT_NEAR(status.lost->share, 0.001, 0.0003);
  EXPECT_FALSE(status.duplicated.has_value());
  EXPECT_LT(status.least_in_an_hour, 0.001);
}

TEST(Pair, WhatComesOutTwiceIsDuplicated) {
  const auto twice = [](double at) {
    const double seen = arrived(at);
    return seen + 0.002 * std::max(0.0, seen - arrived(22 * kHour));
  };
  const auto status = judge_pair(received(24), end_of(column(24, 9, twice)));
  ASSERT_TRUE(status.duplicated.has_value());
  EXPECT_NEAR(status.duplicated->share, 0.002, 0.0006);
  EXPECT_FALSE(status.lost.has_value());
}

TEST(Pair, ALossThatEndedIsToldAsEnded) {
  const auto steady = [](double at) { return 200 * at; };
  const auto once = [](double at) {
    return 200 * at - 2 * std::clamp(at - 20 * kHour, 0.0, kHour);  // two a second, for an hour
  };
  const auto status = judge_pair(end_of(column(24, 3, steady)), end_of(column(24, 9, once)));
  ASSERT_TRUE(status.lost.has_value());
  EXPECT_FALSE(status.lost->goes_on);
  EXPECT_NEAR(status.lost->messages, 7200, 400);
}

// The process that counts what is done restarts: what it counted since its last sample is gone, up
// to 30 s of messages. That is no loss; a loss beside it is.
TEST(Pair, ARestartHidesWhatFitsIntoItAndNoMore) {
  const double at_restart = 8 * kHour + 25;
  const auto restarting = [&](double missing) {
    return [=](double at) {
      const double seen = arrived(at);
      return at < at_restart ? seen : seen - arrived(at_restart) - missing;
    };
  };
  const auto well = judge_pair(received(12), end_of(column(12, 9, restarting(0))));
  EXPECT_EQ(well.restarts, 1U);
  EXPECT_FALSE(well.lost.has_value());
  EXPECT_FALSE(well.duplicated.has_value());
  const auto lossy = judge_pair(received(12), end_of(column(12, 9, restarting(30'000))));
  ASSERT_TRUE(lossy.lost.has_value());
  EXPECT_GT(lossy.lost->messages, 15'000);
}

// Two of three workers are replaced one after the other, as a rolling update does.
TEST(Pair, ARollingUpdateIsNoLoss) {
  std::vector<series::SeriesColumn> columns;
  for (int worker = 0; worker < 3; ++worker) {
    const double until = (6 + worker * 0.02) * kHour;
    const auto share = [](double at) { return arrived(at) / 3; };
    columns.push_back(column(until / kHour, 4 + 7 * worker, share));
    series::SeriesColumn next;
    for (double at = until + 20; at < 12 * kHour; at += 30) {
      next.column.push({kBegin + seconds(static_cast<std::int64_t>(at)),
                        {std::floor(share(at) - share(until)), nullptr}});
    }
    columns.push_back(next);
  }
  const auto status = judge_pair(received(12), flow::end_of(columns));
  ASSERT_TRUE(status.learnt);
  EXPECT_EQ(status.restarts, 6U);
  EXPECT_FALSE(status.lost.has_value())
      << status.lost->messages << " at " << (status.lost->since - kBegin).hours();
  EXPECT_FALSE(status.duplicated.has_value());
}

}  // namespace
}  // namespace daytwo::orient::flow
