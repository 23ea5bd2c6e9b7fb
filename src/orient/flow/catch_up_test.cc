#include "orient/flow/catch_up.h"

#include <gtest/gtest.h>

#include "base/time.h"

namespace daytwo::orient::flow {
namespace {

// 10,000 came and 12,000 went in ten minutes; 6,000 wait: 30 min, and with 1.645 sqrt(22,000) = 244
// more or less a ten minutes 26.7 to 34.2.
TEST(CatchUp, IsWhatWaitsOverHowMuchFasterItGoesOut) {
  const CatchUp time = catch_up(6000, 10'000, 12'000, minutes(10));
  ASSERT_TRUE(time.soonest && time.likely && time.latest);
  EXPECT_EQ(*time.likely, minutes(30));
  EXPECT_NEAR(time.soonest->seconds(), 60 * 26.74, 1);
  EXPECT_NEAR(time.latest->seconds(), 60 * 34.17, 1);
}

TEST(CatchUp, IsNeverWhereNoMoreGoesOutThanComesIn) {
  const CatchUp time = catch_up(6000, 10'000, 10'000, minutes(10));
  EXPECT_FALSE(time.likely.has_value());
  EXPECT_FALSE(time.latest.has_value());
  EXPECT_TRUE(time.soonest.has_value()) << "luck may have it";
  EXPECT_FALSE(catch_up(6000, 10'000, 8'000, minutes(10)).soonest.has_value());
}

}  // namespace
}  // namespace daytwo::orient::flow
