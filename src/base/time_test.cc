#include "base/time.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

namespace daytwo {
namespace {

TEST(Rfc3339, WritesTheEpochAndDropsZeroMilliseconds) {
  EXPECT_EQ(to_rfc3339({0}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339({1}), "1970-01-01T00:00:00.001Z");
  EXPECT_EQ(to_rfc3339({-1}), "1969-12-31T23:59:59.999Z");
}

// 951782400 is 2000-02-29 (`date -u -d @951782400`): a leap day in a year divisible by 400.
TEST(Rfc3339, KnowsLeapDays) {
  EXPECT_EQ(parse_rfc3339("2000-02-29T00:00:00Z").value().ms, 951'782'400'000);
  EXPECT_FALSE(parse_rfc3339("1900-02-29T00:00:00Z"));
  EXPECT_FALSE(parse_rfc3339("2026-02-29T00:00:00Z"));
}

// The three spellings of one instant in RFC 3339, section 5.8.
TEST(Rfc3339, ReadsZones) {
  EXPECT_EQ(parse_rfc3339("1996-12-19T16:39:57-08:00").value(),
            parse_rfc3339("1996-12-20T00:39:57Z").value());
  EXPECT_EQ(parse_rfc3339("1937-01-01T12:00:27.87+00:20").value(),
            parse_rfc3339("1937-01-01T11:40:27.870Z").value());
}

TEST(Rfc3339, CutsFractionsAtMilliseconds) {
  EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:00.1239999Z").value().ms, 123);
}

TEST(Rfc3339, RefusesWhatIsNoInstant) {
  for (const char* text :
       {"", "2026-11-22", "2026-11-22T17:00:00", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
        "2026-11-22T24:00:00Z", "2026-11-22T17:60:00Z", "2026-11-22T17:00:00+1:00",
        "2026-11-22T17:00:00Zx", "22-11-2026T17:00:00Z"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

TEST(Rfc3339, ReadsBackWhatItWrites) {
  EXPECT_TRUE(rc::check([] {
    // Years 1 to 9999, which are written with four digits.
    const auto ms = *rc::gen::inRange<std::int64_t>(-62'135'596'800'000, 253'402'300'800'000);
    RC_ASSERT(parse_rfc3339(to_rfc3339({ms})).value().ms == ms);
  }));
}

TEST(Duration, SaysTheTwoLargestUnitsToPeople) {
  EXPECT_EQ(to_words(Duration{0}), "0s");
  EXPECT_EQ(to_words(milliseconds(120)), "120ms");
  EXPECT_EQ(to_words(seconds(35)), "35s");
  EXPECT_EQ(to_words(days(2) + hours(4) + minutes(59)), "2d 4h");
  EXPECT_EQ(to_words(-minutes(90)), "-1h 30m");
  EXPECT_EQ(to_words(days(1) + seconds(5)), "1d");
}

TEST(Duration, ReadsPrometheusStyle) {
  EXPECT_EQ(parse_duration("1h30m").value(), minutes(90));
  EXPECT_EQ(parse_duration("500ms").value(), milliseconds(500));
  EXPECT_EQ(parse_duration("1w").value(), days(7));
  EXPECT_EQ(parse_duration("1y").value(), days(365));
  EXPECT_EQ(parse_duration("0").value(), Duration{0});
}

TEST(Duration, RefusesUnitsTwiceOutOfOrderOrMissing) {
  for (const char* text : {"", "5", "m", "1m1h", "1h1h", "1.5h", "-5m", "5 m", "5x",
                           "99999999999999999999y", "9999999999999y"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(Duration, ReadsBackWhatItWrites) {
  EXPECT_TRUE(rc::check([] {
    const auto span = milliseconds(*rc::gen::inRange<std::int64_t>(0, 100'000'000'000'000));
    RC_ASSERT(parse_duration(to_string(span)).value() == span);
  }));
}

}  // namespace
}  // namespace daytwo
