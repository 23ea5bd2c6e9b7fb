#include "model/stakes.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "model/amount.h"

namespace daytwo::model {
namespace {

Stake read(std::string_view text) {
  const auto stake = parse_stake(text);
  EXPECT_TRUE(stake.has_value()) << (stake ? "" : stake.error().to_string());
  return stake.value_or(Stake{});
}

TEST(Stakes, ReadsEachThing) {
  const Stake hour = read("an hour of checkout down costs $2k to $20k");
  EXPECT_EQ(hour.of, StakeOf::kServiceHour);
  EXPECT_EQ(hour.service, "checkout");
  EXPECT_EQ(hour.worth.low, 2000);
  EXPECT_EQ(hour.worth.unit, "USD");
  EXPECT_EQ(hour.key(), "hour/checkout");
  const Stake day = read("a person-day costs $600 to $1200");
  EXPECT_EQ(day.of, StakeOf::kPersonHour);
  EXPECT_EQ(day.worth.low, 75);
  EXPECT_EQ(day.worth.high, 150);
  EXPECT_EQ(read("a record exposed costs $1 to $200").of, StakeOf::kRecord);
  EXPECT_EQ(read("a failed request of checkout costs €0.2 to €9").worth.unit, "EUR");
  EXPECT_EQ(read("a minute of pay-api down is worth $100").worth.low, 6000);
  EXPECT_EQ(read("an incident costs 5k to 9k USD, source the finance team").source,
            "the finance team");
}

struct Said {
  const char* text;
  StakeOf of;
  const char* service;
  double low;
  double high;
};

TEST(Stakes, ReadsThemAsPeopleSayThem) {
  using enum StakeOf;
  for (const Said& each : std::vector<Said>{
           {"checkout down costs $2k per hour", kServiceHour, "checkout", 2e3, 2e3},
           {"checkout being down costs us 2k to 20k dollars an hour", kServiceHour, "checkout", 2e3,
            20e3},
           {"payments downtime costs about $5k/hour", kServiceHour, "payments", 5e3, 5e3},
           {"one hour of downtime costs between $2k and $20k", kServiceHour, "", 2e3, 20e3},
           {"when checkout is down we lose $48k of revenue a day", kServiceHour, "checkout", 2e3,
            2e3},
           {"a search outage costs $1k to $9k each hour", kServiceHour, "search", 1e3, 9e3},
           {"an outage of search costs $1k to $9k.", kIncident, "search", 1e3, 9e3},
           {"An hour of Checkout down costs $2k to $20k.", kServiceHour, "checkout", 2e3, 20e3},
           {"an engineer costs $100 an hour", kPersonHour, "", 100, 100},
           {"a developer day is worth $600 to $1200", kPersonHour, "", 75, 150},
           {"losing a customer record costs $150", kRecord, "", 150, 150},
           {"a lost record costs $3 to $9, source the lawyers", kRecord, "", 3, 9},
           {"a failed checkout request costs $2", kFailedRequest, "checkout", 2, 2}}) {
    const Stake stake = read(each.text);
    EXPECT_EQ(stake.of, each.of) << each.text;
    EXPECT_EQ(stake.service, each.service) << each.text;
    EXPECT_DOUBLE_EQ(stake.worth.low, each.low) << each.text;
    EXPECT_DOUBLE_EQ(stake.worth.high, each.high) << each.text;
    EXPECT_EQ(stake.text, each.text);
  }
  EXPECT_EQ(read("a lost record costs $3 to $9, source the lawyers").source, "the lawyers");
}

// What could mean something else is refused with the sentence that would not, and that is read.
TEST(Stakes, GuessesNothing) {
  for (const auto& [text, problem, sentence] : std::vector<std::array<const char*, 3>>{
           {"a kubernetes node costs $3 an hour", "'node' has no meaning", "of kubernetes down"},
           {"kubernetes costs $3 an hour", "what is lost in that time", "of kubernetes down"},
           {"every Black Friday we lose $2k", "not for how long", "an hour of checkout down"},
           {"checkout down costs $3", "not for how long", "an hour of checkout down costs $3"},
           {"a checkout request costs $3 to $4", "that the request failed", "costs $3 to $4"},
           {"checkout down costs up to $3k an hour", "one end alone", ""},
           {"losing a record costs us $3 an hour", "a second thing", "an hour of checkout down"},
           {"a search engineer costs $100 an hour", "work of people", "a person-day"},
           {"an engineer costs $3 a record", "work is paid by time", "a person-day"}}) {
    const auto stake = parse_stake(text);
    ASSERT_FALSE(stake.has_value()) << text;
    const std::string told = stake.error().to_string();
    EXPECT_NE(told.find(problem), std::string::npos) << told;
    EXPECT_NE(told.find(sentence), std::string::npos) << told;
    const std::string& expected = stake.error().diagnostics.front().expected;
    const std::size_t from = expected.find('\'');
    if (from == std::string::npos) continue;
    const std::string whole = expected.substr(from + 1, expected.find('\'', from + 1) - from - 1);
    EXPECT_TRUE(parse_stake(whole)) << whole;
  }
}

TEST(Stakes, RefusesWhatIsNoMoney) {
  for (const auto& [text, answer] : std::vector<std::pair<std::string, std::string>>{
           {"an hour of checkout down costs 2h to 8h", "a stake is money"},
           {"an hour of checkout down costs 2 to 8", "a stake is money"},
           {"an hour of checkout down costs $9k to $2k", "lower end must be below upper end"},
           {"an hour of checkout down costs $0 to $2k", "a stake is above 0"},
           {"an hour of checkout down costs $1 to €2", "two currencies"},
           {"a hat costs $2", "expected 'an hour"},
           {"an hour of checkout down", "'costs'"},
           {"an hour of checkout costs $2 more", "the end"},
           {"", "expected"}}) {
    const auto stake = parse_stake(text);
    ASSERT_FALSE(stake.has_value()) << text;
    EXPECT_NE(stake.error().to_string().find(answer), std::string::npos)
        << stake.error().to_string();
  }
}

TEST(Stakes, AServicesOwnStakeStandsAboveTheGeneralOneAndTheLastWordCounts) {
  Stakes stakes;
  EXPECT_EQ(stakes.find(StakeOf::kServiceHour, "checkout"), nullptr);
  stakes.add(read("an hour down costs $100"));
  stakes.add(read("an hour of checkout down costs $2k"));
  stakes.add(read("an hour of checkout down costs $3k"));
  EXPECT_EQ(stakes.find(StakeOf::kServiceHour, "checkout")->worth.low, 3000);
  EXPECT_EQ(stakes.find(StakeOf::kServiceHour, "search")->worth.low, 100);
  EXPECT_EQ(stakes.find(StakeOf::kRecord, "checkout"), nullptr);
  EXPECT_EQ(stakes.all().size(), 2U);
}

TEST(Stakes, QuestionsAreAnsweredByTheirExamples) {
  for (const StakeOf of : {StakeOf::kServiceHour, StakeOf::kRecord, StakeOf::kIncident,
                           StakeOf::kFailedRequest, StakeOf::kPersonHour}) {
    EXPECT_EQ(read(example(of, "")).of, of);
    EXPECT_EQ(stake_for(unit_of(of)), of);
    EXPECT_FALSE(question(of, "checkout").empty());
  }
  EXPECT_EQ(question(StakeOf::kServiceHour, "checkout"),
            "An hour of checkout down costs between ? and ?");
  EXPECT_EQ(stake_for("bananas"), std::nullopt);
}

TEST(Stakes, EveryBaseRateReadsAndNamesItsSource) {
  for (const BaseRate& rate : base_rates()) {
    EXPECT_EQ(read(rate.sentence).of, rate.of) << rate.id;
    EXPECT_FALSE(rate.source.empty());
    EXPECT_FALSE(rate.caveat.empty());
    EXPECT_GT(rate.year, 2000);
    EXPECT_GT(rate.sample, 0);
  }
  EXPECT_TRUE(offered(StakeOf::kPersonHour).empty());
  EXPECT_EQ(offered(StakeOf::kRecord).size(), 1U);
}

// Verizon's row states a lognormal with median $26k and s = 2.28: its interval must give both back.
TEST(Stakes, TheRansomwareRowHasTheMedianItCites) {
  const auto fit = read("an incident costs $610 to $1.1M").worth.fit();
  EXPECT_NEAR(fit->distribution.quantile(.5), 26e3, 260);
  EXPECT_NEAR(fit->distribution.b, 2.28, 0.01);
}

// Uptime's row states P(X > $100k) = 54 % and P(X > $1M) = 16 %.
TEST(Stakes, TheOutageRowHasTheSharesItCites) {
  const auto fit = read("an incident costs $3.9k to $3.9M").worth.fit();
  EXPECT_NEAR(1 - fit->distribution.cdf(1e5), 0.54, 0.005);
  EXPECT_NEAR(1 - fit->distribution.cdf(1e6), 0.16, 0.005);
}

}  // namespace
}  // namespace daytwo::model
