#include "orient/flow/cusum.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "chance/seed.h"

namespace daytwo::orient::flow {
namespace {

TEST(Cusum, AlarmsWhenTheSumOfWhatIsAboveTheSlackPassesNine) {
  // 1 a step above a slack of 0: the tenth sum is 10, the first above 9.
  std::vector<double> steps(4, -1.0);
  steps.insert(steps.end(), 12, 1.5);
  const Cusum sums = cusum(steps, 0.5);
  ASSERT_TRUE(sums.alarm.has_value());
  EXPECT_EQ(*sums.rising, 4U);
  EXPECT_EQ(*sums.alarm, 13U);
  EXPECT_EQ(sums.highest, 15U);
  EXPECT_DOUBLE_EQ(sums.sums[13], 10);
}

TEST(Cusum, ForgetsARiseThatCameDown) {
  std::vector<double> steps(12, 1.0);
  steps.insert(steps.end(), 12, -1.5);
  const Cusum sums = cusum(steps, 0);
  EXPECT_FALSE(sums.alarm.has_value());
  EXPECT_FALSE(sums.rising.has_value());
}

// By hand for h = 4, k = 1/2: x = 5.166, (e^5.166 - 5.166 - 1) / 0.5 = 338.09; the integral
// equation solved exactly gives 336 [Montgomery, "Introduction to statistical quality
// control", 9.1.3].
TEST(Cusum, StepsToAFalseAlarmAreSiegmunds) {
  EXPECT_NEAR(steps_to_false_alarm(0.5, 4), 338.09, 0.01);
  const double x = 9 + 1.166;
  EXPECT_DOUBLE_EQ(steps_to_false_alarm(0), x * x);
  EXPECT_NEAR(steps_to_false_alarm(1e-4), x * x, 0.1) << "no step where k goes to 0";
}

TEST(Cusum, TheSlackForSoManyStepsGivesSoMany) {
  for (const double steps : {200.0, 1e4, 1e6}) {
    EXPECT_NEAR(steps_to_false_alarm(slack_for(steps)) / steps, 1, 1e-6);
  }
}

// 2,000 runs of independent normal noise: the mean length has a standard error of about 2 %.
TEST(Cusum, NoiseAloneAlarmsAsOftenAsSiegmundSays) {
  double total = 0;
  constexpr int kRuns = 2000;
  for (std::uint64_t run = 0; run < kRuns; ++run) {
    chance::Stream stream({7}, run);
    double sum = 0;
    double steps = 0;
    while (sum <= kAlarm) {
      sum = std::max(0.0, sum + stream.normal() - 0.1);
      steps += 1;
    }
    total += steps;
  }
  RecordProperty("mean_steps", std::to_string(total / kRuns));
  EXPECT_NEAR(total / kRuns / steps_to_false_alarm(0.1), 1, 0.1);
}

}  // namespace
}  // namespace daytwo::orient::flow
