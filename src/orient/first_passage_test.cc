#include "orient/first_passage.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "chance/seed.h"

namespace daytwo::orient {
namespace {

// Expected values: the closed form itself, computed with 30 digits.
TEST(Passage, AgreesWithTheInverseGaussianLaw) {
  const Passage passage{100, 2, 5};
  EXPECT_NEAR(passage_cdf(passage, 30), .09493, 5e-6);
  EXPECT_NEAR(passage_cdf(passage, 60), .75693, 5e-6);
  EXPECT_NEAR(passage_cdf(passage, 90), .97002, 5e-6);
  EXPECT_NEAR(passage_cdf({20, 0, 2}, 30), .06789, 5e-6);
}

TEST(Passage, QuantilesComeBackThroughTheLaw) {
  const Passage passage{100, 2, 5};
  EXPECT_NEAR(passage_cdf(passage, 26.83), .05, 1e-4);
  EXPECT_NEAR(passage_cdf(passage, 47.08), .50, 1e-4);
  EXPECT_NEAR(passage_cdf(passage, 83.11), .95, 1e-4);
}

TEST(Passage, WithoutSpreadIsAStraightLine) {
  EXPECT_EQ(passage_cdf({100, 2, 0}, 49.9), 0);
  EXPECT_EQ(passage_cdf({100, 2, 0}, 50.1), 1);
  EXPECT_EQ(passage_cdf({100, -2, 0}, 1e9), 0);
}

TEST(Passage, StaysFiniteWhereTheWeightOverflows) {
  // exp(2 mu a / s^2) = exp(2e8) here; the sum is still a probability.
  const Passage passage{1e6, 1, 0.1};
  EXPECT_NEAR(passage_cdf(passage, 1e6), .5, 1e-3);
  EXPECT_EQ(passage_cdf(passage, 0.9e6), 0);
  EXPECT_EQ(passage_cdf(passage, 1.1e6), 1);
}

TEST(Passage, AwayFromTheLimitReachesItWithTheChanceOfARandomWalk) {
  // exp(2 mu a / s^2) with mu = -1, a = 2, s = 2: exp(-1).
  EXPECT_NEAR(passage_cdf({2, -1, 2}, 1e6), std::exp(-1.0), 1e-9);
}

TEST(Passage, SimulatedWalksArriveAsTheLawSays) {
  // 20,000 walks in steps of 0.01; a walk seen at steps only arrives late by about 0.58 s sqrt(dt)
  // [Broadie, Glasserman, Kou 1997], here 0.6 % of the distance. False-alarm rate of the tolerance
  // (5 standard errors plus that shift): below 1e-6.
  const double distance = 10;
  const double dt = 0.01;
  int arrived = 0;
  const int walks = 20'000;
  for (int walk = 0; walk < walks; ++walk) {
    chance::Stream stream({7}, static_cast<std::uint64_t>(walk));
    double left = distance;
    for (double t = 0; t < 10 && left > 0; t += dt) {
      left -= dt + std::sqrt(dt) * stream.normal();
    }
    arrived += left <= 0 ? 1 : 0;
  }
  const double law = passage_cdf({distance + 0.058, 1, 1}, 10);
  EXPECT_NEAR(arrived / static_cast<double>(walks), law, 5 * std::sqrt(.25 / walks));
}

TEST(PassageForecast, QuantilesAreMonotoneAndScaleWithTheDistance) {
  const Slope drift{20, 400, 8, 10};
  const auto near = PassageForecast(1000, drift).estimate(1);
  const auto far = PassageForecast(2000, drift).estimate(1);
  EXPECT_LT(near.p05, near.p25);
  EXPECT_LT(near.p25, near.p50);
  EXPECT_LT(near.p50, near.p75);
  EXPECT_LT(near.p75, near.p95);
  EXPECT_GT(far.p05, near.p05);
  EXPECT_GT(far.p50, near.p50);
}

TEST(PassageForecast, MoreDoubtGivesAWiderInterval) {
  const auto few = PassageForecast(1000, {20, 100, 6, 10}).estimate(1);
  const auto many = PassageForecast(1000, {20, 100, 60, 10}).estimate(1);
  EXPECT_GT(few.p95 - few.p05, many.p95 - many.p05);
}

TEST(PassageForecast, NothingLeftIsNow) {
  EXPECT_EQ(PassageForecast(0, {20, 100, 6, 10}).quantile(.5), 0);
}

// Coverage: what the 90 % interval promises, measured on walks whose drift and spread it had to
// learn from `n` increments. The forecast never saw the truth's parameters.
double coverage(std::size_t n, double effect, int worlds) {
  int inside = 0;
  for (int world = 0; world < worlds; ++world) {
    chance::Stream stream({11}, static_cast<std::uint64_t>(world));
    const auto draw = [&] { return effect + stream.normal(); };
    double sum = 0;
    double squares = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double x = draw();
      sum += x;
      squares += x * x;
    }
    const double mean = sum / static_cast<double>(n);
    const double variance = (squares - sum * mean) / static_cast<double>(n - 1);
    const double distance = 60 * effect;
    const PassageForecast forecast(distance, {mean, variance, n, 1});
    double left = distance;
    double t = 0;
    while (left > 0 && t < 1e5) {
      left -= draw();
      t += 1;
    }
    inside += forecast.quantile(.05) <= t && t - 1 <= forecast.quantile(.95) ? 1 : 0;
  }
  return inside / static_cast<double>(worlds);
}

TEST(PassageForecast, NineOfTenIntervalsHold) {
  // 400 worlds: standard error 1.5 points. Bounds at 4.5 standard errors: false alarm 7e-6 each.
  for (const std::size_t n : {std::size_t{8}, std::size_t{20}, std::size_t{60}}) {
    const double held = coverage(n, 2, 400);
    RecordProperty("coverage_of_" + std::to_string(n), std::to_string(held));
    EXPECT_GT(held, .83) << n;
    EXPECT_LT(held, .97) << n;
  }
}

TEST(PassageForecast, SaysWhatIsLeftAroundTheMeasuredPath) {
  // 100 left, 2 a second towards the limit with little spread and many increments: a narrow path.
  const PassageForecast forecast(100, {2, 1e-4, 1000, 1});
  EXPECT_DOUBLE_EQ(forecast.left(0, .5), 100);
  EXPECT_NEAR(forecast.left(10, .5), 80, .1);
  EXPECT_LT(forecast.left(10, .025), forecast.left(10, .25));
  EXPECT_LT(forecast.left(10, .25), forecast.left(10, .975));
}

TEST(PassageForecast, IsAsLikelyPastTheLimitAsTheBandsSayOnceTheDriftOutweighsLuck) {
  // With drift far above spread a path that is past the limit stays there, so both laws agree.
  const PassageForecast forecast(100, {2, 4, 200, 1});
  const double middle = forecast.quantile(.5);
  EXPECT_NEAR(forecast.left(middle, .5), 0, 3);
}

}  // namespace
}  // namespace daytwo::orient
