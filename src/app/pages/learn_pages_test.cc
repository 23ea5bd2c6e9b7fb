#include "app/pages/learn_pages.h"

#include <gtest/gtest.h>

#include <string>

namespace daytwo::app {
namespace {

learn::Spread spread(const std::string& wrong) {
  learn::Spread out;
  out.count = 200;
  out.wrong = wrong;
  return out;
}

TEST(LearnWords, SharesOfABudgetAreToldWithoutPowersOfTen) {
  EXPECT_EQ(share_words(0.412345, " of the budget"), "41.2 %");
  EXPECT_EQ(share_words(1, " of the budget"), "100 %");
  EXPECT_EQ(share_words(-11.2034, " of the budget"), "-1120 %");
}

TEST(LearnWords, RangesThatHoldAsSaid) {
  EXPECT_EQ(held_words({.9, .91, 200, .87, .94}, spread("")),
            "Of 200 ranges of 90 % 91 % held, as said (90 %: 87 to 94 %).");
}

TEST(LearnWords, RangesThatHoldAndYetAreOfTheWrongShapeSayBoth) {
  EXPECT_EQ(held_words({.9, .91, 200, .87, .94}, spread("what came is lower than said")),
            "Of 200 ranges of 90 % 91 % held, as said (90 %: 87 to 94 %), but what came is lower "
            "than said.");
}

TEST(LearnWords, RangesThatHoldTooSeldomSayWhy) {
  EXPECT_EQ(held_words({.9, .7, 200, .64, .75}, spread("ranges are too narrow")),
            "Of 200 ranges of 90 % 70 % held, too seldom (90 %: 64 to 75 %): ranges are too "
            "narrow.");
  EXPECT_EQ(held_words({.9, 1, 200, .98, 1}, spread("")),
            "Of 200 ranges of 90 % 100 % held, too often (90 %: 98 to 100 %).");
}

}  // namespace
}  // namespace daytwo::app
