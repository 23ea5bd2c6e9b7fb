#include "base/nanos.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace daytwo {
namespace {

TEST(Nanos, ReadsAmountsAsBillsWriteThem) {
  EXPECT_EQ(parse_nanos("4380.00"), 4'380 * kNanosInOne);
  EXPECT_EQ(parse_nanos("$10,000.00 "), 10'000 * kNanosInOne);
  EXPECT_EQ(parse_nanos("-$5"), -5 * kNanosInOne);
  EXPECT_EQ(parse_nanos("$-5"), -5 * kNanosInOne);
  EXPECT_EQ(parse_nanos("(5.25)"), -5'250'000'000);
  EXPECT_EQ(parse_nanos("USD 3"), 3 * kNanosInOne);
  EXPECT_EQ(parse_nanos("1.2E-05"), 12'000);
  EXPECT_EQ(parse_nanos("1e3"), 1'000 * kNanosInOne);
  EXPECT_EQ(parse_nanos(".5"), kNanosInOne / 2);
  EXPECT_EQ(parse_nanos("0"), 0);
  EXPECT_EQ(parse_nanos("1,234,567.5"), 1'234'567'500'000'000);
}

TEST(Nanos, RoundsHalfAwayFromZero) {
  EXPECT_EQ(parse_nanos("0.0000000005"), 1);
  EXPECT_EQ(parse_nanos("-0.0000000005"), -1);
  EXPECT_EQ(parse_nanos("0.00000000049"), 0);
  EXPECT_EQ(parse_nanos("1e-30"), 0);
}

TEST(Nanos, RefusesWhatIsNoAmount) {
  for (const char* text :
       {"", " ", "null", "1.234,56", "12,34", "1,2345", ",123", "1,234567", "1..2", "--1", "1e99",
        "0x10", "NaN", "inf", "5 EUR", "$", "9000000000", "1 000"}) {
    EXPECT_EQ(parse_nanos(text), std::nullopt) << text;
  }
}

TEST(NanoSum, RoundsToCents) {
  const auto cents = [](std::int64_t nanos) { return NanoSum(nanos).to_cents(); };
  EXPECT_EQ(cents(0), "0.00");
  EXPECT_EQ(cents(1'234'565'000'000), "1,234.57");
  EXPECT_EQ(cents(-1'234'565'000'000), "-1,234.57");
  EXPECT_EQ(cents(-500'000'000), "-0.50");
  EXPECT_EQ(cents(-1'000'000), "0.00");
  EXPECT_EQ(cents(999'995'000'000), "1,000.00");
  EXPECT_EQ(cents(-1'000'000'000), "-1.00");
}

TEST(NanoSum, StaysExactBeyondOneAmount) {
  NanoSum sum;
  for (int i = 0; i < 1000; ++i) sum.add(8'999'999'999'999'999'999);
  EXPECT_EQ(sum.to_cents(), "9,000,000,000,000.00");
  for (int i = 0; i < 1000; ++i) sum.subtract(NanoSum(8'999'999'999'999'999'999));
  EXPECT_EQ(sum, NanoSum());
}

RC_GTEST_PROP(Nanos, ReadsBackWhatItPrints, ()) {
  const auto nanos =
      *rc::gen::inRange<std::int64_t>(-8'999'999'999'999'999'999, 8'999'999'999'999'999'999);
  RC_ASSERT(parse_nanos(nanos_text(nanos)) == nanos);
}

RC_GTEST_PROP(NanoSum, AddsInAnyOrder, (std::vector<std::int32_t> parts)) {
  NanoSum forth;
  NanoSum back;
  for (auto each = parts.begin(); each != parts.end(); ++each) forth.add(*each);
  for (auto each = parts.rbegin(); each != parts.rend(); ++each) back.add(NanoSum(*each));
  RC_ASSERT(forth == back);
}

}  // namespace
}  // namespace daytwo
