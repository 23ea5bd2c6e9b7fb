#include "http/target.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <utility>
#include <vector>

#include "base/percent.h"

namespace daytwo::http {
namespace {

TEST(Target, CutsPathFromQueryAndDecodesThePath) {
  const auto target = parse_target("/a%20b/c%2Fd/?x=%20");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/a b/c%2Fd/");
  EXPECT_EQ(target->query, "x=%20");
}

TEST(Target, KeepsTheRootAndATargetOfAQueryAlone) {
  EXPECT_EQ(parse_target("/")->path, "/");
  EXPECT_EQ(parse_target("/?a")->query, "a");
}

TEST(Target, RefusesWhatCouldLeaveTheTreeOrIsBroken) {
  for (const char* bad : {"", "a", "http://x/", "*", "/a/../b", "/%2e%2e/b", "/./a", "/%", "/%4",
                          "/%zz", "/%00", "/%ff"}) {
    EXPECT_FALSE(parse_target(bad)) << bad;
  }
}

TEST(Params, ReadsRepeatedNamesPlusAndEscapesInOrder) {
  Params params;
  ASSERT_TRUE(parse_params("match[]=up&match%5B%5D=a%2Bb+c&empty&=x&&last=", params));
  EXPECT_EQ(params.get_all("match[]"), (std::vector<std::string>{"up", "a+b c"}));
  EXPECT_EQ(params.find("empty"), "");
  EXPECT_EQ(params.find("last"), "");
  EXPECT_EQ(params.find("none"), std::nullopt);
}

TEST(Params, RefusesAFloodOfParameters) {
  std::string text;
  for (int i = 0; i < 1001; ++i) text += "a&";
  Params params;
  EXPECT_FALSE(parse_params(text, params));
}

TEST(PercentCode, EveryTextSurvivesARoundTrip) {
  EXPECT_TRUE(rc::check("text", [](const std::vector<unsigned char>& bytes) {
    std::string text;
    for (const unsigned char byte : bytes) text += static_cast<char>(byte % 127 + 1);
    RC_ASSERT(decode_text(percent_encode(text), true).value() == text);
  }));
}

TEST(MatchPath, FitsBracesToOneSegmentEach) {
  std::vector<std::string> values;
  EXPECT_TRUE(match_path("/label/{name}/values", "/label/job/values", values));
  EXPECT_EQ(values, (std::vector<std::string>{"job"}));
  EXPECT_TRUE(match_path("/x/{a}", "/x/b%2Fc", values));
  EXPECT_EQ(values[0], "b/c");
  for (const auto& [pattern, path] : std::vector<std::pair<std::string, std::string>>{
           {"/label/{name}/values", "/label//values"},
           {"/label/{name}/values", "/label/a/b/values"},
           {"/label/{name}/values", "/label/a"},
           {"/a", "/a/"},
           {"/a", "/ab"},
           {"/a/", "/a"},
           {"/a/{b}", "/a/"}}) {
    EXPECT_FALSE(match_path(pattern, path, values)) << pattern << " " << path;
  }
}

}  // namespace
}  // namespace daytwo::http
