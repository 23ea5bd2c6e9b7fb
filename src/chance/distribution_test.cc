#include "chance/distribution.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "chance/family.h"
#include "chance/fit.h"
#include "chance/sampler.h"
#include "chance/score.h"
#include "chance/seed.h"

// Expected values: cases.md (RC25, RC26, RC47) or closed forms written beside them.
namespace daytwo::chance {
namespace {

// One of each family, and some truncated, clipped and mixed ones.
std::vector<Distribution> zoo() {
  std::vector<Distribution> out = {point(3),
                                   normal(2, 3),
                                   lognormal(1, .8),
                                   gamma(2.5, .5),
                                   beta(2, 5),
                                   pert(1, 2, 8),
                                   uniform(-1, 4),
                                   triangular(0, 1, 5),
                                   student(1, 2, 5),
                                   log_student(1, .5, 8),
                                   pareto(10, 7, .3),
                                   pareto(0, 1, -.4),
                                   weibull(.605, 20),
                                   poisson(3.5),
                                   negative_binomial(1.5, 2),
                                   binomial(20, .3),
                                   *fit_metalog({20, 50, 140, .1}, -INFINITY, INFINITY),
                                   *fit_metalog({30, 50, 90}, 0, INFINITY),
                                   *fit_metalog({20, 50, 140}, 0, 400),
                                   *empirical(std::array{4., 1., 9., 2.}),
                                   capped(lognormal(1, .8), 6),
                                   floored(normal(0, 1), -.5),
                                   *truncated(normal(0, 1), -1, INFINITY),
                                   *truncated(gamma(2, 1), 1, 4),
                                   capped(*truncated(lognormal(0, 1), 1, INFINITY), 5),
                                   capped(poisson(3), 4.5)};
  out.push_back(
      *mixture(std::array{lognormal(0, 1), point(5), uniform(8, 9)}, std::array{.5, .2, .3}));
  out.push_back(capped(out.back(), 8.5));
  return out;
}

TEST(Distribution, PrintsAndReadsBackToTheSameBits) {
  for (const Distribution& x : zoo()) {
    const auto again = parse_distribution(x.to_string());
    ASSERT_TRUE(again) << x.to_string();
    EXPECT_EQ(*again, x) << x.to_string();
  }
}

TEST(Distribution, RefusesTextsThatAreNotOne) {
  for (const char* text :
       {"", "normal", "normal(", "normal(1)", "normal(1, -2)", "gamma(0, 1)", "uniform(2, 1)",
        "min(normal(0, 1))", "mixture(1)", "mixture(-1, point(1))", "empirical()", "point(nan)",
        "point(1) x", "truncate(point(1), 2, 3)", "metalog(0, 1, 2)", "binomial(2.5, .5)"}) {
    EXPECT_FALSE(parse_distribution(text)) << text;
  }
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "min(";
  EXPECT_FALSE(parse_distribution(deep));
}

// The definition of the quantile, for each family: F(x) >= p, and F is below p left of x.
TEST(Distribution, QuantileIsTheSmallestXWhoseCdfReachesP) {
  for (const Distribution& x : zoo()) {
    double before = -INFINITY;
    for (const double p : {1e-6, .01, .05, .2, .5, .7, .95, .999, 1 - 1e-6}) {
      const double at = x.quantile(p);
      EXPECT_GE(at, before) << x.to_string();
      before = at;
      EXPECT_GE(x.cdf(at), p - 1e-9) << x.to_string() << " at " << p;
      const double left = at - std::max(std::abs(at), 1.0) * 1e-6;
      EXPECT_LE(x.cdf(left), p + 1e-9) << x.to_string() << " at " << p;
      EXPECT_NEAR(x.chance_above(at), 1 - x.cdf(at), 1e-12) << x.to_string();
    }
  }
}

// Mean and deviation against an average over 20,000 slices of the quantile function, which is
// exact to about 1e-4 of the deviation for these.
TEST(Distribution, MomentsAgreeWithTheQuantileFunction) {
  for (const Distribution& x : zoo()) {
    if (x.family == Family::kLogStudent) {
      EXPECT_TRUE(std::isinf(x.mean()));
      continue;
    }
    constexpr int kSlices = 20'000;
    const Sampler sampler(x);
    const double middle = x.quantile(.5);
    double first = 0;
    double second = 0;
    for (int i = 0; i < kSlices; ++i) {
      const double p = (i + .5) / kSlices;
      const double at =
          (sampler.inverse() == Inverse::kMixture ? x.quantile(p) : sampler.at(p)) - middle;
      first += at / kSlices;
      second += at * at / kSlices;
    }
    const double deviation = std::sqrt(std::max(0.0, second - first * first));
    EXPECT_NEAR(x.mean() - middle, first, 1e-3 * deviation + 1e-9) << x.to_string();
    EXPECT_NEAR(x.deviation(), deviation, 3e-2 * deviation + 1e-7) << x.to_string();
  }
}

TEST(Distribution, MetalogThroughThreeQuantilesRC47) {
  const Distribution open = *fit_metalog({20, 50, 140, .1}, -INFINITY, INFINITY);
  EXPECT_NEAR(open.a, 50, 1e-12);
  EXPECT_NEAR(open.b, 27.3071768, 1e-7);
  EXPECT_NEAR(open.c, 34.133971, 1e-6);
  EXPECT_NEAR(open.quantile(.05), 14.82311185, 1e-7);
  EXPECT_NEAR(open.quantile(.95), 175.6317434, 1e-6);
  EXPECT_NEAR(open.quantile(.99), 252.3360971, 1e-6);
  const Distribution above = *fit_metalog({20, 50, 140, .1}, 0, INFINITY);
  EXPECT_NEAR(above.quantile(.05), 14.78509093, 1e-7);
  EXPECT_NEAR(above.quantile(.95), 200.5931789, 1e-6);
  EXPECT_NEAR(above.quantile(.99), 442.2872152, 1e-6);
}

TEST(Distribution, SaysWhereTheMiddleOfAMetalogMayLie) {
  const auto refused = fit_metalog({20, 21, 140, .1}, -INFINITY, INFINITY);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().text.find("between"), std::string::npos);
  // Just inside what it says, it holds: share (1 - 1.66711 * 0.8 / 2) / 2 of the way.
  const double edge = 20 + 120 * (1 - 1.66711 * .8 / 2) / 2;
  EXPECT_TRUE(fit_metalog({20, edge + .01, 140, .1}, -INFINITY, INFINITY));
  EXPECT_FALSE(fit_metalog({20, edge - .01, 140, .1}, -INFINITY, INFINITY));
}

TEST(Distribution, SaysWhichMeanIsInfiniteAndWhatWouldFixIt) {
  const auto heavy = finite_mean(pareto(10, 7, 1.2));
  ASSERT_FALSE(heavy);
  EXPECT_NE(heavy.error().text.find("never above"), std::string::npos);
  EXPECT_FALSE(finite_mean(log_student(12, .8, 8)));
  EXPECT_TRUE(finite_mean(capped(log_student(12, .8, 8), 1e7)));
  EXPECT_TRUE(finite_mean(pareto(10, 7, .99)));
  // ln X of this metalog grows faster than an exponential of mean 1.
  EXPECT_FALSE(finite_mean(*make(Family::kMetalogAbove, std::array{0., 1.2, 0., 0.})));
}

// Closed forms: E max(Z, 0) = phi(0); a half-normal's mean is 2 phi(0), its variance 1 - 2/pi;
// a capped exponential's mean is 1 - e^-cap.
TEST(Distribution, TruncationAndClippingMatchClosedForms) {
  const double phi = 1 / std::sqrt(2 * M_PI);
  EXPECT_NEAR(floored(normal(0, 1), 0).mean(), phi, 1e-9);
  const Distribution half = *truncated(normal(0, 1), 0, INFINITY);
  EXPECT_NEAR(half.mean(), 2 * phi, 1e-9);
  EXPECT_NEAR(half.deviation(), std::sqrt(1 - 2 / M_PI), 1e-9);
  EXPECT_NEAR(capped(gamma(1, 1), 2).mean(), 1 - std::exp(-2), 1e-9);
  EXPECT_NEAR(capped(poisson(1), 1).mean(), 1 - std::exp(-1), 1e-12);
}

TEST(Distribution, TruncationNeedsSomethingInside) {
  EXPECT_FALSE(truncated(uniform(0, 1), 2, 3));
  EXPECT_FALSE(truncated(uniform(0, 1), .5, .5));
  EXPECT_FALSE(truncated(capped(uniform(0, 1), .5), .1, .4));
  const Distribution mixed = *mixture(std::array{uniform(0, 1), uniform(2, 3)}, std::array{1., 3.});
  const Distribution inside = *truncated(mixed, 1.5, 9);
  EXPECT_NEAR(inside.mean(), 2.5, 1e-12);
}

// Uniform transforms of 2,000 draws stay within the 1e-6 point of Kolmogorov's distance, sqrt(-ln
// (alpha / 2) / (2 n)) [Massart 1990]: false alarm 1e-6 for each of the smooth ones.
TEST(Sampler, DrawsHaveTheDistribution) {
  constexpr std::size_t kDraws = 2000;
  const double limit = std::sqrt(-std::log(1e-6 / 2) / (2.0 * kDraws));
  for (const Distribution& x : zoo()) {
    if (is_count(x.family) || x.is_clipped() || x.is_point() || x.family == Family::kEmpirical ||
        x.family == Family::kMixture) {
      continue;
    }
    std::vector<double> transforms;
    for (const double draw : draws(x, kDraws, Seed{5})) transforms.push_back(x.cdf(draw));
    EXPECT_LT(uniformity(transforms).largest_gap, limit) << x.to_string();
  }
}

TEST(Sampler, FollowsTheExactInverse) {
  for (const Distribution& x : zoo()) {
    if (x.family == Family::kMixture) continue;
    const Sampler sampler(x);
    const double scale = x.quantile(.9999) - x.quantile(.0001);
    for (const double p : {1e-4, .003, .1, .37, .5, .61, .9, .999, .9999}) {
      // Triangular and clipped ones have a corner: one cell there is off by h^2/8 of the bend.
      EXPECT_NEAR(sampler.at(p), x.quantile(p), 1e-6 * scale + 1e-12) << x.to_string() << " " << p;
    }
  }
}

TEST(Sampler, GivesTheSameDrawsWhateverTheirNumber) {
  const auto many = draws(gamma(2, 3), 1000, Seed{9});
  const auto few = draws(gamma(2, 3), 10, Seed{9});
  EXPECT_TRUE(std::equal(few.begin(), few.end(), many.begin()));
}

// Each part of a mixture is drawn as often as its weight says: 4 standard errors at 40,000 draws.
TEST(Sampler, DrawsEachPartOfAMixtureByItsWeight) {
  const Distribution x = *mixture(std::array{point(1), point(2), point(4)}, std::array{.5, .3, .2});
  std::array<int, 5> seen{};
  for (const double draw : draws(x, 40'000, Seed{4})) ++seen.at(static_cast<std::size_t>(draw));
  EXPECT_NEAR(seen[1], 20'000, 400);
  EXPECT_NEAR(seen[2], 12'000, 367);
  EXPECT_NEAR(seen[4], 8'000, 320);
}

RC_GTEST_PROP(Distribution, ScalingScalesEveryFigure, ()) {
  const auto all = zoo();
  const auto& x = all[*rc::gen::inRange<std::size_t>(0, all.size())];
  RC_PRE(scalable(x));
  const double factor = static_cast<double>(*rc::gen::inRange(1, 1000)) / 100;
  const double p = static_cast<double>(*rc::gen::inRange(1, 1000)) / 1000;
  const Distribution y = scaled(x, factor);
  RC_ASSERT(std::abs(y.quantile(p) - factor * x.quantile(p)) <=
            1e-9 * std::max(1.0, std::abs(factor * x.quantile(p))));
  if (std::isfinite(x.mean())) {
    RC_ASSERT(std::abs(y.mean() - factor * x.mean()) <=
              1e-7 * std::abs(factor) * (1 + std::abs(x.mean())));
  }
}

}  // namespace
}  // namespace daytwo::chance
