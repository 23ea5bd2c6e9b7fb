#include "base/chance_words.h"

#include <gtest/gtest.h>

namespace daytwo {
namespace {

TEST(ChanceWords, NeverRoundToNeverOrAlways) {
  EXPECT_EQ(chance_words(0), "0 %");
  EXPECT_EQ(chance_words(1e-9), "under 0.1 %");
  EXPECT_EQ(chance_words(0.003), "0.3 %");
  EXPECT_EQ(chance_words(0.006), "1 %");
  EXPECT_EQ(chance_words(0.304), "30 %");
  EXPECT_EQ(chance_words(0.99), "99 %");
  EXPECT_EQ(chance_words(0.997), "99.7 %");
  EXPECT_EQ(chance_words(1 - 1e-9), "over 99.9 %");
  EXPECT_EQ(chance_words(1), "100 %");
}

}  // namespace
}  // namespace daytwo
