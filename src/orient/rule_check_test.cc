#include "orient/rule_check.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "promql/engine.h"
#include "series/memory_source.h"

namespace daytwo::orient {
namespace {

TEST(RuleCheck, NamesEachQueryThatIsNone) {
  const auto groups = model::parse_rule_file(
      "groups:\n- name: g\n  rules:\n  - {record: a, expr: 'sum(b'}\n  - {record: c, expr: d}\n"
      "  - {alert: E, expr: 'f[5m]'}\n",
      "rules.yml");
  ASSERT_TRUE(groups) << groups.error().to_string();
  const Diagnostics problems = check_rules(*groups);
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems.at(0).line, 4);
  EXPECT_EQ(problems.at(1).text, "E: a rule cannot hold a range vector");
}

TEST(RuleCheck, PublishedAlertsParseAndEvaluateOverAnEmptyStore) {
  const series::MemorySource nothing;
  const promql::Engine engine(nothing);
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("tests/data/alerts")) {
    if (entry.path().extension() != ".yml") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto groups = model::parse_rule_file(text, entry.path().string());
    ASSERT_TRUE(groups) << groups.error().to_string();
    EXPECT_TRUE(check_rules(*groups).empty()) << entry.path();
    for (const model::RuleGroup& group : *groups) {
      for (const model::Rule& rule : group.rules) {
        const auto answer = engine.instant(rule.query, Timestamp{1'700'000'000'000});
        EXPECT_TRUE(answer) << rule.name() << ": " << answer.error().to_string();
        ++count;
      }
    }
  }
  EXPECT_EQ(count, 632U);
}

}  // namespace
}  // namespace daytwo::orient
