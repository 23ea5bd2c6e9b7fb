#include "chance/search.h"

#include <gtest/gtest.h>

#include <cmath>

// Expected values: tests/data/risk/cases.md, RC23, relative 1e-7.
namespace daytwo::chance {
namespace {

void expect_near(double actual, double expected, double relative = 1e-7) {
  EXPECT_NEAR(actual, expected, std::abs(expected) * relative);
}

// How much to spend against a loss: what is left of the chance `kVulnerable` after z is spent is
// S(z); the best z takes most off (v - S(z)) L - z [Gordon, Loeb 2002, ACM TISSEC 5:438].
constexpr double kVulnerable = 0.65;
constexpr double kLoss = 400e3;
constexpr double kAlpha = 2e-5;

template <typename Left>
double best_spend(const Left& left) {
  return lowest(0, kLoss, [&](double z) { return left(z) * kLoss + z; });
}

TEST(Search, BestSpendAgainstALossRC23) {
  const auto left = [](double z) { return kVulnerable / (kAlpha * z + 1); };
  const double z = best_spend(left);
  expect_near(z, 64017.54251);
  expect_near(left(z), 0.2850438563);
  expect_near((kVulnerable - left(z)) * kLoss - z, 81964.91498);
  expect_near(z / (kVulnerable * kLoss), 0.2462213173);
}

TEST(Search, BestSpendOfTheSecondClassRC23) {
  const auto left = [](double z) { return std::pow(kVulnerable, kAlpha * z + 1); };
  const double z = best_spend(left);
  expect_near(z, 93609.5194);
  expect_near(left(z), 0.2901693529);
  expect_near((kVulnerable - left(z)) * kLoss - z, 50322.73944);
  expect_near(z / (kVulnerable * kLoss), 0.3600366131);
  EXPECT_LT(z / (kVulnerable * kLoss), std::exp(-1));
}

// A corner is found too, to the same share of the range.
TEST(Search, FollowsTheSlopeToTheEnd) {
  EXPECT_NEAR(lowest(2, 5, [](double x) { return x; }), 2, 1e-8);
  EXPECT_NEAR(lowest(2, 5, [](double x) { return -x; }), 5, 1e-8);
}

}  // namespace
}  // namespace daytwo::chance
