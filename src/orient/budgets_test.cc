#include "orient/budgets.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "model/service.h"
#include "orient/outlook.h"
#include "orient/world_for_tests.h"

namespace daytwo::orient {
namespace {

// 18:00 UTC: six hours of the day are left.
constexpr Timestamp kEvening = Timestamp{1'795'305'600'000} + hours(18);
constexpr Timestamp kMidnight = kEvening + hours(6);

model::Objective ratio() {
  model::Objective out;
  out.name = "availability";
  out.service = ServiceId("checkout");
  out.bad = "errors_total";
  out.total = "requests_total";
  out.target_ppb = 999'000'000;
  return out;
}

// `length` until the evening at 1,000 requests an hour, of which one in 2,000 fails.
EventRings steady(Duration length) {
  EventRings rings(days(30));
  rings.add_known(kEvening - length, kEvening);
  rings.add_events(kEvening - length, kEvening, .5 * length.hours(), 1000 * length.hours());
  return rings;
}

TEST(Outlook, AFullSteadyWindowGivesBackWhatItSpends) {
  const auto outlook = outlook_of(ratio(), steady(days(31)), kEvening, kMidnight);
  ASSERT_TRUE(outlook.has_value());
  EXPECT_NEAR(outlook->left, .5, 1e-3);
  EXPECT_EQ(outlook->days, 7);
  EXPECT_NEAR(outlook->given_back, outlook->spent_mean, 1e-4);
  // Three bad events in six hours are all the noise there is: Poisson's, of 720 allowed.
  EXPECT_NEAR(outlook->deviation, std::sqrt(3) / 720, 1e-4);
}

TEST(Outlook, SpendsAsTheSameHoursOfEarlierDaysDid) {
  EventRings rings = steady(days(31));
  // 72 bad events each evening between 20 and 21 o'clock: a tenth of the budget a day.
  for (int day = 1; day <= 29; ++day) {
    rings.add_events(kEvening + hours(2) - days(day), kEvening + hours(3) - days(day), 72, 0);
  }
  const auto evening = outlook_of(ratio(), rings, kEvening, kMidnight);
  // What leaves the window is an evening too, but nothing of that kind was in the first day.
  EXPECT_NEAR(evening->spent_mean - evening->given_back, .1, .01);
  const auto after = outlook_of(ratio(), rings, kEvening, kEvening + hours(1));
  EXPECT_NEAR(after->spent_mean - after->given_back, 0, .01);
}

TEST(Outlook, WithoutAnEarlierDayTheRateSoFarSpeaks) {
  const auto outlook = outlook_of(ratio(), steady(hours(3)), kEvening, kMidnight);
  ASSERT_TRUE(outlook.has_value());
  EXPECT_EQ(outlook->days, 0);
  EXPECT_EQ(outlook->given_back, 0);
  // Six hours at half the allowed rate, of thirty days.
  EXPECT_NEAR(outlook->spent_mean, .5 * 6 / 720, 1e-4);
  EXPECT_GE(outlook->deviation, outlook->spent_mean);
}

TEST(Outlook, WithoutABadEventOneMayStillCome) {
  EventRings rings(days(30));
  rings.add_known(kEvening - days(31), kEvening);
  rings.add_events(kEvening - days(31), kEvening, 0, 1000 * 31 * 24);
  const auto outlook = outlook_of(ratio(), rings, kEvening, kMidnight);
  EXPECT_EQ(outlook->left, 1);
  EXPECT_EQ(outlook->spent_mean, 0);
  EXPECT_NEAR(outlook->deviation, 1 / 720.0, 1e-4);
}

TEST(Outlook, ADayThatWasNotMeasuredIsNoGoodDay) {
  EventRings rings(days(30));
  rings.add_known(kEvening - hours(30), kEvening);
  rings.add_events(kEvening - hours(30), kEvening, 15, 30'000);
  EXPECT_EQ(outlook_of(ratio(), rings, kEvening, kMidnight)->days, 1);
  EXPECT_FALSE(outlook_of(ratio(), EventRings(days(30)), kEvening, kMidnight).has_value());
}

struct BudgetWorld : World {
  Objectives objectives;
  Budgets detector{objectives};

  BudgetWorld() {
    now = kEvening;
    model::Service service;
    service.id = ServiceId("checkout");
    service.objectives = {ratio()};
    catalog = model::Catalog({service});
  }
  void count(double errors, double requests) {
    sample({{"__name__", "errors_total"}, {"instance", "a"}, {"job", "shop"}}, errors);
    sample({{"__name__", "requests_total"}, {"instance", "a"}, {"job", "shop"}}, requests);
  }
  std::vector<facts::Record> both() {
    (void)turn(objectives);
    return turn(detector);
  }
};

TEST(Budgets, WriteOneNoteADayForEachObjective) {
  BudgetWorld world;
  world.count(0, 1000);
  EXPECT_TRUE(world.both().empty());  // one sample is no event
  world.now = world.now + minutes(1);
  world.count(1, 2000);
  const auto first = world.both();
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].key.value, "objective/checkout/availability");
  EXPECT_EQ(first[0].find_input("days"), "0");
  ASSERT_NE(first[0].find_amount("budget_left"), nullptr);
  EXPECT_TRUE(world.both().empty());
  world.now = kMidnight - minutes(1);
  world.count(2, 3000);
  EXPECT_TRUE(world.both().empty());
  world.now = kMidnight;
  world.count(2, 4000);
  ASSERT_EQ(world.both().size(), 1U);
}

TEST(Budgets, AnObjectiveThatIsTakenAwayEnds) {
  BudgetWorld world;
  world.count(0, 1000);
  (void)world.both();
  world.now = world.now + minutes(1);
  world.count(1, 2000);
  (void)world.both();
  world.catalog = model::Catalog(std::vector<model::Service>{});
  const auto told = world.both();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].state, facts::State::kClosed);
}

}  // namespace
}  // namespace daytwo::orient
