#include "chance/fit.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "chance/distribution.h"

// Expected values: cases.md, RC01 to RC06 and RC26, relative 1e-7 unless the case says otherwise.
namespace daytwo::chance {
namespace {

void expect_near(double actual, double expected, double relative = 1e-7) {
  EXPECT_NEAR(actual, expected, std::abs(expected) * relative);
}

TEST(Fit, LognormalFromANinetyPercentIntervalRC01) {
  const Distribution x = fit_lognormal({1e5, 1e6, 0.9})->distribution;
  expect_near(x.a, 12.66421801);
  expect_near(x.b, 0.6999361692);
  expect_near(x.quantile(.5), 316227.766);
  expect_near(x.mean(), 404001.2827);
  expect_near(x.deviation(), 321217.953);
  expect_near(x.quantile(.99), 1611237.428);
  expect_near(1 - x.cdf(2e6), 0.004204953564);
  expect_near(0.1 * x.mean(), 40400.128269457266);
}

TEST(Fit, LognormalFromAnEightyPercentIntervalRC02) {
  const Distribution x = fit_lognormal({5e4, 5e5, 0.8})->distribution;
  expect_near(x.a, 11.97107083);
  expect_near(x.b, 0.8983583474);
  expect_near(x.mean(), 236710.8637);
  expect_near(x.quantile(.95), 692967.8031);
}

TEST(Fit, ModifiedPertRC04) {
  const Distribution x = pert(10e3, 40e3, 250e3);
  // A beta(1.5, 4.5) over the range.
  expect_near((x.mean() - 10e3) / 240e3, 1.5 / (1.5 + 4.5));
  expect_near(std::pow(x.deviation() / 240e3, 2), 1.5 * 4.5 / (6. * 6 * 7));
  expect_near(x.mean(), 70000);
  expect_near(x.deviation(), 39279.22024);
  expect_near(x.quantile(.05), 18747.34433);
  expect_near(x.quantile(.90), 126136.7677);
  expect_near(x.quantile(.95), 145082.7065);
}

TEST(Fit, BetaFromTwoQuantilesRC05) {
  const Fit fit = *fit_beta({0.02, 0.20, 0.9});
  expect_near(fit.distribution.a, 2.269999798, 1e-6);
  expect_near(fit.distribution.b, 22.57874677, 1e-6);
  expect_near(fit.distribution.mean(), 0.09135268822, 1e-6);
  EXPECT_NEAR(fit.residual(), 0, 1e-9);
}

TEST(Fit, GammaRateFromTwoQuantilesRC06) {
  const Distribution x = fit_gamma({0.5, 4, 0.9})->distribution;
  expect_near(x.a, 2.904320646, 1e-6);
  expect_near(x.b, 1.538053235, 1e-6);
  expect_near(x.mean(), 1.888309573, 1e-6);
  // A year's count is negative binomial: P(N = 0) = (b / (b + 1))^a.
  expect_near(std::pow(x.b / (x.b + 1), x.a), 0.2334667242, 1e-6);
}

TEST(Fit, LimitedMeanAndLayerOfALognormalRC26) {
  const Distribution x = fit_lognormal({1e5, 1e6, 0.9})->distribution;
  expect_near(capped(x, 250e3).mean(), 218538.1804);
  expect_near(capped(x, 1e6).mean(), 384371.456);
  expect_near(capped(x, 1e6).mean() - capped(x, 250e3).mean(), 165833.2755);
}

TEST(Fit, PertThroughAnIntervalKeepsItsModeAndItsCoverage) {
  const Fit fit = *fit_pert({10, 60, 0.9}, 20);
  EXPECT_EQ(fit.distribution.b, 20);
  EXPECT_NEAR(fit.distribution.quantile(.05), 10, 1e-8);
  EXPECT_NEAR(fit.distribution.quantile(.95), 60, 1e-8);
}

TEST(Fit, RefusesWhatNoDistributionHolds) {
  EXPECT_FALSE(fit_lognormal({2, 1, 0.9}));
  EXPECT_FALSE(fit_lognormal({0, 1, 0.9}));
  EXPECT_FALSE(fit_lognormal({1, 2, 1}));
  EXPECT_FALSE(fit_normal({1, 1, 0.9}));
  EXPECT_FALSE(fit_beta({0.2, 1, 0.9}));
  EXPECT_FALSE(fit_gamma({-1, 1, 0.9}));
  EXPECT_FALSE(fit_pert({1, 2, 0.9}, 3));
  EXPECT_FALSE(fit_lognormal({1, NAN, 0.9}));
}

// One published gamma fit swaps probabilities and values: its "90 % intervals" held 14 to 99 %.
TEST(Fit, CoversWhatItClaimsOverAGridOfIntervals) {
  for (const double low : {1e-4, 0.3, 10.0, 4e4}) {
    for (const double ratio : {1.2, 3.0, 30.0, 1000.0}) {
      for (const double confidence : {0.5, 0.8, 0.9, 0.98}) {
        const Interval interval{low, low * ratio, confidence};
        for (const auto& fit : {fit_lognormal(interval), fit_gamma(interval)}) {
          ASSERT_TRUE(fit.has_value()) << low << ' ' << ratio << ' ' << confidence;
          EXPECT_NEAR(fit->achieved, confidence, 1e-6);
        }
      }
    }
  }
  for (const double low : {0.001, 0.02, 0.3, 0.9}) {
    for (const double high : {0.01, 0.35, 0.95, 0.999}) {
      if (low >= high) continue;
      const auto fit = fit_beta({low, high, 0.9});
      ASSERT_TRUE(fit.has_value()) << low << ' ' << high;
      EXPECT_NEAR(fit->achieved, 0.9, 1e-6);
    }
  }
}

Distribution any_distribution() {
  const double low = *rc::gen::inRange(1, 1000) / 100.0;
  const double ratio = 1 + *rc::gen::inRange(1, 5000) / 100.0;
  const double share = *rc::gen::inRange(1, 90) / 100.0;
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return point(low);
    case 1:
      return normal(low - 5, ratio);
    case 2:
      return fit_lognormal({low, low * ratio, 0.9})->distribution;
    case 3:
      return fit_gamma({low, low * ratio, 0.9})->distribution;
    case 4:
      return beta(low, ratio);
    default:
      return capped(pert(low, low + share * ratio, low + ratio), low + 0.9 * ratio);
  }
}

RC_GTEST_PROP(Distribution, QuantilesRiseAndInvertTheCdf, ()) {
  const Distribution x = any_distribution();
  double before = -INFINITY;
  for (const double p : {.001, .05, .25, .5, .75, .95, .999}) {
    const double q = x.quantile(p);
    RC_ASSERT(q >= before);
    RC_ASSERT(x.cdf(q) >= p - 1e-9);
    before = q;
  }
  RC_ASSERT(x.cdf(-1e12) == 0);
  RC_ASSERT(x.cdf(1e12) == 1);
}

RC_GTEST_PROP(Distribution, ReadsBackWhatItPrintsToTheSameBits, ()) {
  const Distribution x = any_distribution();
  const auto back = parse_distribution(x.to_string());
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == x);
}

RC_GTEST_PROP(Distribution, ScalingMovesMeanAndQuantilesByTheFactor, ()) {
  const Distribution x = any_distribution();
  if (x.family == Family::kBeta) return;
  const double factor = *rc::gen::inRange(1, 1000) / 50.0;
  const Distribution y = scaled(x, factor);
  RC_ASSERT(std::abs(y.mean() - factor * x.mean()) <= 1e-9 * std::abs(factor * x.mean()) + 1e-12);
  RC_ASSERT(std::abs(y.quantile(.9) - factor * x.quantile(.9)) <=
            1e-9 * std::abs(factor * x.quantile(.9)) + 1e-12);
}

TEST(Distribution, RefusesTextsThatAreNone) {
  for (const char* text :
       {"", "lognormal", "lognormal(1)", "lognormal(1, -1)", "beta(0, 1)", "gamma(1, nan)",
        "min(point(1))", "cauchy(0, 1)", "point(1, 2)", "pert(1, 5, 3, 4)"}) {
    EXPECT_FALSE(parse_distribution(text)) << text;
  }
}

}  // namespace
}  // namespace daytwo::chance
