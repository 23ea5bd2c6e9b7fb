#include "chance/still_needed.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace daytwo::chance {
namespace {

// Beta(2, 8): mean 2/10; quantiles as R 4.2 prints them: qbeta(c(.05, .5, .95), 2, 8).
TEST(StillNeeded, IsItsPriorBeforeAnythingWasCleanedUp) {
  const Estimate got = still_needed({}, 30);
  EXPECT_NEAR(got.mean, 0.2, 1e-4);
  EXPECT_NEAR(got.p05, 0.04102, 1e-4);
  EXPECT_NEAR(got.p50, 0.17962, 1e-4);
  EXPECT_NEAR(got.p95, 0.42914, 1e-4);
}

// Eleven clean-ups at 30 days, one regretted: Beta(3, 18), mean 3/21.
TEST(StillNeeded, IsABetaWhenAllWasIdleForThirtyDays) {
  std::vector<CleanUp> past(11, {30, false});
  past[0].regretted = true;
  EXPECT_NEAR(still_needed(past, 30).mean, 3.0 / 21, 1e-4);
}

// Worked out by hand for a known p: odds 0.25 at 30 days; (37/7) / (97/7) of that at 90.
TEST(StillNeeded, FallsAsNoUseIsSeenForLonger) {
  const std::vector<CleanUp> sure = [] {
    std::vector<CleanUp> all(100'000, {30, false});
    for (std::size_t i = 0; i < 20'000; ++i) all[i].regretted = true;
    return all;
  }();
  const double odds = 0.25 * 37 / 97;
  EXPECT_NEAR(still_needed(sure, 90).mean, odds / (1 + odds), 1e-3);
}

TEST(StillNeeded, ARegretAfterALongTimeTeachesMoreThanOneAfterAShort) {
  const std::vector<CleanUp> late = {{365, true}};
  const std::vector<CleanUp> soon = {{1, true}};
  EXPECT_GT(still_needed(late, 30).mean, still_needed(soon, 30).mean);
  EXPECT_GT(still_needed(soon, 30).mean, still_needed({}, 30).mean);
}

RC_GTEST_PROP(StillNeeded, IsAMonotoneChance, ()) {
  std::vector<CleanUp> past;
  for (int i = *rc::gen::inRange(0, 20); i > 0; --i) {
    past.push_back({static_cast<double>(*rc::gen::inRange(0, 400)), *rc::gen::arbitrary<bool>()});
  }
  const double days = *rc::gen::inRange(0, 400);
  const Estimate now = still_needed(past, days);
  const Estimate later = still_needed(past, days + 1);
  RC_ASSERT(0 <= now.p05 && now.p05 <= now.p25 && now.p25 <= now.p50 && now.p50 <= now.p75);
  RC_ASSERT(now.p75 <= now.p95 && now.p95 <= 1);
  RC_ASSERT(later.mean < now.mean);
}

}  // namespace
}  // namespace daytwo::chance
