#include "model/amount.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

// The rules: two significant digits, round first and then choose the suffix, drop a trailing ".0",
// both ends of an interval share the larger's suffix when the smaller is at least a tenth of it.
namespace daytwo::model {
namespace {

Amount amount(double low, double middle, double high, std::string unit, std::string window) {
  return {{low, (low + middle) / 2, middle, (middle + high) / 2, high, middle, 0, {}},
          std::move(unit),
          std::move(window),
          {},
          ""};
}

TEST(Amount, MoneyHasTwoSignificantDigitsAndTheRightSuffix) {
  EXPECT_EQ(money_words(118274.31, "USD"), "$120k");
  EXPECT_EQ(money_words(999600, "USD"), "$1M");
  EXPECT_EQ(money_words(8000, "USD"), "$8k");
  EXPECT_EQ(money_words(310000, "EUR"), "€310k");
  EXPECT_EQ(money_words(4.4e6, "CHF"), "CHF 4.4M");
  EXPECT_EQ(money_words(0.05, "USD"), "$0.05");
  EXPECT_EQ(money_words(0.2, "GBP"), "£0.2");
  EXPECT_EQ(money_words(0, "USD"), "$0");
  EXPECT_EQ(money_words(-1500, "USD"), "-$1.5k");
  EXPECT_EQ(money_words(15, "USD"), "$15");
  EXPECT_EQ(money_words(2.5e9, "USD"), "$2.5B");
}

TEST(Amount, NumbersWithoutDigitsAreShownAsTheyAre) {
  EXPECT_EQ(money_words(1e-320, "USD"), "$0");
  EXPECT_EQ(money_words(1e-307, "USD"), "$0");
  EXPECT_EQ(money_words(std::numeric_limits<double>::infinity(), ""), "inf");
  EXPECT_EQ(money_words(std::numeric_limits<double>::quiet_NaN(), ""), "nan");
}

TEST(Amount, AnIntervalSharesItsSuffixWhenItsEndsAreNear) {
  EXPECT_EQ(to_words(amount(0.31e6, 1.2e6, 4.4e6, "USD", "a year")),
            "$0.31M to $4.4M a year, median $1.2M (90 %)");
  EXPECT_EQ(to_words(amount(43e3, 3e5, 1.4e6, "USD", "")), "$43k to $1.4M, median $300k (90 %)");
}

TEST(Amount, NaturalUnitsNameThemselves) {
  EXPECT_EQ(to_words(amount(2, 4, 8, std::string(kHoursLost), "a year")),
            "2 to 8 hours of service lost a year, median 4 (90 %)");
  EXPECT_EQ(to_words(amount(3, 3, 3, std::string(kIncidents), "now")), "3 incidents");
  EXPECT_EQ(to_words(amount(1200, 5000, 2.2e6, std::string(kRecordsExposed), "")),
            "1200 to 2.2M records exposed, median 5000 (90 %)");
}

TEST(Amount, MoneyIsAThreeLetterCode) {
  EXPECT_TRUE(amount(1, 1, 1, "USD", "").is_money());
  EXPECT_FALSE(amount(1, 1, 1, "hours of service lost", "").is_money());
  EXPECT_FALSE(amount(1, 1, 1, "", "").is_money());
}

RC_GTEST_PROP(Amount, WordsHaveNoExponentAndAtMostTwoSignificantDigits, ()) {
  const double value = std::exp(*rc::gen::inRange(-6900, 41000) / 1000.0);
  const std::string words = money_words(value, "USD");
  RC_ASSERT(words.find('e') == std::string::npos);
  const auto significant =
      std::count_if(words.begin(), words.end(), [](char c) { return c >= '1' && c <= '9'; });
  RC_ASSERT(significant >= 1 && significant <= 2);
}

TEST(MoneyWords, RoundUpIntoTheNextSuffix) {
  for (const double value : {995'000.0, 996'000.0, 999'600.0, 1'000'000.0}) {
    EXPECT_EQ(money_words(value, "USD"), "$1M") << value;
  }
  EXPECT_EQ(money_words(994'000, "USD"), "$990k");
}

}  // namespace
}  // namespace daytwo::model
