#include "facts/filed.h"

#include <gtest/gtest.h>

#include <string>

namespace daytwo::facts {
namespace {

model::FiledWorry entry(std::string sentence) {
  model::FiledWorry out;
  out.id = "a";
  out.sentence = std::move(sentence);
  return out;
}

TEST(Filed, BecomesAFindingWithItsEcho) {
  model::FiledWorry worry = entry("30% a year that payments is down, 2h to 8h, source ann");
  worry.service = "payments";
  worry.option.takes = "2h to 4h";
  worry.evidence = {{"events", "up"}};
  const auto record = filed_worry(worry, {}, Timestamp{5});
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->key.value, "written/a");
  EXPECT_EQ(record->find_input("option.takes"), "2h to 4h");
  EXPECT_EQ(record->find_input("query:events"), "up");
  EXPECT_EQ(record->find_input("source"), "ann");
  const auto* finding = body_as<Finding>(*record);
  EXPECT_EQ(finding->kind, FindingKind::kWritten);
  EXPECT_EQ(finding->title, "payments is down");
  EXPECT_GE(finding->understood.size(), 4U);
  EXPECT_EQ(finding->evidence.front().query, "up");
}

TEST(Filed, TheSameSentenceWithoutAnIdHasTheSameKey) {
  model::FiledWorry worry = entry("30% a year, 2h to 8h");
  worry.id.clear();
  EXPECT_EQ(filed_worry(worry, {}, Timestamp{1})->key, filed_worry(worry, {}, Timestamp{2})->key);
}

TEST(Filed, ARatePerDeployWaitsForItsCount) {
  const auto without = filed_worry(entry("1 in 20 deploys, 2h to 8h"), {}, Timestamp{});
  ASSERT_TRUE(without.has_value());
  EXPECT_EQ(body_as<Finding>(*without)->understood.front(), "how often: 5 % of deploys");
  EXPECT_TRUE(
      body_as<Finding>(*without)->understood.back().starts_with("missing: how many deploys"));
  const auto with = filed_worry(entry("1 in 20 deploys, 2h to 8h"), 400, Timestamp{});
  EXPECT_EQ(with->find_amount("trials_per_year")->estimate.mean, 400);
  EXPECT_TRUE(body_as<Finding>(*with)->understood.front().starts_with("how often: 20 a year"));
}

TEST(Filed, RefusesASentenceThatDoesNotRead) {
  EXPECT_FALSE(filed_worry(entry("checkout runs full"), {}, Timestamp{}));
}

}  // namespace
}  // namespace daytwo::facts
