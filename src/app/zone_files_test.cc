#include "app/zone_files.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "sim/recorded_tree.h"

namespace daytwo::app {
namespace {

TEST(ZoneFiles, AreFoundByNameAndAWrongNameIsToldTheNearest) {
  sim::RecordedTree host;
  std::ifstream file("tests/data/zones/Berlin.tzif", std::ios::binary);
  host.put("/usr/share/zoneinfo/Europe/Berlin",
           std::string(std::istreambuf_iterator<char>(file), {}));
  host.put("/usr/share/zoneinfo/tzdata.zi",
           "# version 2025b\nR e 1977 1980 - Ap Su>=1 1u 1 S\nZ Europe/Berlin 0:53:28 - LMT\n"
           "1 c CE%sT 1945\nL Europe/Berlin Europe/Oslo\n");
  const model::FindZone find = zones_of(host);
  const auto berlin = find("Europe/Berlin");
  ASSERT_TRUE(berlin);
  EXPECT_EQ(berlin->offset_at(parse_rfc3339("2026-07-01T00:00:00Z").value()), hours(2));
  EXPECT_EQ(find("Europe/Berln").error().text,
            "there is no zone 'Europe/Berln'; did you mean 'Europe/Berlin'?");
  EXPECT_EQ(find("Europe/Olso").error().text,
            "there is no zone 'Europe/Olso'; did you mean 'Europe/Oslo'?");
  EXPECT_EQ(find("CEST").error().text,
            "there is no zone 'CEST': a zone is UTC, +01:00 or a name like Europe/Berlin");
}

TEST(ZoneFiles, NeverLeaveTheirFolder) {
  sim::RecordedTree host;
  host.put("/etc/secret", "TZif");
  host.put("/usr/share/zoneinfo/tzdata.zi", "Z Europe/Berlin 0:53:28 - LMT\n");
  for (const char* name : {"../../../etc/secret", "/etc/secret", "", "a\0b"}) {
    const auto read = zones_of(host)(name);
    ASSERT_FALSE(read) << name;
    EXPECT_EQ(read.error().code, Code::kInvalid) << name;
  }
}

TEST(ZoneFiles, AHostWithoutThemSaysWhatToDo) {
  const sim::RecordedTree bare;
  const auto read = zones_of(bare)("Europe/Berlin");
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().text.find("install tzdata, or write an offset"), std::string::npos);
}

}  // namespace
}  // namespace daytwo::app
