#include "series/pattern.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace daytwo::series {
namespace {

TEST(Pattern, MatchesTheWholeSubjectWithDotTakingNewlines) {
  const auto pattern = Pattern::make("a.c");
  ASSERT_TRUE(pattern);
  EXPECT_TRUE(pattern->matches("a\nc"));
  EXPECT_FALSE(pattern->matches("xabc"));
  EXPECT_FALSE(Pattern::make("a("));
}

TEST(Pattern, ExpandsGroupsByNumberAndName) {
  const auto pattern = Pattern::make("(?P<host>.*):(\\d+)");
  ASSERT_TRUE(pattern);
  EXPECT_EQ(pattern->expand("db:5432", "$2 on ${host}"), "5432 on db");
  // A name is as long as it can be: `$2x` asks for a group called 2x [Go, regexp.Expand].
  EXPECT_EQ(pattern->expand("db:5432", "$2x|${2}x"), "|5432x");
  EXPECT_EQ(pattern->expand("db:5432", "$9$$${"), "$${");
  EXPECT_EQ(pattern->expand("db", "$1"), std::nullopt);
}

TEST(Pattern, LetsAnEmptySubjectMatchAndAnUnsetGroupBeEmpty) {
  const auto pattern = Pattern::make("(x)?(.*)");
  ASSERT_TRUE(pattern);
  EXPECT_EQ(pattern->expand("", "a${1}b"), "ab");
}

}  // namespace
}  // namespace daytwo::series
