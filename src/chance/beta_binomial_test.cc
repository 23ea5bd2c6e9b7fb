#include "chance/beta_binomial.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "chance/distribution.h"
#include "chance/learning.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

TEST(BetaBinomial, OfAUniformShareEveryCountIsAsLikely) {
  // Beta(1, 1): P(B = k) = 1 / (n + 1) [Bayes 1763].
  EXPECT_NEAR(beta_binomial_above(3, 9, 1, 1), .6, 1e-14);
  EXPECT_EQ(beta_binomial_above(-1, 9, 1, 1), 1);
  EXPECT_EQ(beta_binomial_above(9, 9, 1, 1), 0);
}

TEST(BetaBinomial, AgreesWithAHandCount) {
  // n 2, Beta(2, 3): P(0) = 3*4/(5*6) = .4, P(1) = 2*2*3/(5*6) = .4, P(2) = 2*3/(5*6) = .2.
  EXPECT_NEAR(beta_binomial_above(0, 2, 2, 3), .6, 1e-14);
  EXPECT_NEAR(beta_binomial_above(1, 2, 2, 3), .2, 1e-14);
}

TEST(BetaBinomial, WithoutAnyBadEventHalfAnEventIsTheDoubt) {
  // Beta(1/2, b), one trial: P(1) = a / (a + b).
  EXPECT_NEAR(beta_binomial_above(0, 1, .5, 999.5), .0005, 1e-15);
}

TEST(BetaBinomial, OfAKnownShareIsBinomial) {
  const double share = .003;
  const double size = 1e11;
  EXPECT_NEAR(beta_binomial_above(30, 8000, share * size, (1 - share) * size),
              1 - binomial_cdf(30, 8000, share), 1e-7);
}

// More bad events allowed: never likelier to pass them. More seen: never less likely.
RC_GTEST_PROP(BetaBinomial, FallsWithWhatIsAllowedAndRisesWithWhatWasSeen, ()) {
  const auto trials = static_cast<double>(*rc::gen::inRange(1, 3000));
  const double alpha = .5 + *rc::gen::inRange(0, 40);
  const double beta_shape = 1 + *rc::gen::inRange(0, 4000);
  const auto most = static_cast<double>(*rc::gen::inRange(0, 200));
  const double chance = beta_binomial_above(most, trials, alpha, beta_shape);
  RC_ASSERT(chance >= 0);
  RC_ASSERT(chance <= 1);
  RC_ASSERT(beta_binomial_above(most + 1, trials, alpha, beta_shape) <= chance + 1e-12);
  RC_ASSERT(beta_binomial_above(most, trials, alpha + 1, beta_shape) >= chance - 1e-12);
}

// The sum of chances of each count is one, and their mean is trials * alpha / (alpha + beta).
RC_GTEST_PROP(BetaBinomial, HasTheMeanOfItsShare, ()) {
  const int trials = *rc::gen::inRange(1, 400);
  const double alpha = .5 + *rc::gen::inRange(0, 30);
  const double beta_shape = 1 + *rc::gen::inRange(0, 300);
  double mean = 0;  // E[B] = sum of P(B > k)
  for (int k = 0; k < trials; ++k) mean += beta_binomial_above(k, trials, alpha, beta_shape);
  RC_ASSERT(std::abs(mean - trials * alpha / (alpha + beta_shape)) < 1e-9 * trials);
}

TEST(BetaBinomial, BothWaysMeetWhereTheyChange) {
  // 24 deviations are near four million counts: R = 2e8, share 1e-2 known from 400 bad events gives
  // a deviation of 1e5 (counts); with 100 of them one of 2e5 (matched Beta).
  const double trials = 2e8;
  const double exact = beta_binomial_above(2.1e6, trials, 400, 39600);
  const double matched = 1 - beta(400, 39600).cdf(2.1e6 / trials);
  EXPECT_NEAR(exact, matched, 2e-3);
  EXPECT_NEAR(beta_binomial_above(2.2e6, trials, 100, 9900),
              1 - beta(100, 9900).cdf(2.2e6 / trials), 2e-3);
}

}  // namespace
}  // namespace daytwo::chance
