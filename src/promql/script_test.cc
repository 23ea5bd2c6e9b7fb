#include "promql/script.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "series/memory_source.h"

namespace daytwo::promql {
namespace {

ScriptReport run(const std::string& file, const std::string& text) {
  series::MemorySource memory;
  return run_script(file, text, {memory, memory, [&memory] { memory.clear(); }});
}

std::vector<std::filesystem::path> scripts() {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator("tests/script/promql")) {
    if (entry.path().extension() == ".test") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

class ScriptFile : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(ScriptFile, AnswersAsWritten) {
  std::ifstream file(GetParam());
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const ScriptReport report = run(GetParam().string(), text);
  EXPECT_GT(report.evaluations, 0U);
  for (const Diagnostic& failure : report.failures) ADD_FAILURE() << failure.to_string();
}

INSTANTIATE_TEST_SUITE_P(All, ScriptFile, testing::ValuesIn(scripts()), [](const auto& each) {
  std::string name = each.param.stem().string();
  std::replace_if(name.begin(), name.end(), [](char c) { return c == '-' || c == '.'; }, '_');
  return name;
});

TEST(Script, FailsWhenAValueDiffers) {
  const ScriptReport report = run("inline", "load 1m\n a 1 2\n\neval instant at 1m a\n a 3\n");
  ASSERT_FALSE(report.failures.empty());
  EXPECT_EQ(report.failures[0].line, 4);
  EXPECT_EQ(report.failures[0].text, "a at 60 s is 2, expected 3");
}

TEST(Script, FailsWhenASeriesIsMissingOrExtra) {
  EXPECT_FALSE(run("inline", "eval instant at 0 vector(1)\n").failures.empty());
  EXPECT_FALSE(run("inline", "eval instant at 0 up\n up 1\n").failures.empty());
}

TEST(Script, FailsWhenAFailureDoesNotComeOrReadsOtherwise) {
  EXPECT_FALSE(run("inline", "eval_fail instant at 0 1\n").failures.empty());
  EXPECT_FALSE(
      run("inline", "eval instant at 0 1 +\n expect fail msg: something else\n").failures.empty());
  EXPECT_TRUE(run("inline", "eval instant at 0 1 +\n expect fail regex: unexpected end\n")
                  .failures.empty());
}

TEST(Script, NamesTheLineOfAMistake) {
  const ScriptReport report = run("inline", "clear\n\nload 1m\n a 1 two\n");
  ASSERT_EQ(report.failures.size(), 1U);
  EXPECT_EQ(report.failures[0].line, 4);
}

TEST(Script, TriesEachInstantEvalAsRangeAndPinned) {
  const ScriptReport report = run("inline", "load 1m\n a 1 2\n\neval instant at 1m a\n a 2\n");
  EXPECT_EQ(report.evaluations, 1U);
  EXPECT_EQ(report.checks, 13U);  // as is, as range, printed, then 5 times twice pinned
  EXPECT_TRUE(report.failures.empty());
}

TEST(Script, ComparesWarningsAndTheirAbsence) {
  const std::string eval = "load 1m\n a 1 2\n\neval instant at 1m quantile(2, a)\n {} Inf\n";
  EXPECT_TRUE(run("inline", eval + " expect warn regex: quantile value\n").failures.empty());
  EXPECT_FALSE(run("inline", eval + " expect no_warn\n").failures.empty());
  EXPECT_FALSE(run("inline", eval + " expect info\n").failures.empty());
}

}  // namespace
}  // namespace daytwo::promql
