#include "chance/annual_loss.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

#include "chance/fit.h"
#include "chance/fourier.h"

// Expected values: cases.md, RC03, RC07, RC08, RC11, RC12. "F" is relative 1e-5. Simulations are
// compared within 4 standard errors at a fixed seed: a fresh seed fails with 6e-5.
namespace daytwo::chance {
namespace {

Distribution ninety(double low, double high) {
  return fit_lognormal({low, high, .9})->distribution;
}

void expect_near(double actual, double expected, double relative = 1e-5) {
  EXPECT_NEAR(actual, expected, std::abs(expected) * relative);
}

TEST(Fourier, TransformsASineToTwoLinesAndBack) {
  const Fourier fourier(8);
  std::vector<Complex> data(8);
  for (std::size_t k = 0; k < 8; ++k) data[k].re = std::sin(2 * M_PI * static_cast<double>(k) / 8);
  const std::vector<Complex> before = data;
  fourier.forward(data);
  EXPECT_NEAR(data[1].im, -4, 1e-12);
  EXPECT_NEAR(data[7].im, 4, 1e-12);
  EXPECT_NEAR(data[2].re, 0, 1e-12);
  fourier.inverse(data);
  for (std::size_t k = 0; k < 8; ++k) EXPECT_NEAR(data[k].re, before[k].re, 1e-12);
}

TEST(AnnualLoss, ThirtyPercentAYearRC03) {
  const Risk risk{"provider", Count::kPoisson, -std::log1p(-0.3), ninety(25e3, 2.5e6)};
  const ExactLoss exact = *exact_annual_loss(std::vector{risk}, 1U << 18U);
  expect_near(exact.mean(), 237543.738, 1e-7);
  expect_near(exact.chance_of_none(), 0.7, 1e-12);
  expect_near(exact.chance_above(1e6), 0.060402714);
  expect_near(exact.chance_above(2.5e6), 0.019401393);
  expect_near(exact.value_at_risk(.90), 570234.8);
  expect_near(exact.value_at_risk(.95), 1194802.7);
  expect_near(exact.value_at_risk(.99), 3813392);
  expect_near(exact.tail_value_at_risk(.95), 3107539.5);
  expect_near(exact.tail_value_at_risk(.99), 7472136.7);
}

TEST(AnnualLoss, AtMostOnceAYearRC03) {
  const Risk risk{"provider", Count::kAtMostOnce, 0.3, ninety(25e3, 2.5e6)};
  const ExactLoss exact = *exact_annual_loss(std::vector{risk}, 1U << 16U);
  expect_near(exact.mean(), 199798.5073, 1e-7);
  expect_near(exact.chance_above(1e6), 0.04830408);
  const SimulatedLoss simulated = *simulate_annual_loss(std::vector{risk}, 100'000, Seed{3});
  EXPECT_LT(disagreement(simulated, exact), 4);
}

TEST(AnnualLoss, PoissonWithExponentialSizesRC08) {
  const Risk risk{"x", Count::kPoisson, 3, gamma(1, 1e-5)};
  const ExactLoss exact = *exact_annual_loss(std::vector{risk}, 1U << 18U);
  expect_near(exact.chance_of_none(), 0.04978706837, 1e-9);
  expect_near(exact.chance_above(5e5), 0.1850612275);
  expect_near(exact.value_at_risk(.99), 1070637.57);
  expect_near(exact.tail_value_at_risk(.99), 1241033.891);
}

TEST(AnnualLoss, PoissonWithLognormalSizesRC07AndRC11) {
  const Risk risk{"x", Count::kPoisson, 0.5, ninety(1e5, 1e6)};
  const ExactLoss exact = *exact_annual_loss(std::vector{risk}, 1U << 18U);
  expect_near(exact.mean(), 202000.6413, 1e-7);
  expect_near(exact.chance_of_none(), 0.6065306597, 1e-9);
  expect_near(exact.chance_above(1e6), 0.042932518);
  expect_near(exact.value_at_risk(.95), 937006.7);
  expect_near(exact.value_at_risk(.99), 1630467);
  expect_near(exact.tail_value_at_risk(.95), 1375674.5);
  expect_near(exact.tail_value_at_risk(.99), 2121060.3);
  const SimulatedLoss simulated = *simulate_annual_loss(std::vector{risk}, 200'000, Seed{7});
  EXPECT_NEAR(simulated.mean, 202000.6413, 4 * simulated.standard_error);
  EXPECT_LT(disagreement(simulated, exact), 4);
}

std::vector<Risk> benchmark_portfolio() {
  std::vector<Risk> out;
  for (int i = 0; i < 20; ++i) {
    const double rate = 0.05 * (1 + i % 5) * (1 + i / 5);
    out.push_back({"risk" + std::to_string(i), Count::kPoisson, rate,
                   ninety(1e4 * std::pow(1 + i, 1.3), 1e6 * std::pow(1 + i, 1.1))});
  }
  return out;
}

TEST(AnnualLoss, BenchmarkPortfolioRC12) {
  const auto risks = benchmark_portfolio();
  const ExactLoss exact = *exact_annual_loss(risks, 1U << 18U);
  expect_near(exact.mean(), 37775842.41, 1e-7);
  expect_near(exact.chance_of_none(), 5.530843701e-4, 1e-9);
  expect_near(exact.chance_above(1e8), 0.040577167);
  expect_near(exact.value_at_risk(.5), 30045313);
  expect_near(exact.value_at_risk(.95), 93421757);
  expect_near(exact.value_at_risk(.99), 151705910);
  expect_near(exact.value_at_risk(.999), 283729860);
  expect_near(exact.tail_value_at_risk(.95), 132511690);
  expect_near(exact.tail_value_at_risk(.99), 208237240);
  const SimulatedLoss simulated = *simulate_annual_loss(risks, 50'000, Seed{11});
  EXPECT_NEAR(simulated.mean, 37775842.41, 4 * simulated.standard_error);
  EXPECT_LT(disagreement(simulated, exact), 4);
}

TEST(AnnualLoss, ARareRiskHasQuietYearsAndBadOnes) {
  const Risk risk{"rare", Count::kPoisson, 0.01, ninety(1e5, 1e6)};
  const ExactLoss exact = *exact_annual_loss(std::vector{risk}, 1U << 14U);
  EXPECT_EQ(exact.value_at_risk(.95), 0);
  EXPECT_GT(exact.value_at_risk(.999), 1e5);
  EXPECT_NEAR(exact.chance_above(0), 1 - std::exp(-0.01), 1e-12);
}

TEST(AnnualLoss, AddingARiskChangesNoOthersDraws) {
  const Risk one{"one", Count::kPoisson, 2, ninety(10, 20)};
  const Risk two{"two", Count::kPoisson, 1, point(1000)};
  const auto alone = *simulate_annual_loss(std::vector{one}, 5000, Seed{1});
  const auto both = *simulate_annual_loss(std::vector{two, one}, 5000, Seed{1});
  // What the second adds is a multiple of 1000; the first's total is what is left.
  double left = 0;
  for (const double year : both.years) left += std::fmod(year, 1000.0);
  EXPECT_NEAR(left / 5000, alone.mean, 1e-6);
}

TEST(AnnualLoss, RefusesWhatHasNoAnswer) {
  EXPECT_FALSE(exact_annual_loss({}, 256));
  EXPECT_FALSE(exact_annual_loss(std::vector{Risk{"a", Count::kPoisson, -1, point(1)}}, 256));
  EXPECT_FALSE(exact_annual_loss(std::vector{Risk{"a", Count::kAtMostOnce, 2, point(1)}}, 256));
  EXPECT_FALSE(exact_annual_loss(std::vector{Risk{"a", Count::kPoisson, 1, point(0)}}, 256));
  const auto many =
      simulate_annual_loss(std::vector{Risk{"a", Count::kPoisson, 1e9, point(1)}}, 1000, Seed{});
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().code, Code::kLimit);
}

RC_GTEST_PROP(AnnualLoss, SimulationAgreesWithTheExactEngine, ()) {
  // 100 portfolios with at most 4 figures each, 3e-6 a figure: a false alarm in 800 runs.
  std::vector<Risk> risks;
  const int count = *rc::gen::inRange(1, 4);
  for (int i = 0; i < count; ++i) {
    const double low = *rc::gen::inRange(1, 1000);
    const double ratio = *rc::gen::inRange(2, 100);
    const bool once = *rc::gen::arbitrary<bool>();
    risks.push_back({"r" + std::to_string(i), once ? Count::kAtMostOnce : Count::kPoisson,
                     *rc::gen::inRange(1, 100) / 100.0, ninety(low, low * ratio)});
  }
  const auto exact = exact_annual_loss(risks, 1U << 13U);
  const auto simulated = simulate_annual_loss(risks, 4000, Seed{*rc::gen::arbitrary<uint64_t>()});
  RC_ASSERT(disagreement(*simulated, *exact) < 5);
}

}  // namespace
}  // namespace daytwo::chance
