#include "base/diagnostic.h"

#include <gtest/gtest.h>

#include "base/diagnostic_order.h"

namespace daytwo {
namespace {

TEST(Diagnostic, ShowsTheLineWithACaretAndWhatWouldBeRight) {
  const Diagnostic problem{.file = "daytwo.yml",
                           .line = 4,
                           .column = 3,
                           .text = "unknown key 'stake'",
                           .source_line = "  stake: $2k",
                           .expected = "a top-level key",
                           .suggestion = "stakes"};
  EXPECT_EQ(problem.to_string(),
            "daytwo.yml:4:3: unknown key 'stake'\n"
            "    stake: $2k\n"
            "    ^\n"
            "  expected a top-level key\n"
            "  did you mean 'stakes'?");
}

TEST(Diagnostic, KeepsTabsBeforeTheCaret) {
  const Diagnostic problem{.line = 1, .column = 3, .text = "wrong", .source_line = "\t\tx"};
  EXPECT_EQ(problem.to_string(), "1:3: wrong\n  \t\tx\n  \t\t^");
}

TEST(Diagnostic, WithoutAPlaceIsItsSentence) {
  EXPECT_EQ(Diagnostic{.text = "nothing to read"}.to_string(), "nothing to read");
  EXPECT_EQ((Diagnostic{.file = "--flag", .text = "not a number"}.to_string()),
            "--flag: not a number");
}

TEST(Diagnostic, IsPutWhereAReaderMeetsIt) {
  Diagnostics problems = {{.file = "b", .line = 2, .column = 1, .text = "3"},
                          {.file = "a", .line = 1, .column = 1, .text = "4"},
                          {.file = "b", .line = 1, .column = 9, .text = "2"},
                          {.file = "b", .text = "1"},
                          {.file = "a", .line = 1, .column = 1, .text = "5"}};
  sort_by_place(problems);
  std::string order;
  for (const Diagnostic& problem : problems) order += problem.text;
  EXPECT_EQ(order, "12345");
}

}  // namespace
}  // namespace daytwo
