#include "base/diagnostic.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace daytwo
