#include "model/rule_file.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace daytwo::model {
namespace {

TEST(RuleFile, NamesEveryProblemWithItsPlace) {
  const auto read = parse_rule_file(
      "groups:\n"
      "- name: g\n"
      "  intervall: 1m\n"
      "  rules:\n"
      "  - {record: a-b, expr: c}\n"
      "  - {record: d, alert: D, expr: c}\n"
      "  - {record: e, for: 5m, expr: c}\n"
      "  - {alert: F}\n"
      "- name: g\n",
      "rules.yml");
  ASSERT_FALSE(read);
  std::string lines;
  for (const Diagnostic& each : read.error().diagnostics) {
    lines += std::to_string(each.line) + " ";
  }
  EXPECT_EQ(lines, "3 5 6 7 8 9 ") << read.error().to_string();
}

TEST(RuleFile, WhatIsWrittenReadsBackTheSame) {
  Rule record;
  record.record = "job:errors:rate5m";
  record.query = "sum by (job) (\n  rate(e_total{code=~\"5..\"}[5m])\n)";
  record.labels = {{"tier", "2"}, {"on", "yes"}};
  Rule alert;
  alert.alert = "Burns";
  alert.query = "a > 1\n";
  alert.pending = minutes(90);
  alert.keep_firing = seconds(30);
  alert.annotations = {{"summary", "{{ $value }} \"bad\": \\ #1\nnow"}};
  const std::vector<RuleGroup> groups = {{"g: 1", seconds(30), {record, alert}}, {"h", {}, {}}};
  const auto read = parse_rule_file(to_rule_yaml(groups), "made.yml");
  ASSERT_TRUE(read) << read.error().to_string() << to_rule_yaml(groups);
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ(read->at(0).name, "g: 1");
  EXPECT_EQ(read->at(0).interval, seconds(30));
  ASSERT_EQ(read->at(0).rules.size(), 2U);
  EXPECT_EQ(read->at(0).rules.at(0).query, record.query);
  EXPECT_EQ(read->at(0).rules.at(0).labels, record.labels);
  EXPECT_EQ(read->at(0).rules.at(1).query, alert.query);
  EXPECT_EQ(read->at(0).rules.at(1).pending, alert.pending);
  EXPECT_EQ(read->at(0).rules.at(1).keep_firing, alert.keep_firing);
  EXPECT_EQ(read->at(0).rules.at(1).annotations, alert.annotations);
}

}  // namespace
}  // namespace daytwo::model
