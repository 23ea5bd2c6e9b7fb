#include "act/gate.h"

#include <gtest/gtest.h>

#include <vector>

namespace daytwo::act {
namespace {

model::Service shop() {
  model::Service out;
  out.id = ServiceId("shop");
  out.owner = model::Owner{OwnerId("team-shop"), "", {}};
  out.budget_policy = {{.25, model::BudgetAction::kWarn, "take care"},
                       {0, model::BudgetAction::kGate, "only repairs"},
                       {.5, model::BudgetAction::kNone, ""}};
  return out;
}

GateAnswer with(double left) {
  const std::vector<GateBudget> budgets = {{"availability", left, ""}};
  return gate_of(shop(), budgets);
}

TEST(Gate, TheStrongestStepThatHoldsDecides) {
  EXPECT_EQ(with(.8).verdict, GateVerdict::kAllow);
  EXPECT_EQ(with(.4).verdict, GateVerdict::kAllow);
  EXPECT_EQ(with(.25).verdict, GateVerdict::kAllow);  // below, not at
  EXPECT_EQ(with(.2).verdict, GateVerdict::kWarn);
  EXPECT_EQ(with(-.3).verdict, GateVerdict::kDeny);
}

TEST(Gate, TheSentenceNamesTheObjectiveWhatIsLeftAndWhoOwnsThePolicy) {
  EXPECT_EQ(with(-.3).sentence,
            "shop deny: availability is overspent by 30 %, below the 0 % of the policy: only "
            "repairs; the policy is team-shop's");
}

TEST(Gate, TheWorstBudgetStandsFirst) {
  const std::vector<GateBudget> budgets = {
      {"fast", .9, ""}, {"up", {}, "no sample matches"}, {"availability", -1, ""}};
  const GateAnswer answer = gate_of(shop(), budgets);
  EXPECT_EQ(answer.verdict, GateVerdict::kDeny);
  ASSERT_EQ(answer.reasons.size(), 3U);
  EXPECT_EQ(answer.reasons[0].objective, "availability");
  EXPECT_EQ(answer.reasons[1].code, "unknown");
  EXPECT_EQ(answer.reasons[2].verdict, GateVerdict::kAllow);
}

TEST(Gate, WhatIsUnknownWarns) {
  EXPECT_EQ(gate_of(shop(), {}).verdict, GateVerdict::kWarn);
  EXPECT_EQ(gate_of_unknown("shpo", "shop").verdict, GateVerdict::kWarn);
  EXPECT_NE(gate_of_unknown("shpo", "shop").sentence.find("did you mean 'shop'?"),
            std::string::npos);
}

TEST(Gate, WithoutAPolicyASpentBudgetWarnsAndNoOtherDoes) {
  model::Service service = shop();
  service.budget_policy.clear();
  const std::vector<GateBudget> spent = {{"availability", -.1, ""}};
  const std::vector<GateBudget> left = {{"availability", .1, ""}};
  EXPECT_EQ(gate_of(service, spent).verdict, GateVerdict::kWarn);
  EXPECT_EQ(gate_of(service, left).verdict, GateVerdict::kAllow);
}

}  // namespace
}  // namespace daytwo::act
