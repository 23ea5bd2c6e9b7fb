#include "model/wake.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "model/tripwire.h"

namespace daytwo::model {
namespace {

const Burning kSixHours{std::log(6.0), 0};

// p .8, r $200 an hour, S = exp(-u / 6), m 1, H 7: .8 * 200 * 6 (e^(-1/6) - e^(-8/6)) = 559.57.
TEST(Wake, WaitingAtKnownValues) {
  EXPECT_NEAR(loss_by_waiting(.8, 200, kSixHours, 1, 7), 559.57, 0.005);
  EXPECT_NEAR(loss_by_waiting(.8, 50, kSixHours, 1, 7), 139.89, 0.005);
}

// 45 min at $90 doubled by night, and an hour of the next day: 135 + 90.
TEST(Wake, WakingAtKnownValues) { EXPECT_EQ(cost_of_waking(45, 90, 2, 1), 225); }

TEST(Wake, ACliffCountsOnlyIfItComesWhileWeWait) {
  const double without = loss_by_waiting(.5, 10, kSixHours, 1, 7);
  EXPECT_EQ(loss_by_waiting(.5, 10, kSixHours, 1, 7, Cliff{.5, 1000}), without);
  EXPECT_EQ(loss_by_waiting(.5, 10, kSixHours, 1, 7, Cliff{9, 1000}), without);
  EXPECT_NEAR(loss_by_waiting(.5, 10, kSixHours, 1, 7, Cliff{6, 1000}) - without,
              .5 * 1000 * std::exp(-1.0), 1e-9);
}

TEST(Wake, ALognormalBurnFallsToHalfAtItsMedian) {
  const Burning burning{std::log(3.0), .8};
  EXPECT_EQ(burning.after(0), 1);
  EXPECT_NEAR(burning.after(3), .5, 1e-12);
  // What has lasted for 12 hours: P(T > 13) / P(T > 12), and an exponential forgets its age.
  const Burning old{std::log(3.0), .8, 12};
  EXPECT_NEAR(old.after(1), burning.after(13) / burning.after(12), 1e-12);
  EXPECT_GT(old.after(6), burning.after(6));
  EXPECT_EQ((Burning{std::log(6.0), 0, 12}).after(2), kSixHours.after(2));
  EXPECT_TRUE(std::isfinite((Burning{std::log(3.0), .8, 1e9}).after(2)));
}

WakeCase at(double loss_per_hour) {
  WakeCase wake;
  wake.needs_human = chance::point(.8);
  wake.loss_per_hour = chance::exactly(loss_per_hour);
  wake.burning = kSixHours;
  wake.hours_to_day = 7;
  return wake;
}

TEST(Wake, WakesForALargeLossAndWaitsForASmallOne) {
  const WakeJudgement large = weigh(at(2000), chance::Seed{1});
  EXPECT_TRUE(large.page);
  EXPECT_GT(large.waking_wins, .99);
  const WakeJudgement small = weigh(at(5), chance::Seed{1});
  EXPECT_FALSE(small.page);
  EXPECT_EQ(wake_words(small, "09:00", "USD").substr(0, 21), "Waiting until 09:00 l");
  EXPECT_EQ(weigh(at(5), chance::Seed{1}).waking, small.waking);
}

RC_GTEST_PROP(Wake, TenTimesTheLossIsTenTimesTheWaitingAndNeverMakesUsWaitMore, ()) {
  const double loss = *rc::gen::inRange(1, 5000);
  const chance::Seed seed{*rc::gen::arbitrary<std::uint64_t>()};
  const WakeJudgement once = weigh(at(loss), seed);
  const WakeJudgement ten = weigh(at(10 * loss), seed);
  RC_ASSERT(std::abs(ten.waiting.mean - 10 * once.waiting.mean) <= 1e-9 * ten.waiting.mean);
  RC_ASSERT(ten.waking == once.waking);
  RC_ASSERT(ten.waking_wins >= once.waking_wins);
}

TEST(Tripwire, CrossesOnItsConditionOrItsDateAndNeverOnTheUnknown) {
  const Timestamp now{1000};
  const Tripwire above{"", "x", ">", 5, "x", {}, ""};
  EXPECT_TRUE(crosses(above, 6, now));
  EXPECT_FALSE(crosses(above, 5, now));
  EXPECT_FALSE(crosses(above, std::nullopt, now));
  EXPECT_FALSE(crosses(above, NAN, now));
  EXPECT_TRUE(crosses({"", "x", "<=", 5, "x", {}, ""}, 5, now));
  EXPECT_FALSE(crosses({"", "x", "about", 5, "x", {}, ""}, 5, now));
  const Tripwire dated{"", "date", "", 0, "", Timestamp{1000}, ""};
  EXPECT_TRUE(crosses(dated, std::nullopt, now));
  EXPECT_FALSE(crosses(dated, std::nullopt, Timestamp{999}));
  EXPECT_FALSE(crosses({"", "price", ">", 5, "", {}, ""}, std::nullopt, now));
}

}  // namespace
}  // namespace daytwo::model
