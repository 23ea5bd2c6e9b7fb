#include "base/units.h"

#include <gtest/gtest.h>

#include <cmath>

namespace daytwo {
namespace {

TEST(Ratio, HoldsItsEnds) {
  EXPECT_EQ(make_ratio(0).value, 0);
  EXPECT_EQ(make_ratio(1).value, 1);
}

TEST(RatioDeathTest, RefusesWhatIsNoRatio) {
  EXPECT_DEATH(static_cast<void>(make_ratio(1.0000001)), "between 0 and 1");
  EXPECT_DEATH(static_cast<void>(make_ratio(-0.1)), "between 0 and 1");
  EXPECT_DEATH(static_cast<void>(make_ratio(std::nan(""))), "between 0 and 1");
}

TEST(Bytes, AreSaidInBinaryUnitsWithThreeDigits) {
  EXPECT_EQ(to_words(Bytes{0}), "0 B");
  EXPECT_EQ(to_words(Bytes{1023}), "1023 B");
  EXPECT_EQ(to_words(Bytes{1536}), "1.50 KiB");
  EXPECT_EQ(to_words(Bytes{820LL << 20}), "820 MiB");
  EXPECT_EQ(to_words(Bytes{(12LL << 30) + (1LL << 29)}), "12.5 GiB");
  EXPECT_EQ(to_words(Bytes{-2048}), "-2.00 KiB");
}

}  // namespace
}  // namespace daytwo
