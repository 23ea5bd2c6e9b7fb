#include "base/money.h"

#include <gtest/gtest.h>

#include <limits>

namespace daytwo {
namespace {

TEST(Currency, ReadsSignsAndCodesInAnyCase) {
  EXPECT_EQ(parse_currency("$").value().to_string(), "USD");
  EXPECT_EQ(parse_currency("€").value().to_string(), "EUR");
  EXPECT_EQ(parse_currency("£").value().to_string(), "GBP");
  EXPECT_EQ(parse_currency("chf").value().to_string(), "CHF");
}

TEST(Currency, RefusesWhatIsNone) {
  for (const char* text : {"", "dollar", "US", "U$D", "12E", "$$"}) {
    EXPECT_FALSE(parse_currency(text)) << text;
  }
}

TEST(Money, AddsWithinOneCurrency) {
  const Money ten{.minor = 1000, .currency = parse_currency("EUR").value()};
  const Money cent{.minor = -1, .currency = parse_currency("EUR").value()};
  EXPECT_EQ(add(ten, cent).value().minor, 999);
}

TEST(Money, NeverAddsTwoCurrencies) {
  const auto sum = add(Money{.minor = 1, .currency = parse_currency("EUR").value()},
                       Money{.minor = 1, .currency = parse_currency("USD").value()});
  ASSERT_FALSE(sum);
  EXPECT_EQ(sum.error().code, Code::kInvalid);
}

TEST(Money, RefusesATotalThatDoesNotFit) {
  const Money most{.minor = std::numeric_limits<std::int64_t>::max(), .currency = {}};
  EXPECT_EQ(add(most, Money{.minor = 1, .currency = {}}).error().code, Code::kLimit);
}

}  // namespace
}  // namespace daytwo
