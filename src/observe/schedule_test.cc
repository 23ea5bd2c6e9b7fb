#include "observe/schedule.h"

#include <gtest/gtest.h>

#include <vector>

namespace daytwo::observe {
namespace {

constexpr Timestamp kStart{1'795'305'600'000};

TEST(Schedule, GivesTheFirstTurnAtOnceAndThenOneAnInterval) {
  Schedule schedule;
  schedule.add(seconds(10), 3'000);
  Timestamp now = kStart;
  int turns = 0;
  for (int i = 0; i < 601; ++i, now = now + seconds(1)) {
    for (const std::size_t index : schedule.take_due(now)) {
      ++turns;
      if (i > 0) EXPECT_EQ(now.ms % 10'000, 3'000);  // on its own point of the grid
      schedule.done(index);
    }
  }
  EXPECT_GE(turns, 60);
  EXPECT_LE(turns, 62);
}

TEST(Schedule, NeverGivesTwoTurnsAtOnce) {
  Schedule schedule;
  schedule.add(seconds(10), 0);
  EXPECT_EQ(schedule.take_due(kStart).size(), 1U);
  EXPECT_TRUE(schedule.take_due(kStart + seconds(60)).empty());  // still in its turn
  schedule.done(0);
  EXPECT_EQ(schedule.take_due(kStart + seconds(120)).size(), 1U);
}

TEST(Schedule, SurvivesAWallClockThatGoesBack) {
  Schedule schedule;
  schedule.add(seconds(10), 0);
  schedule.done(schedule.take_due(kStart).at(0));
  EXPECT_EQ(schedule.take_due(kStart - days(3)).size(), 1U);
}

TEST(Schedule, OfNothingIsNeverDue) { EXPECT_EQ(Schedule().next_due(), kMaxTimestamp); }

}  // namespace
}  // namespace daytwo::observe
