#include "chance/knowing.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "chance/distribution.h"
#include "chance/sampler.h"
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

TEST(Knowing, WidthBeforeAndAfterAReadingRC20) {
  const double z = 2 * 1.6448536269514722;
  expect_near(z * 80e3, 263176.5803);
  expect_near(z * posterior_deviation(80e3, 60e3, 1), 157905.9482);
}

// What a summary of simulated data is worth, by regression, against the closed form of RC22: 30
// trials whose number of failures is the summary.
TEST(Knowing, RegressionOnASummaryIsTheStudysWorthRC22) {
  constexpr std::size_t kDraws = 40'000;
  const std::vector<double> theta = draws(beta(2, 18), kDraws, Seed{3});
  std::vector<double> net;
  std::vector<double> failures;
  Stream stream(Seed{4}, 0);
  for (const double share : theta) {
    net.push_back(1e6 * (0.08 - share));
    double bad = 0;
    for (int trial = 0; trial < 30; ++trial) bad += stream.uniform() < share ? 1 : 0;
    failures.push_back(bad);
  }
  const std::vector<std::vector<double>> nets = {std::vector<double>(kDraws), net};
  const Knowing study = knowing_about(nets, std::array{failures});
  EXPECT_NEAR(study.value, 9528.87538, 4 * study.standard_error + 0.02 * 9528);
  EXPECT_TRUE(study.worth_measuring());
  EXPECT_EQ(knowing_about(nets, std::array{std::vector<double>(kDraws, 1.0)}).value, 0);
}

// Two inputs at once are worth what all of RC19 is worth; of three options the best is chosen.
TEST(Knowing, KnowingAllInputsIsKnowingAll) {
  const auto first = normal_draws(1, 1, 20'000, Seed{1});
  const auto second = normal_draws(0, 2, 20'000, Seed{2});
  std::vector<std::vector<double>> nets(3, std::vector<double>(20'000));
  for (std::size_t i = 0; i < 20'000; ++i) {
    nets[1][i] = first[i] - second[i];
    nets[2][i] = second[i] - 1;
  }
  const Knowing all = knowing_best(nets);
  const Knowing both = knowing_about(nets, std::array{first, second});
  EXPECT_NEAR(both.value, all.value, 0.01 * all.value);
  EXPECT_LE(knowing_about(nets, std::array{first}).value, both.value);
}

// A payoff with a corner: doing pays only above a threshold of the input. E max(g, 0) with g = z -
// 1 where z > 0 and -1 elsewhere: closed form phi(1) - (1 - Phi(1)); E g < 0.
TEST(Knowing, FollowsACorner) {
  const auto z = normal_draws(0, 1, 20'000, Seed{6});
  const auto noise = normal_draws(0, 3, 20'000, Seed{7});
  std::vector<double> net;
  for (std::size_t i = 0; i < z.size(); ++i) net.push_back(std::max(z[i], 0.0) - 1 + noise[i]);
  EXPECT_NEAR(knowing_one(net, z), 0.0833154706, 0.012);
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
  expect_near(study.perfect, 15277.4485);
}

TEST(Knowing, MoreYearsOfLogsRC48) {
  const CountStudy study = knowing_by_years(2, 4, 3, -35e3, 0.6 * 100e3);
  expect_near(study.value, 3558.338787);
  expect_near(study.perfect, 6303.177911);
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
  RC_ASSERT(knowing_one(net, net) <= knowing_all(net) * (1 + 1e-9));
}

}  // namespace
}  // namespace daytwo::chance
