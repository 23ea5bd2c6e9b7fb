// From a file to a year of loss: what is added, what is shared, what is said.
#include "decide/risk/portfolio.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "decide/risk/event.h"
#include "decide/risk/say.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::risk {
namespace {

constexpr chance::Seed kSeed{7};
constexpr Timestamp kNow{1'795'000'000'000};

Result<Portfolio> portfolio(const std::string& text, std::vector<std::string> with = {}) {
  const auto file = model::parse_worry_file(text, "risks.yml");
  EXPECT_TRUE(file) << file.error().to_string();
  if (!file) return fail(file.error());
  model::Stakes stakes;
  for (const model::Stake& stake : file->stakes) stakes.add(stake);
  PortfolioOptions options;
  options.years = 50'000;
  options.seed = kSeed;
  options.cells = 1U << 14U;
  options.with = std::move(with);
  return make_portfolio(*file, stakes, options, kNow);
}

Portfolio made(const std::string& text, std::vector<std::string> with = {}) {
  auto out = portfolio(text, std::move(with));
  EXPECT_TRUE(out) << out.error().to_string();
  return *std::move(out);
}

TEST(RiskPortfolio, SaysThatWhatComesOverYearsCountsAtOnce) {
  const auto text = [](const std::string& over) {
    return "risks: [{id: leak, frequency: 30% a year, loss: {churn: {amount: $1k to $9k" + over +
           "}}}]";
  };
  const Portfolio now = made(text(""));
  const Portfolio late = made(text(", over: 3 years"));
  EXPECT_EQ(now.own.mean, late.own.mean);
  EXPECT_TRUE(now.notes.empty()) << now.notes.front();
  ASSERT_EQ(late.notes.size(), 1U);
  EXPECT_EQ(late.notes[0],
            "leak.churn counts in full in the year of the event, undiscounted, although the money "
            "goes over years");
}

TEST(RiskPortfolio, ThirtyPercentAYearIsTheKnownCaseRC03) {
  const Portfolio one = made("risks: [{id: a, estimate: \"30% a year, $25k to $2.5M\"}]");
  EXPECT_NEAR(one.own.mean, 237'543.7, 1);
  EXPECT_LE(one.own.var95.low, 1'194'802.7);
  EXPECT_GE(one.own.var95.high, 1'194'802.7);
  EXPECT_LE(one.own.chance_of_loss.low, 0.3);
  EXPECT_GE(one.own.chance_of_loss.high, 0.3);
  ASSERT_TRUE(one.own.sigma);
  EXPECT_LT(*one.own.sigma, 4) << "both engines know the same portfolio";
  EXPECT_LT(one.own.var05.value, one.own.var95.value);
  EXPECT_NE(sentence(one).find(" on average (90 %: $"), std::string::npos) << sentence(one);
  EXPECT_NE(sentence(one).find("100 % of the expected loss is a"), std::string::npos)
      << sentence(one);
}

TEST(RiskPortfolio, ARareRiskShowsInTheTailAndNotInTheMedian) {
  const Portfolio one = made("risks: [{id: a, estimate: \"1% a year, $1M to $2M\"}]");
  EXPECT_EQ(one.own.levels.front().loss.value, 0);
  EXPECT_GT(one.own.levels.back().loss.value, 1e6);
  EXPECT_NEAR(one.risks[0].chance_of_loss, 0.01, 1e-9);
}

TEST(RiskPortfolio, AddsPartsAndKeepsHarmOnItsOwn) {
  const Portfolio one = made(R"yaml(
stakes: ["an hour of shop down costs $1000"]
risks:
  - id: dark
    service: shop
    frequency: 2 a year
    duration: 3h
    loss:
      revenue: duration
      response: duration * 2 * $100/h
      fine: {amount: $9k, chance: 0.5, cap: $4k}
    harm: {customers: $10k, public: {amount: $8k, chance: 0.25}}
)yaml");
  EXPECT_NEAR(one.own.mean, 2 * (3000 + 600 + 2000), 1);
  ASSERT_TRUE(one.harm);
  EXPECT_NEAR(one.harm->mean, 2 * (10'000 + 2'000), 1);
  EXPECT_NEAR(one.risks[0].harm, one.harm->mean, 1e-6);
  EXPECT_NE(sentence(one).find("Customers and the public bear $24k a year"), std::string::npos)
      << sentence(one);
}

TEST(RiskPortfolio, NothingIsLostAboveTheLimitOfAnEvent) {
  const Portfolio one = made(R"yaml(
risks:
  - id: a
    frequency: once in 2 years, at most once
    loss: $10k to $10M
    never_above: $50k
)yaml");
  EXPECT_LE(one.own.levels.back().loss.high, 50'000 * 1.01);
}

TEST(RiskPortfolio, AnOutageSetsOffItsDependentsForAsLongAsItLasts) {
  const std::string file = R"yaml(
risks:
  - {id: provider, frequency: 1 a year, duration: 10h, loss: {response: duration * $1/h},
     triggers: {shop: 0.5}}
  - {id: shop, frequency: 1 a year, duration: 2h, loss: {response: duration * $100/h},
     triggers: {mail: 0.5}}
  - {id: mail, frequency: 1 a year, loss: {response: $40}}
)yaml";
  const Portfolio one = made(file);
  // provider 10 + 1/2 (1000 + 1/2 40); shop 200 + 1/2 40; mail 40.
  EXPECT_NEAR(one.own.mean, 10 + 500 + 10 + 200 + 20 + 40, 1);
  EXPECT_EQ(one.risks[0].id, "provider");
}

TEST(RiskPortfolio, TriggersEndThoughTheyRunInACircle) {
  const Portfolio one = made(R"yaml(
risks:
  - {id: a, frequency: 1 a year, loss: {response: $100}, triggers: {b: 0.5}}
  - {id: b, frequency: 1 a year, loss: {response: $100}, triggers: {a: 0.5}}
)yaml");
  EXPECT_NEAR(one.own.mean, 2 * 150, 0.5);
}

TEST(RiskPortfolio, ACommonCauseHitsSeveral) {
  const Portfolio one = made(R"yaml(
risks:
  - {id: a, frequency: once in 1000 years, loss: $1000}
  - {id: b, frequency: once in 1000 years, loss: $500}
common_causes: [{id: region, frequency: once in 2 years, hits: {a: 1, b: 40%}}]
)yaml");
  EXPECT_NEAR(one.own.mean, 0.5 * 1200 + 1.5, 0.01);
  EXPECT_EQ(one.risks[0].id, "common/region");
  EXPECT_LT(one.own.sigma.value_or(9), 4);
  EXPECT_NEAR(one.risks[0].loss.mean, one.risks[0].expected, 1e-6) << "nothing is not known";
  const Portfolio wide = made(R"yaml(
risks:
  - {id: a, frequency: once in 1000 years, loss: $1k to $10k}
common_causes: [{id: region, frequency: 0.2 to 1 a year, hits: {a: 50%}}]
)yaml");
  const RiskRow& common = wide.risks[0];
  EXPECT_NEAR(common.loss.mean / common.expected, 1, 0.02);
  EXPECT_GT(common.loss.p95, 3 * common.loss.p05) << "neither how often nor how much is known";
}

// What acts on a worry by name acts when a common cause hits it, too; what acts on one of its
// causes does not.
TEST(RiskPortfolio, OptionsActOnTheHitsOfACommonCause) {
  const std::string file = R"yaml(
risks:
  - {id: a, frequency: once in 1000 years, loss: $1000, causes: {wear: 0.5, heat: 0.5}}
  - {id: b, frequency: once in 1000 years, loss: $500}
common_causes: [{id: region, frequency: once in 2 years, hits: {a: 1, b: 40%}}]
options:
  - {id: cut, cuts: {a: 60%}}
  - {id: block, blocks: {b: 50%}}
  - {id: cooling, blocks: {heat: 100%}}
)yaml";
  const auto after = [&](const std::string& option) {
    const Portfolio one = made(file, {option});
    EXPECT_TRUE(one.after);
    return one.after->mean;
  };
  EXPECT_NEAR(after("cut"), 0.5 * (400 + 200) + 0.4 + 0.5, 0.01);
  EXPECT_NEAR(after("block"), 0.5 * (1000 + 100) + 1 + 0.25, 0.01);
  EXPECT_NEAR(after("cooling"), 0.5 * 1200 + 0.5 + 0.5, 0.01);
}

TEST(RiskPortfolio, StatedCorrelationsFattenTheTailAndAreRepairedVisibly) {
  const std::string file = R"yaml(
risks:
  - {id: a, frequency: 20% a year, loss: "$10k to $100k"}
  - {id: b, frequency: 20% a year, loss: "$10k to $100k"}
  - {id: c, frequency: 20% a year, loss: "$10k to $100k"}
)yaml";
  const Portfolio alone = made(file);
  const Portfolio tied = made(file + "correlations: [{between: [a, b], is: 0.9}]");
  EXPECT_NEAR(tied.own.mean, alone.own.mean, 1e-6);
  EXPECT_GT(tied.own.tvar99.low, alone.own.tvar99.high);
  EXPECT_FALSE(tied.own.sigma);
  EXPECT_TRUE(tied.notes.empty());
  const Portfolio bent = made(file + R"yaml(
correlations: [{between: [a, b], is: 0.9}, {between: [b, c], is: 0.9}, {between: [a, c], is: -0.9}]
)yaml");
  ASSERT_EQ(bent.notes.size(), 1U) << "said once";
  EXPECT_NE(bent.notes[0].find("correlation"), std::string::npos) << bent.notes[0];
}

