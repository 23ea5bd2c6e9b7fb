#include "chance/knowing.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

#include "chance/seed.h"

// Expected values: cases.md, RC18 to RC22 and RC48, relative 1e-7 unless said otherwise.
namespace daytwo::chance {
namespace {

void expect_near(double actual, double expected, double relative = 1e-7) {
  EXPECT_NEAR(actual, expected, std::abs(expected) * relative);
}

std::vector<double> normal_draws(double mean, double deviation, std::size_t count, Seed seed) {
  std::vector<double> out;
  Stream stream(seed, 0);
  for (std::size_t i = 0; i < count; ++i) out.push_back(mean + deviation * stream.normal());
  return out;
}

TEST(Knowing, PerfectInformationUnderANormalRC18) {
  expect_near(knowing_normal(1, std::sqrt(5)), 0.4798107063);
  expect_near(knowing_normal(-1, std::sqrt(5)), 0.4798107063);
  EXPECT_EQ(knowing_normal(1, 0), 0);
}

TEST(Knowing, TwoPartsOfANetBenefitRC19) {
  expect_near(knowing_normal(1, 1), 0.08331547059);
  expect_near(knowing_normal(1, 2), 0.3955931148);
  // By regression on draws: the case allows what mgcv reaches on 10,000 (0.0821 and 0.3903).
  const auto first = normal_draws(1, 1, 10'000, Seed{1});
  const auto second = normal_draws(0, 2, 10'000, Seed{2});
  std::vector<double> net;
  for (std::size_t i = 0; i < first.size(); ++i) net.push_back(first[i] - second[i]);
  EXPECT_NEAR(knowing_one(net, first), 0.0833, 0.012);
  EXPECT_NEAR(knowing_one(net, second), 0.3956, 0.02);
  EXPECT_NEAR(knowing_all(net), 0.4798, 0.03);
}

TEST(Knowing, OneNoisyReadingRC20) {
  const double deviation = preposterior_deviation(80e3, 60e3, 1);
  expect_near(deviation, 64000, 1e-12);
  expect_near(knowing_normal(20e3, deviation), 16768.95317);
  expect_near(knowing_normal(20e3, deviation) - 2 * 1500, 13768.95317);
  expect_near(knowing_normal(20e3, 80e3), 22907.57586);
  // The same from draws: share of variance explained = (64/80)^2. Monte Carlo within 4 errors.
  const auto net = normal_draws(20e3, 80e3, 100'000, Seed{5});
  EXPECT_NEAR(knowing_share(net, 0.64, 0).value, 16768.95, 4 * 45e3 / std::sqrt(1e5));
}

TEST(Knowing, AScanBeforeAPatchRC21) {
  const TestStudy scan = *knowing_by_test(60e3, 0.2, 500e3, 0.9, 0.85);
  expect_near(scan.cost_now, 60e3, 1e-12);
  expect_near(scan.perfect, 48e3, 1e-12);
  expect_near(scan.positive, 0.3, 1e-12);
  expect_near(scan.present_after_positive, 0.6, 1e-12);
  expect_near(scan.present_after_negative, 0.02857142857);
  expect_near(scan.value, 32e3, 1e-12);
  EXPECT_EQ(knowing_by_test(60e3, 0.2, 500e3, 0.5, 0.5)->value, 0);
  EXPECT_FALSE(knowing_by_test(60e3, 1.2, 500e3, 0.9, 0.85));
}

TEST(Knowing, TrialsBeforeAdoptingRC22) {
  const CountStudy study = knowing_by_trials(2, 18, 30, 0.08e6, -1e6);
  expect_near(study.value, 9528.87538);
  expect_near(study.perfect, 15277.4485, 1e-4);  // by 20,000 midpoints
}

TEST(Knowing, MoreYearsOfLogsRC48) {
  const CountStudy study = knowing_by_years(2, 4, 3, -35e3, 0.6 * 100e3);
  expect_near(study.value, 3558.338787);
  expect_near(study.perfect, 6303.177911, 1e-3);  // by 20,000 midpoints
}

TEST(Knowing, WaitingCanCostMoreThanItTeaches) {
  const auto net = normal_draws(100, 10, 1000, Seed{1});
  const Study study = knowing_share(net, 0.5, 5);
  EXPECT_NEAR(study.value, -5, 0.01);
  EXPECT_EQ(study.flip_chance, 0);
}

RC_GTEST_PROP(Knowing, IsNeverNegativeNeverMoreThanPerfectAndGrowsWithTheShare, ()) {
  const double mean = *rc::gen::inRange(-100, 100);
  const double deviation = *rc::gen::inRange(1, 100);
  const auto net = normal_draws(mean, deviation, 500, Seed{*rc::gen::arbitrary<uint64_t>()});
  double before = 0;
  for (const double share : {0.0, 0.2, 0.5, 0.8, 1.0}) {
    const double value = knowing_share(net, share, 0).value;
    RC_ASSERT(value >= before - 1e-9);
    RC_ASSERT(value <= knowing_all(net) + 1e-9);
    before = value;
  }
  RC_ASSERT(knowing_one(net, net) <= knowing_all(net));
}

}  // namespace
}  // namespace daytwo::chance
