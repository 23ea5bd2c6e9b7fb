#include "wire/csv.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"

namespace daytwo::wire {
namespace {

std::vector<std::vector<std::string>> texts(const std::vector<CsvRow>& rows) {
  std::vector<std::vector<std::string>> out;
  for (const CsvRow& row : rows) {
    out.emplace_back();
    for (const CsvCell& cell : row.cells) out.back().push_back(cell.text);
  }
  return out;
}

TEST(Csv, ReadsWhatSpreadsheetsSave) {
  const auto rows = parse_csv(
      "\xEF\xBB\xBFservice,title\r\ncheckout,\"a, \"\"b\"\"\"\r\n\r\n   "
      "\r\nshop,\"two\r\nlines\"\r\n"
      "x,\r\n,\"\"",
      "f.csv");
  ASSERT_TRUE(rows.has_value()) << rows.error().to_string();
  EXPECT_EQ(texts(*rows), (std::vector<std::vector<std::string>>{{"service", "title"},
                                                                 {"checkout", "a, \"b\""},
                                                                 {"shop", "two\r\nlines"},
                                                                 {"x", ""},
                                                                 {"", ""}}));
  EXPECT_EQ((*rows)[1].line, 2);
  EXPECT_EQ((*rows)[2].line, 5);
  EXPECT_EQ((*rows)[3].line, 7);
  EXPECT_EQ((*rows)[2].cells[1].column, 6);
}

TEST(Csv, TakesTheSeparatorOfTheHeading) {
  EXPECT_EQ(texts(*parse_csv("a;b\n1,5;2\n", "f")),
            (std::vector<std::vector<std::string>>{{"a", "b"}, {"1,5", "2"}}));
  EXPECT_EQ(texts(*parse_csv("a\tb\n1\t2\n", "f")),
            (std::vector<std::vector<std::string>>{{"a", "b"}, {"1", "2"}}));
}

TEST(Csv, NamesEveryBrokenLine) {
  const auto rows = parse_csv("a,b\n1,x\"y\n2,\"q\"z\n3,ok\n\xFF,1\n4,\"open\n", "f.csv");
  ASSERT_FALSE(rows.has_value());
  const Diagnostics& all = rows.error().diagnostics;
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].line, 2);
  EXPECT_EQ(all[0].column, 4);
  EXPECT_EQ(all[0].source_line, "1,x\"y");
  EXPECT_EQ(all[1].line, 3);
  EXPECT_EQ(all[2].line, 5);
  EXPECT_EQ(all[3].line, 6);
  EXPECT_EQ(all[3].text, "a quote that is not closed");
}

TEST(Csv, IsBounded) {
  EXPECT_FALSE(parse_csv(std::string(kMaxCsvCellBytes + 1, 'x') + ",1\n", "f").has_value());
  EXPECT_FALSE(
      parse_csv("a,\"" + std::string(kMaxCsvCellBytes + 1, 'x') + "\"\n", "f").has_value());
  EXPECT_FALSE(parse_csv(std::string(kMaxCsvColumns + 1, ','), "f").has_value());
}

RC_GTEST_PROP(Csv, ReadsBackWhatIsQuoted, (std::vector<std::string> cells)) {
  if (cells.empty()) cells.emplace_back();
  std::string line;
  for (std::string& cell : cells) {
    for (char& c : cell) c = static_cast<char>(c & 0x7F);
    if (!line.empty()) line += ',';
    line += '"';
    for (const char c : cell) line += c == '"' ? std::string("\"\"") : std::string(1, c);
    line += '"';
  }
  const auto rows = parse_csv("h,\n" + line + "\n", "f");
  RC_ASSERT(rows.has_value());
  const bool blank = cells.size() == 1 && trim(cells[0]).empty();
  RC_ASSERT(rows->size() == (blank ? 1U : 2U));
  if (!blank) RC_ASSERT(texts(*rows)[1] == cells);
}

}  // namespace
}  // namespace daytwo::wire
