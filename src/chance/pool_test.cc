#include "chance/pool.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "chance/fit.h"

// Expected values: cases.md, RC17, relative 1e-7.
namespace daytwo::chance {
namespace {

void expect_near(double actual, double expected, double relative = 1e-7) {
  EXPECT_NEAR(actual, expected, std::abs(expected) * relative);
}

std::vector<Distribution> three_experts() {
  return {fit_lognormal({5e4, 5e5, .9})->distribution, fit_lognormal({1e5, 2e6, .9})->distribution,
          fit_lognormal({2e4, 3e5, .9})->distribution};
}

TEST(Pool, LinearPoolOfThreeExpertsRC17) {
  const Distribution pool = *linear_pool(three_experts(), {});
  expect_near(pool.mean(), 329232.071);
  expect_near(pool.quantile(.05), 31544.03814);
  expect_near(pool.quantile(.5), 167672.2815);
  expect_near(pool.quantile(.95), 1161469.755);
}

TEST(Pool, LogarithmicPoolOfThreeExpertsRC17) {
  const Distribution pool = *log_pool(three_experts(), {});
  expect_near(pool.a, 12.01358513);
  expect_near(pool.b, 0.7970053962);
  expect_near(pool.mean(), 226657.1787);
  expect_near(pool.quantile(.05), 44472.57168);
  expect_near(pool.quantile(.95), 612033.5282);
}

TEST(Pool, AgreeingExpertsAreNoSurerThanOne) {
  const std::vector<Distribution> same(3, lognormal(2, .5));
  expect_near(log_pool(same, {})->b, .5, 1e-12);
  expect_near(linear_pool(same, {})->deviation(), lognormal(2, .5).deviation(), 1e-9);
}

TEST(Pool, RefusesWhatCannotBePooled) {
  EXPECT_FALSE(linear_pool({}, {}));
  EXPECT_FALSE(linear_pool(three_experts(), std::array{1., 2.}));
  EXPECT_FALSE(log_pool(std::array{lognormal(1, 1), normal(1, 1)}, {}));
  EXPECT_FALSE(log_pool(std::array{gamma(1, 1)}, {}));
  EXPECT_FALSE(log_pool(std::array{capped(lognormal(1, 1), 2)}, {}));
}

// One expert whose intervals hold as often as they say, one who is always too narrow.
TEST(Pool, CalibratedExpertsWeighMore) {
  std::vector<ScoredAnswer> good;
  std::vector<ScoredAnswer> narrow;
  for (int i = 0; i < 20; ++i) {
    // The truth stands at the 2.5, 7.5, ... 97.5 % quantile of the good expert.
    const double truth = normal(50, 10).quantile((i + .5) / 20);
    good.push_back({50 - 16.449, 50, 50 + 16.449, truth});
    narrow.push_back({49, 50, 51, truth});
  }
  const auto both = skills(std::array{good, narrow});
  expect_near(both[0].calibration, 1, 1e-9);  // 1, 9, 9 and 1 of 20: exactly as said
  EXPECT_LT(both[1].calibration, 1e-9);
  EXPECT_GT(both[1].information, both[0].information);
  const auto weights = performance_weights(both);
  EXPECT_EQ(weights[0], 1);
  EXPECT_EQ(weights[1], 0);
  // With nine answers nobody is told apart.
  good.resize(9);
  narrow.resize(9);
  EXPECT_EQ(performance_weights(skills(std::array{good, narrow})), (std::vector{.5, .5}));
}

}  // namespace
}  // namespace daytwo::chance
