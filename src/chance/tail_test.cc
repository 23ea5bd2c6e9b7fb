#include "chance/tail.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "chance/fit.h"
#include "chance/sampler.h"
#include "chance/seed.h"

// Expected values: cases.md, RC13, RC25, RC26, RC45, relative 1e-7.
namespace daytwo::chance {
namespace {

void expect_near(double actual, double expected, double relative = 1e-7) {
  EXPECT_NEAR(actual, expected, std::abs(expected) * relative);
}

TEST(Tail, FormulasOfAParetoTailRC13) {
  const TailFit fit{10, 6.98, .497, 0, 0, 0, 0, 0, 2167, 109};
  expect_near(fit.value_at_risk(.99), 27.30144535);
  expect_near(fit.value_at_risk(.995), 40.19317906);
  expect_near(fit.value_at_risk(.999), 94.39721215);
  expect_near(*fit.shortfall(.99), 58.2732512);
  expect_near(*fit.shortfall(.995), 83.90294048);
  expect_near(*fit.shortfall(.999), 191.6644377);
  expect_near(fit.chance_above(fit.value_at_risk(.99)), .01, 1e-9);
  TailFit heavy = fit;
  heavy.shape = 1.1;
  EXPECT_NE(heavy.shortfall(.99).error().text.find("never above"), std::string::npos);
}

// The fit finds what 20,000 draws were made from, within 4 of its own standard errors (6e-5 each),
// which agree with the large-sample ones: (1 + shape) sqrt(n)^-1 and scale sqrt(2 (1 + shape) / n).
TEST(Tail, FitFindsTheTailThatDrewTheLosses) {
  const double n = 20'000;
  const std::vector<double> losses = draws(pareto(10, 6.98, .497), 20'000, Seed{2});
  const TailFit fit = *fit_tail(losses, 10);
  EXPECT_EQ(fit.above, 20'000U);
  EXPECT_NEAR(fit.shape, .497, 4 * fit.shape_error);
  EXPECT_NEAR(fit.scale, 6.98, 4 * fit.scale_error);
  expect_near(fit.shape_error, 1.497 / std::sqrt(n), .05);
  expect_near(fit.scale_error, 6.98 * std::sqrt(2 * 1.497 / n), .05);
  EXPECT_LT(fit.shape_low, .497);
  EXPECT_GT(fit.shape_high, .497);
  // Profile and quadratic intervals agree for a sample this large.
  EXPECT_NEAR(fit.shape_high - fit.shape, 1.96 * fit.shape_error, .1 * fit.shape_error);
  // At the maximum no small step is better.
  for (const double step : {-.01, .01}) {
    TailFit other = fit;
    other.shape += step;
    double cost = 0;
    for (const double loss : losses) {
      const double t = 1 + other.shape * (loss - 10) / other.scale;
      cost += std::log(other.scale) + (1 + 1 / other.shape) * std::log(t);
    }
    EXPECT_GT(cost, fit.minus_log_likelihood);
  }
  EXPECT_NEAR(hill(losses, 500), .497, .1);
  const auto excess = mean_excess(losses);
  // Mean excess of this tail at u: (scale + shape (u - 10)) / (1 - shape).
  const auto& middle = excess[excess.size() / 2];
  expect_near(middle.excess, (6.98 + .497 * (middle.threshold - 10)) / .503, .15);
}

TEST(Tail, SpliceKeepsTheBodyBelowAndTheTailAbove) {
  const TailFit tail{10, 6.98, .497, 0, 0, 0, 0, 0, 2167, 109};
  const Distribution loss = *spliced(lognormal(.7, .6), tail);
  expect_near(loss.chance_above(10), 109.0 / 2167, 1e-12);
  expect_near(loss.quantile(.99), tail.value_at_risk(.99), 1e-9);
  const Distribution body = *truncated(lognormal(.7, .6), -INFINITY, 10);
  expect_near(loss.cdf(2), body.cdf(2) * (1 - 109.0 / 2167), 1e-12);
  expect_near(tail_of(loss, .99).tail, *tail.shortfall(.99), 1e-6);
  EXPECT_FALSE(spliced(uniform(20, 30), tail));
}

TEST(Tail, TooFewLossesFitNoTail) {
  const std::vector<double> few = draws(pareto(10, 7, .5), 24, Seed{1});
  const auto refused = fit_tail(few, 10);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().text.find("stated lognormal"), std::string::npos);
  EXPECT_FALSE(fit_tail(std::vector<double>(30, NAN), 10));
}

TEST(Tail, AtomsRC25) {
  const std::array<Atom, 5> atoms = {{{0, .7}, {100, .15}, {500, .1}, {2000, .04}, {10000, .01}}};
  EXPECT_EQ(tail_of(atoms, .95).at_risk, 500);
  expect_near(tail_of(atoms, .95).tail, 3600);
  EXPECT_EQ(tail_of(atoms, .97).at_risk, 2000);
  expect_near(tail_of(atoms, .97).tail, 4666.666667, 1e-9);
  EXPECT_EQ(tail_of(atoms, .99).at_risk, 2000);
  expect_near(tail_of(atoms, .99).tail, 10000);
}

TEST(Tail, LayersOfALossRC26) {
  const Distribution loss = fit_lognormal({1e5, 1e6, .9})->distribution;
  expect_near(tail_of(loss, .95).tail, 1392596.534);
  expect_near(layer_mean(loss, 0, 250e3), 218538.1804);
  expect_near(layer_mean(loss, 250e3, 750e3), 165833.2755);
  expect_near(layer_mean(loss, 0, 1e6), 384371.456);
  // Layers add up to the whole.
  expect_near(layer_mean(loss, 0, 250e3) + layer_mean(loss, 250e3, INFINITY), loss.mean());
}

TEST(Tail, CertaintyEquivalentRC45) {
  expect_near(*certainty_equivalent({"x", Count::kPoisson, 3, gamma(1, 1e-5)}, 2e-6), 375000);
  const double above_the_mean =
      *certainty_equivalent({"x", Count::kPoisson, 3, gamma(1, 1e-5)}, 2e-6) - 3e5;
  expect_near(above_the_mean, 75000);
  EXPECT_FALSE(certainty_equivalent({"x", Count::kPoisson, 3, gamma(1, 1e-6)}, 2e-6));
  EXPECT_FALSE(certainty_equivalent({"x", Count::kPoisson, 3, lognormal(1, 1)}, 1e-9));
  EXPECT_TRUE(certainty_equivalent({"x", Count::kPoisson, 3, capped(lognormal(1, 1), 9)}, .1));
  // From draws: two equal chances of 0 and 1 at aversion 1 are worth ln((1 + e)/2).
  expect_near(certainty_equivalent(std::array{0., 1.}, 1), std::log((1 + std::exp(1)) / 2), 1e-12);
  // A risk of at most one point loss is the same by both ways.
  expect_near(*certainty_equivalent({"x", Count::kAtMostOnce, .5, point(1)}, 1),
              std::log((1 + std::exp(1)) / 2), 1e-12);
}

}  // namespace
}  // namespace daytwo::chance