TEST(RiskPortfolio, OptionsChangeWhatTheyActOnAndNothingElse) {
  const std::string file = R"yaml(
risks:
  - {id: a, frequency: 2 a year, loss: "$10k to $90k", causes: {x: 0.5, y: 0.5}}
  - {id: b, frequency: 10% a year, loss: "$100k to $900k"}
options:
  - {id: half, blocks: {x: 1}}
  - {id: cut, cuts: {a: 0.5}}
  - {id: idle, worth: $5}
)yaml";
  const Portfolio half = made(file, {"half"});
  ASSERT_TRUE(half.after);
  const auto of = [](const Portfolio& all, const std::string& id) {
    return std::find_if(all.risks.begin(), all.risks.end(),
                        [&](const RiskRow& row) { return row.id == id; })
        ->expected;
  };
  EXPECT_NEAR(half.after->mean, half.own.mean - 0.5 * of(half, "a"), 1);
  const Portfolio both = made(file, {"half", "cut"});
  EXPECT_NEAR(both.after->mean, both.own.mean - 0.75 * of(both, "a"), 1);
  const Portfolio idle = made(file, {"idle"});
  EXPECT_EQ(idle.after->var99, idle.own.var99) << "common random numbers: the same years";
  const auto unknown = portfolio(file, {"haf"});
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().to_string().find("did you mean 'half'?"), std::string::npos);
}

