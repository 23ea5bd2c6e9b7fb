// From a file to a plan: what is read, how it scales, and what is said.
#include "decide/plan/planner.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "decide/plan/register.h"
#include "decide/plan/say.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::plan {
namespace {

constexpr chance::Seed kSeed{7};
constexpr Timestamp kNow{1'795'000'000'000};

const std::string kFile = R"yaml(
risks:
  - {id: outage, estimate: "2 to 8 a year that shop is down, 1h to 6h", service: shop}
  - {id: leak, estimate: "5% a year, $200k to $2M", causes: {phishing: 0.6, unpatched: 0.4}}
options:
  - {id: canary, kind: reliability, once: "$5k", days: 8 to 15, team: dev, blocks: {outage: 0.5}}
  - {id: mfa, kind: security, once: "$4k to $9k", days: 4, team: platform,
     blocks: {phishing: 50% to 90%}}
  - {id: dear, kind: security, once: "$900k", cuts: {leak: 0.9}}
  - {id: feature, kind: feature, once: "$2k", days: 10, team: dev, worth: "$1k to $30k"}
)yaml";

Register read(const std::string& text, const std::string& hour, double years = 1) {
  const auto file = model::parse_worry_file(text, "risks.yml");
  EXPECT_TRUE(file) << file.error().to_string();
  model::Stakes stakes;
  stakes.add(*model::parse_stake("an hour of shop down costs " + hour));
  auto out = read_register(*file, stakes, {years, 0}, {}, kSeed, kNow);
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

TEST(Planner, TakesWhatPaysAndSaysWhatTheRestWouldBring) {
  const Register reg = read(kFile, "$1k to $9k");
  const Plan made = plan(reg, 50'000);
  EXPECT_EQ(names(made.problem, made.chosen), "canary, mfa and feature");
  EXPECT_EQ(why(made, 2), "costs more than it brings beside the plan");
  EXPECT_NEAR(made.standing.net.mean, made.outcome.net, std::fabs(made.outcome.net) * 0.02)
      << "the mean of the worlds is what the means come to";
  EXPECT_GT(made.standing.chance_pays, 0.5);
  EXPECT_EQ(made.gap, 0);
  double shares = 0;
  for (const Contribution& part : made.parts) shares += part.share;
  EXPECT_NEAR(shares, made.outcome.net + made.outcome.cost, 1e-6);
  const std::string said = sentence(made);
  EXPECT_TRUE(said.starts_with("Take canary, mfa and feature for $")) << said;
  EXPECT_NE(said.find("90 %"), std::string::npos) << said;
  const std::vector<Remark> below = remarks(made);
  ASSERT_FALSE(below.empty());
  EXPECT_EQ(below.front().lead, "By kind");
  EXPECT_NE(below.front().text.find("reliability $"), std::string::npos) << below.front().text;
  EXPECT_NE(below.front().text.find("security $"), std::string::npos) << below.front().text;
}

TEST(Planner, SaysThatNothingIsWorthItsCost) {
  const Plan made = plan(read(kFile, "$1 to $2"), 1'000);
  EXPECT_EQ(made.chosen, 0U);
  EXPECT_TRUE(sentence(made).starts_with("Do none of these: ")) << sentence(made);
  EXPECT_TRUE(remarks(made).empty());
}

TEST(Planner, StakesTimesTenMoveMoneyByTen) {
  const std::string only_outage = R"yaml(
risks: [{id: outage, estimate: "2 to 8 a year that shop is down, 1h to 6h", service: shop}]
options: [{id: canary, blocks: {outage: 0.5}}]
)yaml";
  const Plan one = plan(read(only_outage, "$1k to $9k"));
  const Plan ten = plan(read(only_outage, "$10k to $90k"));
  EXPECT_NEAR(ten.outcome.net, 10 * one.outcome.net, 1e-6 * ten.outcome.net);
  EXPECT_NEAR(ten.remaining.p95, 10 * one.remaining.p95, 1e-6 * ten.remaining.p95);
  EXPECT_EQ(ten.standing.chance_pays, one.standing.chance_pays);
}

TEST(Planner, YearsAddLossesAndYearlyCosts) {
  const Register one = read(kFile, "$1k to $9k", 1);
  const Register three = read(kFile, "$1k to $9k", 3);
  EXPECT_NEAR(three.shape.causes[0].loss, 3 * one.shape.causes[0].loss, 1e-6);
  EXPECT_NEAR(three.shape.options[0].cost, one.shape.options[0].cost, 1e-6) << "once is once";
  EXPECT_NEAR((Horizon{1, 0.08}.present_value()), std::pow(1.08, -0.5), 1e-12);
  EXPECT_NEAR((Horizon{2.5, 0}.present_value()), 2.5, 1e-12);
}

TEST(Planner, AFlipIsWhereTheRivalOvertakes) {
  const Register reg = read(kFile, "$1k to $9k");
  const Plan made = plan(reg, 50'000);
  ASSERT_FALSE(made.flips.empty());
  for (const Flip& flip : made.flips) {
    if (!flip.what.starts_with("the cost of '")) continue;
    for (const double nudge : {0.999, 1.001}) {
      Problem moved = made.problem;
      for (Option& option : moved.options) {
        if (flip.what == "the cost of '" + option.name + "'") {
          option.cost *= 1 + (flip.factor - 1) * nudge;
        }
      }
      const double plan_net = outcome_of(moved, made.chosen).net;
      const double rival_net = outcome_of(moved, flip.instead).net;
      EXPECT_EQ(rival_net > plan_net, nudge > 1) << words(made, flip);
    }
  }
}

TEST(Planner, AskedTwiceSaysTheSameToTheLastBit) {
  const Plan one = plan(read(kFile, "$1k to $9k"), 50'000);
  const Plan two = plan(read(kFile, "$1k to $9k"), 50'000);
  EXPECT_EQ(one.standing.net, two.standing.net);
  EXPECT_EQ(one.in_best, two.in_best);
  EXPECT_EQ(sentence(one), sentence(two));
}

TEST(Register, NamesWhatIsMissing) {
  const auto refusal = [](const std::string& text) {
    const auto file = model::parse_worry_file(text, "risks.yml");
    EXPECT_TRUE(file) << file.error().to_string();
    const auto reg = read_register(*file, {}, {}, {}, kSeed, kNow);
    EXPECT_FALSE(reg);
    return reg ? "" : reg.error().to_string();
  };
  const std::string option = "options: [{id: o, once: $5k}]\n";
  EXPECT_NE(refusal("risks: [{id: a, estimate: \"30% a year, $1k to $2k\"}]").find("no option"),
            std::string::npos);
  EXPECT_NE(refusal(option + "risks: [{id: a, estimate: \"once a year, 2h to 8h\", service: x}]")
                .find("an hour of x down costs"),
            std::string::npos);
  EXPECT_NE(refusal(option + "risks: [{id: a, estimate: \"30% a year, EUR 1k to 2k\"}]")
                .find("one currency"),
            std::string::npos);
  EXPECT_NE(refusal(option + "risks: [{id: a, estimate: \"1 in 20 deploys, $1k to $2k\"}]")
                .find("deploys"),
            std::string::npos);
}

TEST(Register, AFloorOfAFileHoldsAgainstTheBudget) {
  const std::string file = R"yaml(
risks: [{id: leak, frequency: 5% a year, loss: "$200k to $2M"}]
options: [{id: vault, once: "$400k", cuts: {leak: 0.9}}]
floors: [{loss_of: leak, at_most: "2 * $5k"}]
)yaml";
  const Plan made = plan(read(file, "$1 to $2"));
  EXPECT_EQ(names(made.problem, made.chosen), "vault") << "it costs more than it brings, and stays";
  EXPECT_LT(made.outcome.net, 0);
  Problem poor;
  poor.money = 100;
  const auto none = make_plan(read(file, "$1 to $2"), poor, kSeed);
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().to_string().find("floor"), std::string::npos) << none.error().to_string();
}

TEST(Register, ANamedQuantityIsTheSameUnknownInEveryField) {
  const Register reg = read(R"yaml(
quantities: {seat: $10 to $90}
risks: [{id: leak, frequency: once in 3 years, loss: 100 * seat}]
options:
  - {id: one, once: 20 * seat, cuts: {leak: 0.5}}
  - {id: two, once: 40 * seat}
)yaml",
                            "$1 to $2");
  for (std::size_t w = 0; w < reg.worlds.count; ++w) {
    ASSERT_NEAR(reg.worlds.costs[1][w], 2 * reg.worlds.costs[0][w], 1e-6);
    ASSERT_NEAR(reg.worlds.losses[0][w], reg.worlds.costs[0][w] * 5 / 3, 1e-6);
  }
}

TEST(Register, HarmIsCountedByDefaultAndByItsWeight) {
  const std::string risk = R"yaml(
risks: [{id: leak, frequency: once in 2 years, loss: $10k, harm: {customers: $30k}}]
options: [{id: mfa, once: $1, cuts: {leak: 0.5}}]
)yaml";
  const Register whole = read(risk, "$1 to $2");
  EXPECT_NEAR(whole.shape.causes[0].loss, 20'000, 1e-6);
  EXPECT_NEAR(whole.harm[0][0], 15'000, 1e-6);
  const Register none = read("harm_weight: 0" + risk, "$1 to $2");
  EXPECT_NEAR(none.shape.causes[0].loss, 5'000, 1e-6);
  ASSERT_FALSE(none.notes.empty());
  EXPECT_NE(none.notes.back().find("weight 0"), std::string::npos) << none.notes.back();
}

// What acts on a worry by name acts on the hits of a common cause; what acts on its cause does not.
TEST(Register, ACommonCauseAddsItsHitsToEachWorry) {
  const std::string text = R"yaml(
risks:
  - {id: a, frequency: once in 1000 years, loss: $1000, causes: {wear: 0.5, heat: 0.5}}
  - {id: b, frequency: once in 1000 years, loss: $500}
common_causes: [{id: region, frequency: once in 2 years, hits: {a: 1, b: 40%}}]
options:
  - {id: spare, once: $1, cuts: {a: 60%}}
  - {id: cooling, once: $1, blocks: {heat: 100%}}
)yaml";
  const auto file = model::parse_worry_file(text, "risks.yml");
  ASSERT_TRUE(file) << file.error().to_string();
  const auto reg = read_register(*file, {}, {}, {}, kSeed, kNow);
  ASSERT_TRUE(reg) << reg.error().to_string();
  EXPECT_NEAR(outcome_of(reg->shape, 0).remaining, 0.5 * (1000 + 200) + 1 + 0.5, 1);
  EXPECT_NEAR(outcome_of(reg->shape, 1).remaining, 0.5 * (400 + 200) + 0.4 + 0.5, 1);
  EXPECT_NEAR(outcome_of(reg->shape, 2).remaining, 0.5 * (1000 + 200) + 0.5 + 0.5, 1);
}

TEST(Register, ImportedIncidentsMoveTheRate) {
  const auto file = model::parse_worry_file(R"yaml(
risks: [{id: dark, service: shop, estimate: "2 to 8 a year that shop is down, $1k to $6k"}]
options: [{id: canary, blocks: {dark: 0.5}}]
)yaml",
                                            "risks.yml");
  ASSERT_TRUE(file) << file.error().to_string();
  History history;
  history.since = kNow - milliseconds(std::int64_t{2} * 365 * 86'400'000);
  for (int i = 0; i < 40; ++i) {
    history.incidents.push_back(
        {"shop", "shop down", history.since + milliseconds(std::int64_t{i} * 86'400'000)});
  }
  const auto before = read_register(*file, {}, {}, {}, kSeed, kNow);
  const auto after = read_register(*file, {}, {}, {}, kSeed, kNow, history);
  ASSERT_TRUE(before && after);
  EXPECT_GT(after->shape.causes[0].loss, 2 * before->shape.causes[0].loss);
  ASSERT_FALSE(after->notes.empty());
  EXPECT_NE(after->notes[0].find("40 incidents in 2.0 years"), std::string::npos)
      << after->notes[0];
}

TEST(Register, TakesOffWhatALossThatLandsOverYearsIsWorthLess) {
  const auto written = [](const char* over) {
    const auto file = model::parse_worry_file(
        std::string("risks: [{id: leak, frequency: once a year, loss: {churn: {amount: $100k") +
            over + "}}}]\noptions: [{id: vault, once: $1k, cuts: {leak: 0.5}}]\n",
        "risks.yml");
    EXPECT_TRUE(file) << file.error().to_string();
    return *file;
  };
  const auto loss = [&](const char* over, double discount) {
    const auto reg = read_register(written(over), {}, {1, discount}, {}, kSeed, kNow);
    EXPECT_TRUE(reg) << reg.error().to_string();
    return reg->shape.causes[0].loss;
  };
  EXPECT_NEAR(loss(", over: 3 years", 0), loss("", 0), 1e-9) << "nothing is lost by landing late";
  // 61 % in the first year, 24 % in the second, 15 % in the third.
  EXPECT_NEAR(loss(", over: 3 years", 0.08) / loss("", 0.08),
              0.61 + 0.24 / 1.08 + 0.15 / (1.08 * 1.08), 1e-9);
}

}  // namespace
}  // namespace daytwo::decide::plan
