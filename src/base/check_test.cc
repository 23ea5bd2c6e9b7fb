#include "base/check.h"

#include <gtest/gtest.h>

namespace daytwo {
namespace {

TEST(Check, PassesWhatHolds) {
  int looked = 0;
  CHECK(++looked == 1, "evaluated once");
  EXPECT_EQ(looked, 1);
}

TEST(CheckDeathTest, AbortsAndSaysWhatBrokeAndWhere) {
  EXPECT_DEATH(CHECK(1 == 2, "numbers differ"),
               R"(CHECK failed: 1 == 2 \(numbers differ\) at check_test\.cc:[0-9]+)");
}

}  // namespace
}  // namespace daytwo
