#include "wire/json_rows.h"

#include <gtest/gtest.h>

#include <string>

namespace daytwo::wire {
namespace {

TEST(JsonRows, ReadAListWithLines) {
  const auto rows = parse_json_rows(
      "[\n  {\"service\": \"a\\u00e9\", \"days\": 2.5, \"open\": true, \"end\": null},\n"
      "  {\"service\": \"b\"}\n]\n",
      "f.json");
  ASSERT_TRUE(rows.has_value()) << rows.error().to_string();
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ((*rows)[0].fields[0].second, "a\xC3\xA9");
  EXPECT_EQ((*rows)[0].fields[1].second, "2.5");
  EXPECT_EQ((*rows)[0].fields[2].second, "true");
  EXPECT_EQ((*rows)[0].fields[3].second, "");
  EXPECT_EQ((*rows)[0].line, 2);
  EXPECT_EQ((*rows)[1].line, 3);
}

TEST(JsonRows, ReadOneObjectALine) {
  const auto rows = parse_json_rows("{\"a\":\"1\"}\n\n{\"a\":\"2\"}\n", "f");
  ASSERT_TRUE(rows.has_value()) << rows.error().to_string();
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ((*rows)[1].line, 3);
}

// Counted from the start for each row, this would be 2 * 10^11 bytes to look at.
TEST(JsonRows, ReadALongListInOnePass) {
  constexpr int kRows = 200'000;
  std::string text = "[\n";
  for (int i = 0; i < kRows; ++i) text += i == 0 ? "{\"a\":1}\n" : ",{\"a\":1}\n";
  text += "]";
  const auto rows = parse_json_rows(text, "f");
  ASSERT_TRUE(rows.has_value()) << rows.error().to_string();
  ASSERT_EQ(rows->size(), std::size_t{kRows});
  EXPECT_EQ(rows->back().line, kRows + 1);
}

TEST(JsonRows, NameTheLineOfWhatIsWrong) {
  const auto line = [](const std::string& text) {
    const auto rows = parse_json_rows(text, "f");
    EXPECT_FALSE(rows.has_value()) << text;
    return rows.has_value() || rows.error().diagnostics.empty() ? 0
                                                                : rows.error().diagnostics[0].line;
  };
  EXPECT_EQ(line("[\n{\"a\":1},\n{\"b\":[1]}]"), 3);
  EXPECT_EQ(line("{\"a\":1}\n{\"a\"\n"), 2);
  EXPECT_EQ(line("[\n{\"a\":1},\n5]"), 3);
  EXPECT_EQ(line("{\"a\":1} x\n"), 1);
  EXPECT_FALSE(parse_json_rows("\xFF", "f").has_value());
  EXPECT_EQ(parse_json_rows("", "f")->size(), 0U);
}

}  // namespace
}  // namespace daytwo::wire
