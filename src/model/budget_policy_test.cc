#include "model/budget_policy.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "model/service.h"

namespace daytwo::model {
namespace {

Result<Catalog> load(const std::string& steps) {
  const std::array files = {CatalogFile{"shop.yml", "service: shop\nbudget_policy:\n" + steps}};
  return load_catalog(files);
}

TEST(BudgetPolicy, ReadsItsSteps) {
  const auto catalog = load(
      "  - {left_below: 25%, action: warn}\n"
      "  - {left_below: 0 %, action: gate, message: only repairs}\n");
  ASSERT_TRUE(catalog.has_value()) << catalog.error().to_string();
  const auto& steps = catalog->all()[0].budget_policy;
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0], (BudgetStep{.25, BudgetAction::kWarn, ""}));
  EXPECT_EQ(steps[1], (BudgetStep{0, BudgetAction::kGate, "only repairs"}));
}

TEST(BudgetPolicy, EveryProblemHasItsPlace) {
  const auto catalog = load(
      "  - {left_below: 0.25, action: gat}\n"
      "  - {left_below: 101%, action: none}\n"
      "  - {action: gate}\n");
  ASSERT_FALSE(catalog.has_value());
  const Diagnostics& problems = catalog.error().diagnostics;
  ASSERT_EQ(problems.size(), 4U);
  EXPECT_EQ(problems[0].line, 3);
  EXPECT_NE(problems[0].expected.find("percentage"), std::string::npos);
  EXPECT_EQ(problems[1].suggestion, "gate");
  EXPECT_EQ(problems[2].line, 4);
  EXPECT_EQ(problems[3].line, 5);
}

TEST(BudgetPolicy, TwoStepsAtOneShareAreAProblem) {
  EXPECT_FALSE(load("  - {left_below: 5%, action: gate}\n  - {left_below: 5%, action: none}\n"));
}

}  // namespace
}  // namespace daytwo::model
