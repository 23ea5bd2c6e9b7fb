#include "orient/export_rules.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "promql/parse.h"
#include "promql/print.h"

namespace daytwo::orient {
namespace {

std::string file(const std::string& name) {
  std::ifstream in("tests/data/slo/sloth/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The tree of a query as one line: equal lines are equal trees, numbers to the last bit.
std::string tree(const std::string& query) {
  const auto read = promql::parse(query);
  return read ? promql::print(*read->root) : read.error().text;
}

Result<std::vector<model::RuleGroup>> exported(const std::string& text) {
  const model::CatalogFile spec{"spec.yml", text};
  TRY(const auto specs, model::read_specs({&spec, 1}, std::nullopt));
  return export_as_sloth(specs, {"dev", {{"cmd", "examplesgen.sh"}}});
}

class SlothPairs : public testing::TestWithParam<const char*> {};

TEST_P(SlothPairs, AreTheRulesThatSlothGenerates) {
  const std::string name = GetParam();
  const auto made = exported(file(name + ".yml"));
  ASSERT_TRUE(made) << made.error().to_string();
  const auto theirs = model::parse_rule_file(file(name + ".rules.yml"), "theirs.yml");
  ASSERT_TRUE(theirs) << theirs.error().to_string();
  // What is printed is compared, not what was meant to be.
  const auto ours = model::parse_rule_file(model::to_rule_yaml(*made), "ours.yml");
  ASSERT_TRUE(ours) << ours.error().to_string();
  ASSERT_FALSE(theirs->empty());
  ASSERT_EQ(ours->size(), theirs->size());
  for (std::size_t i = 0; i < ours->size(); ++i) {
    const model::RuleGroup& group = theirs->at(i);
    EXPECT_EQ(ours->at(i).name, group.name);
    ASSERT_EQ(ours->at(i).rules.size(), group.rules.size()) << group.name;
    for (std::size_t j = 0; j < group.rules.size(); ++j) {
      const model::Rule& left = ours->at(i).rules.at(j);
      const model::Rule& right = group.rules.at(j);
      EXPECT_EQ(left.record, right.record);
      EXPECT_EQ(left.alert, right.alert);
      EXPECT_EQ(tree(left.query), tree(right.query)) << right.name();
      EXPECT_EQ(left.labels, right.labels) << right.name();
      EXPECT_EQ(left.annotations, right.annotations) << right.name();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Published, SlothPairs,
                         testing::Values("getting-started", "home-wifi", "multifile", "no-alerts",
                                         "openslo-getting-started", "raw-home-wifi"));

TEST(ExportRules, WritesCountersOfACatalogAsRates) {
  const auto made = exported(
      "service: shop\nslos: [{name: a, good: g_total, total: t_total, target: 99.9, window: "
      "28d}]\n");
  ASSERT_TRUE(made) << made.error().to_string();
  const model::Rule& first = made->at(0).rules.at(0);
  EXPECT_EQ(first.record, "slo:sli_error:ratio_rate5m");
  EXPECT_EQ(tree(first.query),
            "((sum(rate(t_total[5m]))) - (sum(rate(g_total[5m])))) / (sum(rate(t_total[5m])))");
  EXPECT_EQ(made->at(0).rules.back().record, "slo:sli_error:ratio_rate4w");
}

TEST(ExportRules, RefusesWhatHasNoPlaceInTheForm) {
  const auto made = exported(
      "service: shop\nslos:\n- {name: a, probe: up, target: 99.9, windows: [{severity: page, "
      "short: "
      "5m, long: 1h, factor: 9}]}\n");
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().text.find("its own burn rules"), std::string::npos);
}

}  // namespace
}  // namespace daytwo::orient
