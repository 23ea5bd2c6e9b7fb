// Rank, tripwires and stability: the figures that say how far a plan is to be believed.
#include "decide/plan/rank.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "decide/plan/beside.h"
#include "decide/plan/planner.h"
#include "decide/plan/problem.h"
#include "decide/plan/register.h"
#include "decide/plan/say.h"
#include "decide/plan/tripwire.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::plan {
namespace {

constexpr chance::Seed kSeed{7};
constexpr Timestamp kNow{1'795'000'000'000};

Register read(const std::string& text) {
  const auto file = model::parse_worry_file(text, "risks.yml");
  EXPECT_TRUE(file) << file.error().to_string();
  auto out = read_register(*file, {}, {1, 0}, {}, kSeed, kNow);
  EXPECT_TRUE(out) << out.error().to_string();
  return *std::move(out);
}

Plan plan(const Register& reg, double money = kNoLimit) {
  Problem limits;
  limits.money = money;
  auto out = make_plan(reg, limits, kSeed);
  EXPECT_TRUE(out) << out.error().to_string();
  return *std::move(out);
}

std::size_t number_of(const Problem& problem, const std::string& name) {
  for (std::size_t i = 0; i < problem.options.size(); ++i) {
    if (problem.options[i].name == name) return i;
  }
  ADD_FAILURE() << name;
  return 0;
}

// What `sure` and `wild` bring has the same mean.
const std::string kFeatures = R"yaml(
options:
  - {id: sure, once: "$10k", worth: "$25.3k to $35k"}
  - {id: wild, once: "$10k", worth: "$2.03k to $105k"}
  - {id: dull, once: "$10k", worth: "$9k to $16k"}
  - {id: poor, once: "$10k", worth: "$6k to $9k"}
risks: [{id: any, estimate: "once in 5 years, $1k to $2k"}]
)yaml";

