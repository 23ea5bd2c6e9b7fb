#include "chance/near_misses.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "chance/learning.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

// With hardly a belief before, losses are what counts: (k + n) / T times (k + alpha) / (k + n +
// alpha + beta).
TEST(NearMisses, LeaveARateToItsCountsWhereNothingWasBelieved) {
  const Distribution after = updated_rate(gamma(1e-6, 1e-6), {4, 2, 36, 2}, beta(1e-6, 1e-6));
  EXPECT_NEAR(after.mean(), 2, 1e-4);
  EXPECT_NEAR(after.deviation(), 1, 1e-3) << "of 4 in 2 years";
}

TEST(NearMisses, TeachWhereNoLossWasSeen) {
  const Distribution prior = gamma(1, 1);
  const Distribution none = chance::updated_rate(prior, 0, 2);
  const Distribution many = updated_rate(prior, {0, 2, 40, 2}, beta(1, 9));
  const Distribution few = updated_rate(prior, {0, 2, 2, 2}, beta(1, 9));
  EXPECT_GT(many.mean(), few.mean());
  EXPECT_GT(many.mean(), none.mean()) << "forty close calls: luck so far";
  EXPECT_LT(few.mean(), none.mean()) << "hardly anything ever comes close";
}

// Every call a loss: near misses cannot happen, and the rate is what losses alone say.
TEST(NearMisses, AreTheOldUpdateWhereEveryCallIsALoss) {
  const Distribution after = updated_rate(gamma(2, 1), {5, 3, 0, 3}, beta(1e9, 1e-3));
  EXPECT_NEAR(after.mean(), updated_rate(gamma(2, 1), 5, 3).mean(), 1e-6);
}

// Losses that were counted before and near misses after them say what both say together.
TEST(NearMisses, MayFollowTheLosses) {
  const Distribution share = beta(2, 18);
  const Distribution both = updated_rate(gamma(2, 1), {3, 4, 20, 1.5}, share);
  const Distribution after = updated_rate(updated_rate(gamma(2, 1), 3, 4), {0, 0, 20, 1.5}, share);
  EXPECT_NEAR(after.mean(), both.mean(), 1e-9);
  EXPECT_NEAR(after.deviation(), both.deviation(), 1e-9);
}

// Rates and shares drawn from the prior, calls drawn from them: the posterior's mean is unbiased
// and its 90 % interval covers 90 % (1,500 cases: 88 % to 92 % in 99 of 100 runs).
TEST(NearMisses, AreCalibrated) {
  const Distribution prior = gamma(2, 2);
  const Distribution share = beta(2, 6);
  const int cases = 1500;
  int covered = 0;
  double surplus = 0;
  for (int i = 0; i < cases; ++i) {
    Stream stream(Seed{20261123}, static_cast<std::uint64_t>(i));
    const double rate = prior.draw(stream);
    const double p = share.draw(stream);
    const double years = 3;
    const auto losses = static_cast<std::int64_t>(poisson(rate * years).draw(stream));
    const auto near_misses =
        static_cast<std::int64_t>(poisson(rate / p * (1 - p) * years).draw(stream));
    const Distribution after = updated_rate(prior, {losses, years, near_misses, years}, share);
    covered += rate > after.quantile(.05) && rate < after.quantile(.95) ? 1 : 0;
    surplus += after.mean() - rate;
  }
  EXPECT_NEAR(static_cast<double>(covered) / cases, .9, .02);
  EXPECT_NEAR(surplus / cases, 0, .05);
}

TEST(NearMisses, MoreOfThemNeverLowerTheRate) {
  EXPECT_TRUE(rc::check("rates rise", [] {
    const auto losses = *rc::gen::inRange<std::int64_t>(0, 20);
    const auto near_misses = *rc::gen::inRange<std::int64_t>(0, 500);
    const double years = *rc::gen::inRange(1, 40) / 4.0;
    const Distribution prior = gamma(1, *rc::gen::inRange(1, 100) / 10.0);
    const Distribution share = beta(1, *rc::gen::inRange(1, 30));
    const double less = updated_rate(prior, {losses, years, near_misses, years}, share).mean();
    const double more = updated_rate(prior, {losses, years, near_misses + 1, years}, share).mean();
    RC_ASSERT(std::isfinite(less));
    RC_ASSERT(more > less * (1 - 1e-9));
  }));
}

}  // namespace
}  // namespace daytwo::chance
