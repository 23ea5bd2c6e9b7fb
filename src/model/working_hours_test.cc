#include "model/working_hours.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace daytwo::model {
namespace {

Timestamp at(const char* text) { return parse_rfc3339(text).value(); }

// One zone is known: Berlin.
Result<Zone> find(std::string_view name) {
  if (name != "Europe/Berlin") return fail(Code::kInvalid, "no such zone");
  std::ifstream file("tests/data/zones/Berlin.tzif", std::ios::binary);
  return Zone::parse(std::string(name), std::string(std::istreambuf_iterator<char>(file), {}));
}

// 2026-11-20 is a Friday.
TEST(WorkingHours, BeginAgainOnMondayAfterAFridayEvening) {
  const WorkingHours usual;
  EXPECT_TRUE(usual.include(at("2026-11-20T16:59:59Z")));
  EXPECT_FALSE(usual.include(at("2026-11-20T17:00:00Z")));
  EXPECT_EQ(usual.next_start(at("2026-11-20T17:00:00Z")), at("2026-11-23T09:00:00Z"));
  EXPECT_EQ(usual.next_start(at("2026-11-23T08:59:59Z")), at("2026-11-23T09:00:00Z"));
  EXPECT_EQ(usual.next_start(at("2026-11-23T09:00:00Z")), at("2026-11-24T09:00:00Z"));
  EXPECT_EQ(clock_words(usual, at("2026-11-23T09:00:00Z")), "Mon 09:00 UTC");
}

TEST(WorkingHours, FollowTheOffsetOfTheirZone) {
  const auto east = parse_working_hours("Mon-Fri 09:00-17:00 +05:30", find);
  ASSERT_TRUE(east);
  EXPECT_TRUE(east->include(at("2026-11-20T03:30:00Z")));
  EXPECT_FALSE(east->include(at("2026-11-20T03:29:59Z")));
  const auto west = parse_working_hours("Sun 00:00-24:00 -08:00", find);
  ASSERT_TRUE(west);
  EXPECT_EQ(west->next_start(at("2026-11-20T12:00:00Z")), at("2026-11-22T08:00:00Z"));
  // A day of one: the next one is a week away.
  EXPECT_EQ(west->next_start(at("2026-11-22T08:00:00Z")), at("2026-11-29T08:00:00Z"));
}

TEST(WorkingHours, FollowSummerTime) {
  const auto berlin = parse_working_hours("Mon-Sun 09:00-17:00 Europe/Berlin", find);
  ASSERT_TRUE(berlin);
  // The clocks go back on 25 October 2026: nine o'clock comes an hour later.
  EXPECT_EQ(berlin->next_start(at("2026-10-23T12:00:00Z")), at("2026-10-24T07:00:00Z"));
  EXPECT_EQ(berlin->next_start(at("2026-10-24T12:00:00Z")), at("2026-10-25T08:00:00Z"));
  EXPECT_TRUE(berlin->include(at("2026-10-24T07:00:00Z")));
  EXPECT_FALSE(berlin->include(at("2026-10-25T07:59:59Z")));
  EXPECT_EQ(clock_words(*berlin, at("2026-10-25T08:00:00Z")), "Sun 09:00 Europe/Berlin");
}

TEST(WorkingHours, SkipADayWhoseHoursTheClockSwallows) {
  const auto gap = parse_working_hours("Sun 02:00-03:00 Europe/Berlin", find);
  ASSERT_TRUE(gap);
  EXPECT_EQ(gap->next_start(at("2026-03-23T00:00:00Z")), at("2026-04-05T00:00:00Z"));
}

TEST(WorkingHours, ReadBackAsTheyPrint) {
  for (const char* text : {"Mon-Fri 09:00-17:00 UTC", "Sun-Thu 08:30-16:00 +03:00",
                           "Mon,Wed,Fri 10:00-24:00 -08:00", "Mon 09:00-17:00 Europe/Berlin"}) {
    const auto read = parse_working_hours(text, find);
    ASSERT_TRUE(read) << text;
    const auto again = parse_working_hours(to_words(*read), find);
    ASSERT_TRUE(again) << to_words(*read);
    EXPECT_EQ(*again, *read);
  }
}

TEST(WorkingHours, RefuseWhatTheyDoNotUnderstand) {
  for (const char* bad : {"", "Mon", "Mon-Fri", "Mon-Fri 9-17", "Mun 09:00-17:00",
                          "Mon 17:00-09:00", "Mon 09:00-25:00", "Mon 09:00-17:00 Berlin",
                          "Mon 09:00-17:00 +99:00", "Mon 09:00-17:00 UTC more"}) {
    const auto read = parse_working_hours(bad, find);
    ASSERT_FALSE(read) << bad;
    EXPECT_EQ(read.error().code, Code::kInvalid);
  }
}

RC_GTEST_PROP(WorkingHours, TheNextStartIsInsideThemAndNothingStartsBefore, ()) {
  WorkingHours hours;
  hours.zone = Zone::fixed(minutes(*rc::gen::inRange(-840, 841)));
  const Timestamp now{*rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 2'000'000'000'000)};
  const Timestamp start = hours.next_start(now);
  RC_ASSERT(start > now && start - now <= days(7));
  RC_ASSERT(hours.include(start) && !hours.include(start - milliseconds(1)));
  if (start - now > days(1)) RC_ASSERT(hours.next_start(now + hours.from) <= start);
}

}  // namespace
}  // namespace daytwo::model
