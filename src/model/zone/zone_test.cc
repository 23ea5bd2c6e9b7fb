#include "model/zone/zone.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/text.h"

namespace daytwo::model {
namespace {

constexpr std::array<const char*, 8> kZones = {"Berlin", "Dublin",    "Lord_Howe", "Casablanca",
                                               "Apia",   "Kathmandu", "Sao_Paulo", "Troll"};

std::string bytes_of(const std::string& name) {
  std::ifstream file("tests/data/zones/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Zone zone(const std::string& name) { return Zone::parse(name, bytes_of(name + ".tzif")).value(); }

Timestamp at(const char* text) { return parse_rfc3339(text).value(); }

// The wall clock at `text`, which is written as if it were UTC.
WallTime wall(const char* text) { return {Duration{at(text).ms}}; }

TEST(Zone, HasTheOffsetsThatAnotherReaderFinds) {
  const std::string table = bytes_of("offsets.csv");
  std::string name;
  Zone now;
  int compared = 0;
  for (const std::string_view line : split(table, '\n')) {
    const std::vector<std::string_view> cells = split(line, ',');
    if (cells.size() != 3 || cells[0] == "zone") continue;
    if (name != cells[0]) now = zone(name = cells[0]);
    const Timestamp when{std::stoll(std::string(cells[1])) * 1000};
    EXPECT_EQ(now.offset_at(when), seconds(std::stoll(std::string(cells[2])))) << line;
    ++compared;
  }
  EXPECT_GT(compared, 500);
}

TEST(Zone, AnAmbiguousTimeIsItsFirstInstant) {
  const Zone berlin = zone("Berlin");
  // 2026-10-25: 03:00 summer time becomes 02:00.
  EXPECT_EQ(berlin.instant(wall("2026-10-25T02:30:00Z")), at("2026-10-25T00:30:00Z"));
  EXPECT_EQ(berlin.instant(wall("2026-10-25T03:00:00Z")), at("2026-10-25T02:00:00Z"));
  EXPECT_EQ(berlin.wall(at("2026-10-25T01:30:00Z")), wall("2026-10-25T02:30:00Z"));
}

TEST(Zone, AMissingTimeIsTheFirstInstantAfterTheGap) {
  // 2026-03-29: 02:00 becomes 03:00.
  EXPECT_EQ(zone("Berlin").instant(wall("2026-03-29T02:10:00Z")), at("2026-03-29T01:00:00Z"));
  // Half an hour is missing on Lord Howe Island: 2026-10-04, 02:00 becomes 02:30.
  EXPECT_EQ(zone("Lord_Howe").instant(wall("2026-10-04T02:10:00Z")), at("2026-10-03T15:30:00Z"));
  // Samoa had no 30 December 2011.
  EXPECT_EQ(zone("Apia").instant(wall("2011-12-30T12:00:00Z")), at("2011-12-30T10:00:00Z"));
}

TEST(Zone, FollowsTheYearlyRuleBeyondTheLastListedChange) {
  const Zone berlin = zone("Berlin");
  EXPECT_EQ(berlin.offset_at(at("2150-07-01T00:00:00Z")), hours(2));
  EXPECT_EQ(berlin.offset_at(at("2150-12-01T00:00:00Z")), hours(1));
  EXPECT_EQ(berlin.next_change(at("2150-07-01T00:00:00Z")), at("2150-10-25T01:00:00Z"));
  EXPECT_EQ(zone("Kathmandu").next_change(at("2150-07-01T00:00:00Z")), std::nullopt);
  EXPECT_EQ(berlin.offset_at(kMaxTimestamp), hours(1));
  EXPECT_EQ(berlin.offset_at(kMinTimestamp), seconds(3208)) << "local mean time";
}

TEST(Zone, RefusesDamagedBytesWhereverTheyAreCut) {
  const std::string whole = bytes_of("Berlin.tzif");
  ASSERT_GT(whole.size(), 1000U);
  for (std::size_t kept = 0; kept + 1 < whole.size(); kept += 7) {
    const auto read = Zone::parse("Berlin", whole.substr(0, kept));
    ASSERT_FALSE(read) << kept;
    EXPECT_EQ(read.error().code, Code::kCorrupt);
  }
  std::string wrong = whole;
  wrong.replace(wrong.find("M3.5.0"), 6, "M3.6.0");
  EXPECT_FALSE(Zone::parse("Berlin", wrong));
}

TEST(Zone, OffsetsNeedNoFiles) {
  const FindZone none = [](std::string_view name) -> Result<Zone> {
    return fail(Code::kInvalid, std::string(name));
  };
  EXPECT_EQ(zone_of("UTC", none)->offset_at(at("2026-07-01T00:00:00Z")), Duration{});
  EXPECT_EQ(zone_of("-09:30", none)->offset_at(at("2026-07-01T00:00:00Z")),
            -(hours(9) + minutes(30)));
  EXPECT_EQ(zone_of("+05:45", none)->name(), "+05:45");
  for (const char* bad : {"+5:45", "+15:00", "+05:60", "-", "+aa:bb", ""}) {
    EXPECT_FALSE(zone_of(bad, none)) << bad;
  }
}

RC_GTEST_PROP(Zone, AnInstantIsTheFirstThatShowsItsTimeOrMore, ()) {
  static const std::vector<Zone> kAll = [] {
    std::vector<Zone> out;
    for (const char* name : kZones) out.push_back(zone(name));
    return out;
  }();
  const Zone& one = *rc::gen::elementOf(kAll);
  const Duration shown{*rc::gen::inRange<std::int64_t>(-4'000'000'000'000, 6'000'000'000'000)};
  const Timestamp first = one.instant({shown});
  RC_ASSERT(one.wall(first) >= WallTime{shown});
  RC_ASSERT(one.wall(first - milliseconds(1)) < WallTime{shown});
  for (Timestamp before = first - minutes(1); first - before < hours(30);
       before = before - minutes(13)) {
    RC_ASSERT(one.wall(before) < WallTime{shown});
  }
}

RC_GTEST_PROP(Zone, AnOffsetHoldsUntilTheNextChange, ()) {
  static const Zone kTroll = zone("Troll");
  const Timestamp now{*rc::gen::inRange<std::int64_t>(-2'000'000'000'000, 6'000'000'000'000)};
  const auto next = kTroll.next_change(now);
  RC_ASSERT(next.has_value() && *next > now);
  RC_ASSERT(kTroll.offset_at(*next - milliseconds(1)) == kTroll.offset_at(now));
}

}  // namespace
}  // namespace daytwo::model