TEST(RiskPortfolio, SaysWhetherTheAppetiteHolds) {
  const std::string risk = "risks: [{id: a, frequency: 10% a year, loss: $1M}]\n";
  const auto words = [&](const std::string& appetite) {
    return appetite_words(made(risk + "appetite: " + appetite));
  };
  EXPECT_NE(words("{at_most: 20% a year, loss: $500k}").find("holds"), std::string::npos);
  EXPECT_NE(words("{at_most: 5% a year, loss: $500k}").find("is broken"), std::string::npos);
  EXPECT_NE(words("{at_most: 10% a year, loss: $500k}").find("too near to call"),
            std::string::npos);
}

TEST(RiskPortfolio, SharesAddToOneByRiskAndByCause) {
  const Portfolio one = made(R"yaml(
risks:
  - {id: a, frequency: 2 a year, loss: "$10k to $90k", causes: {x: 0.3, y: 0.7}}
  - {id: b, frequency: 10% a year, loss: "$100k to $900k", causes: {x: 1}}
)yaml");
  double risks = 0;
  double causes = 0;
  for (const RiskRow& row : one.risks) risks += row.share;
  for (const CauseShare& cause : one.causes) causes += cause.share;
  EXPECT_NEAR(risks, 1, 1e-12);
  EXPECT_NEAR(causes, 1, 1e-12);
  for (const RiskRow& row : one.risks) {
    EXPECT_LT(row.loss.p05, row.expected);
    EXPECT_GT(row.loss.p95, row.expected);
  }
}

TEST(RiskPortfolio, AskedTwiceSaysTheSameToTheLastBit) {
  const std::string file = R"yaml(
quantities: {price: $1k to $9k}
risks:
  - {id: a, frequency: 1 to 4 a year, loss: 3 * price + $1k to $2k, harm: $5k}
  - {id: b, frequency: 2 * (1 to 3 a year), loss: price}
)yaml";
  const Portfolio one = made(file);
  const Portfolio two = made(file);
  EXPECT_EQ(one_pager(one), one_pager(two));
  EXPECT_EQ(one.own.var99, two.own.var99);
  EXPECT_NE(one_pager(one).find("| one year in |"), std::string::npos);
}

TEST(RiskPortfolio, RefusesWhatDoesNotAddUp) {
  const auto refusal = [](const std::string& text) {
    const auto out = portfolio(text);
    EXPECT_FALSE(out) << text;
    return out ? "" : out.error().to_string();
  };
  EXPECT_NE(refusal("options: [{id: o, once: $5k}]").find("no risk is written"), std::string::npos);
  EXPECT_NE(refusal("risks: [{id: a, estimate: \"once a year, 2h to 8h\", service: x}]")
                .find("an hour of x down costs"),
            std::string::npos);
  EXPECT_NE(refusal("risks: [{id: a, frequency: once a year, loss: $5}, {id: b, frequency: once a "
                    "year, loss: EUR 5}]")
                .find("one currency"),
            std::string::npos);
  EXPECT_NE(refusal("risks: [{id: a, frequency: 1 in 20 deploys, loss: $5k}]").find("deploys"),
            std::string::npos);
  EXPECT_NE(refusal("{risks: [{id: a, frequency: once a year, loss: $5}], appetite: {at_most: 5% a "
                    "year, loss: EUR 5}}")
                .find("the appetite is in EUR"),
            std::string::npos);
}

TEST(RiskPortfolio, AMillionRisksAreTooMany) {
  model::WorryFile file;
  model::FiledWorry worry;
  worry.sentence = "once a year, $1k to $2k";
  file.worries.assign(1'000'000, worry);
  const auto out = make_portfolio(file, {}, {}, kNow);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code, Code::kLimit);
}

}  // namespace
}  // namespace daytwo::decide::risk
