#include "model/mending.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace daytwo::model {
namespace {

TEST(Mending, IsAssumedUntilAnIncidentEnded) {
  const Mending none = mending_of({}, "payments");
  EXPECT_EQ(none.hours, 1);
  EXPECT_EQ(none.to_words("payments"), "assumed: 1 h to mitigate");
  EXPECT_EQ(mending_of({{"payments", {0, -2}}}, "payments").own, 0);
}

// The assumption of one hour counts as one incident: (0 + ln 4 + ln 4) / 3 in logarithms.
TEST(Mending, CountsTheAssumptionAsOneIncident) {
  const Mending two = mending_of({{"payments", {4, 4}}}, "payments");
  EXPECT_NEAR(two.hours, std::exp(2 * std::log(4) / 3), 1e-12);
  EXPECT_EQ(two.to_words("payments"),
            "2.5 h to mitigate: as learned from 2 incidents of payments, from beginning to end");
}

TEST(Mending, TakesOthersForOneIncidentWhereAServiceHasItsOwn) {
  const std::vector<double> slow(50, 8);
  EXPECT_NEAR(mending_of({{"search", slow}}, "payments").hours, 8, 0.4) << "all there is";
  const double with_own =
      mending_of({{"search", slow}, {"payments", {.5, .5, .5}}}, "payments").hours;
  EXPECT_LT(with_own, 1.1);
  EXPECT_GT(with_own, .5) << "drawn towards the others";
}

TEST(Mending, MovesTowardsWhatIsSeenAndNoFurther) {
  double before = 1;
  for (int count = 1; count < 40; ++count) {
    const std::vector<double> took(static_cast<std::size_t>(count), 6);
    const double now = mending_of({{"shop", took}}, "shop").hours;
    EXPECT_GT(now, before);
    EXPECT_LT(now, 6);
    before = now;
  }
}

}  // namespace
}  // namespace daytwo::model
