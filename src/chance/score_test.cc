#include "chance/score.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

#include "chance/fit.h"

// Expected values: cases.md, RC33 to RC35, relative 1e-7.
namespace daytwo::chance {
namespace {

void expect_near(double actual, double expected, double relative = 1e-7) {
  EXPECT_NEAR(actual, expected, std::abs(expected) * relative);
}

std::vector<ScoredChance> ten_forecasts() {
  return {{.1, false}, {.1, false}, {.1, true}, {.1, false}, {.3, false},
          {.3, true},  {.3, false}, {.7, true}, {.7, true},  {.9, true}};
}

TEST(Score, BrierAndItsPartsRC33) {
  const Brier score = brier(ten_forecasts());
  expect_near(score.score, 0.17);
  expect_near(score.reliability, 0.02833333333);
  expect_near(score.resolution, 0.1083333333);
  expect_near(score.uncertainty, 0.25);
  expect_near(score.reliability - score.resolution + score.uncertainty, score.score);
  expect_near(log_score(ten_forecasts()), 0.5354699736);
}

TEST(Score, RankedProbabilityRC34) {
  expect_near(crps_normal(0, 1, .5), 0.3314035313);
  const Distribution x = fit_lognormal({1e5, 1e6, .9})->distribution;
  expect_near(crps_lognormal(x.a, x.b, 450000), 83081.92397);
  // An Estimate knows five quantiles of the same lognormal: within 5 % of the closed form.
  expect_near(crps_estimate(x.estimate(), 450000), 83081.92397, 0.05);
}

TEST(Score, CoverageAndUniformityRC35) {
  const Coverage coverage = coverage_test(14, 20, .9);
  expect_near(coverage.fewer_or_equal, 0.01125313416);
  const std::vector<double> transforms = {.02, .11, .13, .24, .31, .38, .52, .61, .88, .97};
  expect_near(uniformity(transforms).largest_gap, 0.22);
  expect_near(uniformity(transforms).anderson_darling, 0.6694953115);
  expect_near(uniformity(transforms).p, 0.6425444017);
}

// Upper points of the limit [D'Agostino, Stephens 1986, "Goodness-of-Fit Techniques", ch. 4].
TEST(Score, AndersonAndDarlingsChanceHasItsTabledPoints) {
  expect_near(anderson_darling_p(1.248), .25, 2e-3);
  expect_near(anderson_darling_p(1.933), .10, 2e-3);
  expect_near(anderson_darling_p(2.492), .05, 2e-3);
  expect_near(anderson_darling_p(3.878), .01, 5e-3);
  EXPECT_EQ(anderson_darling_p(0), 1);
  EXPECT_LT(anderson_darling_p(100), 1e-9);
}

TEST(Score, TransformsOfWhatCame) {
  const Estimate said = {.p05 = 1, .p25 = 2, .p50 = 3, .p75 = 4, .p95 = 5, .mean = 3};
  expect_near(transform_of(said, 3), .5, 1e-12);
  expect_near(transform_of(said, 4.5), .85, 1e-12);
  EXPECT_EQ(transform_of(said, -100), kOutermost);
  EXPECT_EQ(transform_of(said, 100), 1 - kOutermost);
  // Half of it is certain to be 1: what came as 1 lies in the middle of that half.
  const Estimate share = {.p05 = .8, .p25 = .9, .p50 = 1, .p75 = 1, .p95 = 1, .mean = .95};
  expect_near(transform_of(share, 1), .75, 1e-12);
}

// One uniform: the gap is max(u, 1 - u), so P(gap <= d) = 2 d - 1.
TEST(Score, TheGapOfOneTransformHasItsClosedForm) {
  expect_near(uniformity(std::vector{.7}).p, 1 - (2 * .7 - 1), 1e-12);
}

// Exact and limiting p agree where one takes over from the other.
TEST(Score, TheLimitTakesOverWhereItIsGood) {
  const auto p_of = [](int count) {
    std::vector<double> transforms;
    for (int i = 0; i < count; ++i) transforms.push_back((i + .5) / count * .98);
    return uniformity(transforms).p;
  };
  const double exact = p_of(2000);
  EXPECT_NEAR(p_of(2001), exact, .002);
  EXPECT_GT(exact, .2);
  EXPECT_LT(exact, .6);
}

TEST(Score, RankedProbabilityOfAnyDistributionMatchesTheClosedForms) {
  const Distribution x = fit_lognormal({1e5, 1e6, .9})->distribution;
  expect_near(crps(x, 450000), 83081.92397, 1e-7);
  expect_near(crps(normal(0, 1), .5), 0.3314035313, 1e-7);
  // Uniform on (0, 1): x^2 - x + 1/3 inside.
  expect_near(crps(uniform(0, 1), .3), .09 - .3 + 1.0 / 3, 1e-9);
  EXPECT_EQ(crps(point(10), 13), 3);
}

TEST(Score, APointForecastScoresItsAbsoluteError) {
  expect_near(crps_estimate(exactly(10), 13), 3, 1e-12);
}

TEST(Estimate, QuantileAndChanceBelowAreInverse) {
  const Estimate x{1, 2, 4, 8, 16, 5, 0, {}};
  EXPECT_EQ(quantile(x, .5), 4);
  for (const double p : {.03, .05, .2, .5, .7, .95, .97}) {
    EXPECT_NEAR(chance_below(x, quantile(x, p)), p, 1e-12);
  }
  EXPECT_EQ(chance_below(x, -100), 0);
  EXPECT_EQ(chance_below(x, 1000), 1);
  const Estimate steps{2, 2, 5, 9, 9, 5, 0, {}};
  EXPECT_EQ(chance_below(steps, -100), 0) << "below all that was said";
  EXPECT_EQ(chance_below(steps, 2), .05);
  EXPECT_EQ(chance_below(steps, 5), .5);
  EXPECT_EQ(chance_below(steps, 1000), 1) << "above all that was said";
  EXPECT_EQ(chance_below(exactly(3), 3), 0);
  EXPECT_EQ(chance_below(exactly(3), 3.1), 1);
}

// Propriety: the score expected under the truth is least when the truth is said.
RC_GTEST_PROP(Score, SayingWhatOneBelievesScoresBest, ()) {
  const double truth = *rc::gen::inRange(1, 99) / 100.0;
  const double said = *rc::gen::inRange(1, 99) / 100.0;
  const auto expected = [&](double chance) {
    const std::vector<ScoredChance> came{{chance, true}};
    const std::vector<ScoredChance> not_came{{chance, false}};
    return truth * brier(came).score + (1 - truth) * brier(not_came).score;
  };
  RC_ASSERT(expected(truth) <= expected(said) + 1e-12);
}

}  // namespace
}  // namespace daytwo::chance