TEST(Rank, WhatIsStatedStandsBesideWhatIsBelieved) {
  const Register reg = read(kFeatures);
  const Ranking ranking = rank(reg.shape, reg.worlds, 0);
  const Rank& sure = ranking.options[0];
  const Rank& wild = ranking.options[1];
  EXPECT_NEAR(sure.stated, 20'000, 300);
  EXPECT_NEAR(wild.stated, sure.stated, 1'000);
  EXPECT_GT(sure.believed, sure.stated * 0.9);
  EXPECT_LT(wild.believed, wild.stated * 0.6);
  EXPECT_EQ(sure.place, 0U) << "equal as stated, told apart by what is known";
}

TEST(Rank, TheTopHoldsAsManyAsAreChosenInEachWorld) {
  const Plan made = plan(read(kFeatures));
  EXPECT_EQ(names(made.problem, made.chosen), "sure, wild and dull");
  EXPECT_EQ(made.ranking.top, 3U);
  double sum = 0;
  for (const Rank& each : made.ranking.options) sum += each.in_top;
  EXPECT_NEAR(sum, 3, 1e-9);
  EXPECT_GT(made.ranking.options[0].in_top, 0.95);
  EXPECT_LT(made.ranking.options[3].in_top, 0.6);
}

TEST(Rank, OptionsThatCannotBeToldApartAreSaidToBeNear) {
  const Plan made = plan(read(R"yaml(
options:
  - {id: one, once: "$10k", worth: "$20k to $40k"}
  - {id: two, once: "$10k", worth: "$20k to $40k"}
  - {id: far, once: "$10k", worth: "$300k to $400k"}
risks: [{id: any, estimate: "once in 5 years, $1k to $2k"}]
)yaml"));
  const std::vector<std::string> near = near_ties(made);
  ASSERT_EQ(near.size(), 1U);
  EXPECT_NE(near[0].find("too near to tell"), std::string::npos) << near[0];
  EXPECT_EQ(near[0].find("far"), std::string::npos) << near[0];
}

TEST(Rank, WhatAnOptionNeedsAndExcludesGoesWithIt) {
  Problem problem;
  problem.options.resize(4);
  problem.options[1].needs = {0};
  problem.options[2].excludes = {1};
  const Beside base = beside(problem, 0b0011, 0);
  EXPECT_EQ(base.with, 0b0011U);
  EXPECT_EQ(base.without, 0U) << "what needs it falls with it";
  const Beside other = beside(problem, 0b1011, 2);
  EXPECT_EQ(other.with, 0b1101U) << "what it excludes makes room";
  EXPECT_EQ(other.without, 0b1011U);
}

const std::string kRisks = R"yaml(
risks:
  - {id: outage, estimate: "2 to 8 a year, $1k to $9k"}
  - {id: leak, estimate: "5% a year, $200k to $2M"}
options:
  - {id: canary, once: "$5k", days: 8, blocks: {outage: 0.5}}
  - {id: replica, once: "$60k", cuts: {outage: 0.7}}
  - {id: vault, once: "$400k", cuts: {leak: 0.9}, days: 3}
  - {id: mfa, once: "$20k", days: 5, blocks: {leak: 60%}}
)yaml";

TEST(Tripwire, FlipsTheSignOfAnOptionThatDoesNotPay) {
  const Plan made = plan(read(kRisks));
  const Register reg = read(kRisks);
  for (const char* name : {"replica", "vault"}) {
    const std::size_t option = number_of(made.problem, name);
    ASSERT_FALSE(has(made.chosen, option));
    ASSERT_EQ(made.left[option].size(), 2U) << name;
    const Beside sets = beside(made.problem, made.chosen, option);
    for (const double nudge : {-1e-6, 1e-6}) {
      Problem priced = made.problem;
      priced.options[option].cost = made.left[option][0].at * (1 - nudge);
      EXPECT_EQ(outcome_of(priced, sets.with).net > outcome_of(priced, sets.without).net, nudge > 0)
          << name;
      Problem worse = made.problem;
      for (std::size_t cause = 0; cause < worse.causes.size(); ++cause) {
        if (reg.worry_of[cause] == made.left[option][1].what) {
          worse.causes[cause].loss *= made.left[option][1].at * (1 + nudge);
        }
      }
      EXPECT_EQ(outcome_of(worse, sets.with).net > outcome_of(worse, sets.without).net, nudge > 0)
          << name;
    }
    const std::string said = tripwire_words(made, option);
    EXPECT_NE(said.find(" or less (now $"), std::string::npos) << said;
    EXPECT_NE(said.find(" times as often or cost "), std::string::npos) << said;
  }
}

TEST(Tripwire, NamesTheMoneyAndTheDaysThatAreMissing) {
  const Register reg = read(kRisks);
  Problem limits;
  limits.money = 24'000;
  limits.team_days = {7};
  const auto made = make_plan(reg, limits, kSeed);
  ASSERT_TRUE(made) << made.error().to_string();
  EXPECT_EQ(names(made->problem, made->chosen), "mfa");
  const std::size_t canary = number_of(made->problem, "canary");
  ASSERT_EQ(made->left[canary].size(), 2U);
  EXPECT_EQ(made->left[canary][0].wire, Wire::kMoney);
  EXPECT_NEAR(made->left[canary][0].at, 25'000, 1e-6);
  EXPECT_EQ(made->left[canary][1].wire, Wire::kDays);
  EXPECT_EQ(tripwire_words(*made, canary),
            "with $1k more to spend, or with 6 more days of all teams");
}

TEST(Stability, IsThePlanForStakesTwiceAndHalf) {
  const Register reg = read(kRisks);
  const Plan made = plan(reg, 100'000);
  ASSERT_EQ(made.stability.stakes.size(), 2U);
  for (const AtStakes& each : made.stability.stakes) {
    Register other = reg;
    for (Cause& cause : other.shape.causes) cause.loss *= each.factor;
    const Plan scaled = plan(other, 100'000);
    ASSERT_TRUE(each.best.has_value());
    EXPECT_EQ(*each.best, scaled.chosen) << each.factor;
    EXPECT_EQ(each.order.pairs, 6U);
  }
  EXPECT_GT(made.outcome.net, 0);
  EXPECT_GT(made.stability.net_stated, made.outcome.net);
  const std::vector<std::string> said = stability_words(made);
  ASSERT_EQ(said.size(), 3U);
  EXPECT_TRUE(said[0].starts_with("Stakes twice as large: ")) << said[0];
  EXPECT_TRUE(said[2].starts_with("As stated the plan would be worth $")) << said[2];
}

TEST(Stability, WorthMovesWithTheStakesAndNotWithTheRest) {
  const Plan made = plan(read(kRisks));
  const std::vector<double> one = worth_at(made.problem, made.chosen, 1);
  const std::vector<double> two = worth_at(made.problem, made.chosen, 2);
  for (std::size_t i = 0; i < one.size(); ++i) {
    const double cost = made.problem.options[i].cost;
    EXPECT_NEAR(two[i] + cost, 2 * (one[i] + cost), 1e-6);
  }
  EXPECT_EQ(agreement({3, 2, 1}, {30, 20, 10}).same, 3U);
  EXPECT_EQ(agreement({3, 2, 1}, {1, 2, 3}).same, 0U);
}

}  // namespace
}  // namespace daytwo::decide::plan
