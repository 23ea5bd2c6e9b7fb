#include "chance/exact_loss.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "chance/fit.h"
#include "chance/fourier.h"
#include "chance/risk.h"
#include "chance/seed.h"

// Expected values: cases.md, RC03, RC06 to RC12, RC37. "F" is relative 1e-5, "E" 1e-7.
namespace daytwo::chance {
namespace {

Distribution ninety(double low, double high) {
  return fit_lognormal({low, high, .9})->distribution;
}

void expect_near(double actual, double expected, double relative = 1e-5) {
  EXPECT_NEAR(actual, expected, std::abs(expected) * relative);
}

ExactLoss exact_of(const Risk& risk, std::size_t cells = 1U << 18U) {
  return *exact_annual_loss(std::vector{risk}, cells);
}

// Against the definition, over every length that ends with a radix-2 pass and every one that does
// not.
TEST(Fourier, IsTheSumThatDefinesIt) {
  for (const std::size_t n : {128U, 256U, 512U, 1024U}) {
    const Fourier fourier(n);
    Stream stream(Seed{n}, 0);
    std::vector<double> data(n);
    for (double& x : data) x = stream.uniform() - .5;
    const Spectrum spectrum = fourier.forward(data);
    ASSERT_EQ(spectrum.re.size(), n / 2 + 1);
    for (std::size_t k = 0; k <= n / 2; k += 7) {
      double re = 0;
      double im = 0;
      for (std::size_t j = 0; j < n; ++j) {
        const double angle = -2 * M_PI * static_cast<double>(j * k % n) / static_cast<double>(n);
        re += data[j] * std::cos(angle);
        im += data[j] * std::sin(angle);
      }
      EXPECT_NEAR(spectrum.re[k], re, 1e-11) << n << " " << k;
      EXPECT_NEAR(spectrum.im[k], im, 1e-11) << n << " " << k;
    }
    std::vector<double> again(n);
    fourier.inverse(spectrum, again);
    for (std::size_t j = 0; j < n; ++j) EXPECT_NEAR(again[j], data[j], 1e-14);
  }
}

TEST(ExactLoss, ThirtyPercentAYearRC03) {
  const ExactLoss exact =
      exact_of({"provider", Count::kPoisson, -std::log1p(-0.3), ninety(25e3, 2.5e6)});
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

TEST(ExactLoss, AtMostOnceAYearRC03) {
  const ExactLoss exact =
      exact_of({"provider", Count::kAtMostOnce, 0.3, ninety(25e3, 2.5e6)}, 1U << 16U);
  expect_near(exact.mean(), 199798.5073, 1e-7);
  expect_near(exact.chance_of_none(), 0.7, 1e-12);
  expect_near(exact.chance_above(1e6), 0.04830408);
}

TEST(ExactLoss, MomentsOfACompoundPoissonRC07) {
  const Risk risk{"x", Count::kPoisson, 0.5, ninety(1e5, 1e6)};
  expect_near(risk.annual_mean(), 202000.6413, 1e-7);
  expect_near(std::sqrt(risk.annual_variance()), 364964.3885, 1e-7);
  // skew = lam m3 / (lam m2)^1.5 with m_k = exp(k mu + k^2 s^2 / 2).
  const auto m = [&](double k) {
    return std::exp(k * risk.size.a + k * k * risk.size.b * risk.size.b / 2);
  };
  expect_near(.5 * m(3) / std::pow(.5 * m(2), 1.5), 2.948921622, 1e-7);
}

TEST(ExactLoss, PoissonWithExponentialSizesRC08) {
  const ExactLoss exact = exact_of({"x", Count::kPoisson, 3, gamma(1, 1e-5)});
  expect_near(exact.chance_of_none(), 0.04978706837, 1e-9);
  expect_near(exact.chance_above(5e5), 0.1850612275);
  expect_near(exact.value_at_risk(.99), 1070637.57);
  expect_near(exact.tail_value_at_risk(.99), 1241033.891);
}

TEST(ExactLoss, NegativeBinomialWithExponentialSizesRC09) {
  const Risk risk{"x", Count::kNegativeBinomial, 3, gamma(1, 1e-5), 2};
  const ExactLoss exact = exact_of(risk);
  expect_near(exact.chance_of_none(), 0.1924500897, 1e-9);
  expect_near(exact.chance_above(1e6), 0.04929846536);
  expect_near(exact.value_at_risk(.99), 1523072.566);
  expect_near(exact.tail_value_at_risk(.99), 1843781.501);
  expect_near(exact.mean(), 3e5, 1e-12);
  expect_near(std::sqrt(risk.annual_variance()), 346410.1615, 1e-7);
}

TEST(ExactLoss, PanjersRecursionRC10) {
  const auto f = *panjer(Count::kPoisson, 2.5, 0, std::array{0., .5, .3, .2}, 15);
  expect_near(f[0], 0.08208499862, 1e-9);
  expect_near(f[1], 0.1026062483, 1e-9);
  expect_near(f[5], 0.1138321467, 1e-9);
  expect_near(f[10], 0.02199225968, 1e-9);
  double sum = 0;
  for (int k = 0; k <= 10; ++k) sum += f.at(static_cast<std::size_t>(k));
  expect_near(sum, 0.9666142151, 1e-9);
  for (int k = 11; k <= 15; ++k) sum += f.at(static_cast<std::size_t>(k));
  expect_near(1 - sum, 0.001766723106, 1e-7);
}

// Two ways to the same lattice: the recursion and the transform.
TEST(ExactLoss, RecursionAndTransformAgreeForClusteredCounts) {
  const std::array size = {0., .5, .3, .2};
  const auto f = *panjer(Count::kNegativeBinomial, 2.5, 1.5, size, 30);
  const Distribution sizes =
      *mixture(std::array{point(1), point(2), point(3)}, std::array{.5, .3, .2});
  const ExactLoss exact = exact_of({"x", Count::kNegativeBinomial, 2.5, sizes, 1.5});
  expect_near(exact.chance_of_none(), f[0], 1e-12);
  double sum = 0;
  for (std::size_t k = 0; k <= 30; ++k) {
    sum += f[k];
    EXPECT_NEAR(exact.chance_above(static_cast<double>(k) + .5), 1 - sum, 1e-9) << k;
  }
}

TEST(ExactLoss, PoissonWithLognormalSizesRC11) {
  const ExactLoss exact = exact_of({"x", Count::kPoisson, 0.5, ninety(1e5, 1e6)});
  expect_near(exact.chance_of_none(), 0.6065306597, 1e-9);
  expect_near(exact.chance_above(1e6), 0.042932518);
  expect_near(exact.value_at_risk(.95), 937006.7);
  expect_near(exact.value_at_risk(.99), 1630467);
  expect_near(exact.tail_value_at_risk(.95), 1375674.5);
  expect_near(exact.tail_value_at_risk(.99), 2121060.3);
}

TEST(ExactLoss, BenchmarkPortfolioRC12) {
  std::vector<Risk> risks;
  for (int i = 0; i < 20; ++i) {
    const int row = i / 5;
    const double rate = 0.05 * (1 + i % 5) * (1 + row);
    risks.push_back({"risk" + std::to_string(i), Count::kPoisson, rate,
                     ninety(1e4 * std::pow(1 + i, 1.3), 1e6 * std::pow(1 + i, 1.1))});
  }
  const ExactLoss exact = *exact_annual_loss(risks, kExactCells);
  double variance = 0;
  for (const Risk& risk : risks) variance += risk.annual_variance();
  expect_near(exact.mean(), 37775842.41, 1e-7);
  expect_near(std::sqrt(variance), 31757355.51, 1e-7);
  expect_near(exact.chance_of_none(), 5.530843701e-4, 1e-9);
  expect_near(exact.chance_above(1e8), 0.040577167);
  expect_near(exact.value_at_risk(.5), 30045313);
  expect_near(exact.value_at_risk(.95), 93421757);
  expect_near(exact.value_at_risk(.99), 151705910);
  expect_near(exact.value_at_risk(.999), 283729860);
  expect_near(exact.tail_value_at_risk(.95), 132511690);
  expect_near(exact.tail_value_at_risk(.99), 208237240);
  expect_near(exact.tail_value_at_risk(.999), 383851020);
}

TEST(ExactLoss, UncertainRateIsNegativeBinomialRC06) {
  const Distribution rate = fit_gamma({0.5, 4, .9})->distribution;
  const Risk risk = uncertain_rate("x", rate, point(1));
  expect_near(risk.annual_mean(), 1.888309573, 1e-6);
  expect_near(risk.loss_free(), 0.2334667242, 1e-6);
}

// The three Poisson sources of RC37: each alone, and both at once.
TEST(ExactLoss, CommonShockRC37) {
  const Distribution large = gamma(1, 1e-5);
  const Distribution small = gamma(1, 2e-5);
  const std::vector<Risk> risks = {{"a", Count::kPoisson, .4, large},
                                   {"b", Count::kPoisson, .9, small},
                                   {"shock", Count::kPoisson, .1, {}, 0, {{1, large}, {1, small}}}};
  double mean = 0;
  double variance = 0;
  for (const Risk& risk : risks) {
    mean += risk.annual_mean();
    variance += risk.annual_variance();
  }
  expect_near(mean, 1e5, 1e-9);
  expect_near(std::sqrt(variance), 126491.1064, 1e-7);
  const ExactLoss exact = *exact_annual_loss(risks, 1U << 18U);
  expect_near(exact.mean(), 1e5, 1e-9);
  // The spread of the whole distribution: E S^2 = 2 * integral of x P(S > x).
  double second = 0;
  const double step = 50;
  for (double x = step / 2; x < 3e6; x += step) second += 2 * x * exact.chance_above(x) * step;
  expect_near(std::sqrt(second - 1e10), 126491.1064, 1e-4);
}

// A month's outages: far out, where a credit is owed in full, and near. RC29.
TEST(ExactLoss, DowntimeOfAMonthRC29) {
  const Risk outages = {"outage", Count::kPoisson, 1.2, gamma(1, 1 / 25.)};
  const ExactLoss down = *exact_annual_loss(std::vector{outages}, 1U << 18U, 432 * 2);
  expect_near(down.chance_above(4.32), 0.6384942532);
  expect_near(down.chance_above(432), 3.6133646e-6);
}

// A hit that comes with a chance is a mixture with nothing: the same distribution by two ways.
TEST(ExactLoss, AHitWithAChanceIsAMixtureWithNothing) {
  const Distribution size = ninety(10, 100);
  const ExactLoss hit = exact_of({"x", Count::kPoisson, 2, {}, 0, {{.3, size}}}, 1U << 16U);
  const ExactLoss thinned = exact_of({"x", Count::kPoisson, .6, size}, 1U << 16U);
  expect_near(hit.chance_of_none(), thinned.chance_of_none(), 1e-12);
  for (const double p : {.7, .9, .99, .999}) {
    expect_near(hit.value_at_risk(p), thinned.value_at_risk(p), 1e-4);
  }
}

TEST(ExactLoss, ACapIsAnAtomInTheRightPlace) {
  const Distribution size = capped(ninety(10, 100), 80);
  const ExactLoss exact = exact_of({"x", Count::kAtMostOnce, 1, size}, 1U << 18U);
  expect_near(exact.chance_above(40), size.chance_above(40), 1e-5);
  expect_near(exact.chance_above(79.9), size.chance_above(79.9), 1e-4);
  EXPECT_NEAR(exact.chance_above(80.1), 0, 1e-9);
  EXPECT_NEAR(exact.value_at_risk(.99), 80, .01);
}

TEST(ExactLoss, ManySmallEventsStayOnTheGrid) {
  const ExactLoss exact = exact_of({"x", Count::kPoisson, 5e4, ninety(1, 2)});
  EXPECT_NEAR(exact.chance_above(exact.mean()), .5, .01);
  EXPECT_GT(exact.value_at_risk(.999), exact.mean());
}

TEST(ExactLoss, ARareRiskHasQuietYearsAndBadOnes) {
  const ExactLoss exact = exact_of({"rare", Count::kPoisson, 0.01, ninety(1e5, 1e6)}, 1U << 14U);
  EXPECT_EQ(exact.value_at_risk(.95), 0);
  EXPECT_GT(exact.value_at_risk(.999), 1e5);
  EXPECT_NEAR(exact.chance_above(0), 1 - std::exp(-0.01), 1e-12);
}

TEST(ExactLoss, RefusesWhatHasNoAnswer) {
  const auto refused = [](const Risk& risk) { return !exact_annual_loss(std::vector{risk}, 256); };
  EXPECT_FALSE(exact_annual_loss({}, 256));
  EXPECT_TRUE(refused({"a", Count::kPoisson, -1, point(1)}));
  EXPECT_TRUE(refused({"a", Count::kPoisson, NAN, point(1)}));
  EXPECT_TRUE(refused({"a", Count::kPoisson, 2e5, point(1)}));
  EXPECT_TRUE(refused({"a", Count::kAtMostOnce, 2, point(1)}));
  EXPECT_TRUE(refused({"a", Count::kPoisson, 1, point(0)}));
  EXPECT_TRUE(refused({"a", Count::kPoisson, 1, normal(1, 1)}));
  EXPECT_TRUE(refused({"a", Count::kPoisson, 1, pareto(0, 1, 1.1)}));
  EXPECT_TRUE(refused({"a", Count::kNegativeBinomial, 1, point(1), 0}));
  EXPECT_TRUE(refused({"a", Count::kPoisson, 1, point(1), 0, {{1.5, point(1)}}}));
  const Risk same{"a", Count::kPoisson, 1, point(1)};
  EXPECT_FALSE(exact_annual_loss(std::vector{same, same}, 256));
  EXPECT_FALSE(panjer(Count::kPoisson, 1, 0, std::array{.5, .4}, 5));
  EXPECT_FALSE(panjer(Count::kPoisson, 1e3, 0, std::array{0., 1.}, 5));
}

}  // namespace
}  // namespace daytwo::chance
