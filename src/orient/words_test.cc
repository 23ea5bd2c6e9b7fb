#include "orient/words.h"

#include <gtest/gtest.h>

namespace daytwo::orient {
namespace {

TEST(PercentWords, KeepTwoDigitsOfTheSmallAndOfWhatIsMissingToTheWhole) {
  EXPECT_EQ(percent_words(0), "0 %");
  EXPECT_EQ(percent_words(0.0002), "0.02 %");
  EXPECT_EQ(percent_words(0.02), "2 %");
  EXPECT_EQ(percent_words(0.123), "12 %");
  EXPECT_EQ(percent_words(0.95), "95 %");
  EXPECT_EQ(percent_words(0.99961), "99.961 %");
  EXPECT_EQ(percent_words(1), "100 %");
  EXPECT_EQ(percent_words(1.35), "135 %");
  EXPECT_EQ(percent_words(-0.3), "-30 %");
}

}  // namespace
}  // namespace daytwo::orient
