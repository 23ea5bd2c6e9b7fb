// What the help teaches must survive being pasted into a shell.
#include <gtest/gtest.h>

#include <string>

#include "app/answer_words.h"
#include "app/command.h"

namespace daytwo::app {
namespace {

// Whether a shell would replace a part of `line`: a dollar outside single quotes.
bool shell_would_expand(const std::string& line) {
  bool literal = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '\'') literal = !literal;
    if (line[at] == '$' && !literal && (at == 0 || line[at - 1] != '\\')) return true;
  }
  return false;
}

TEST(Help, SeesAnAmountThatAShellWouldEat) {
  EXPECT_TRUE(shell_would_expand("daytwo worry add \"30% a year, $25k to $2.5M\""));
  EXPECT_FALSE(shell_would_expand("daytwo worry add '30% a year, $25k to $2.5M'"));
}

TEST(Help, ShowsNoExampleThatAShellWouldChange) {
  for (const Command& command : commands()) {
    for (const std::string& example : command.examples) {
      EXPECT_FALSE(shell_would_expand(example)) << example;
    }
  }
}

TEST(Help, QuotesAPlaceholderForAShell) {
  EXPECT_EQ(shell_quoted("an hour costs $2k"), "'an hour costs $2k'");
  EXPECT_EQ(shell_quoted("ana's hour"), "'ana'\\''s hour'");
}

}  // namespace
}  // namespace daytwo::app
