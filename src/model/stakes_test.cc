#include "model/stakes.h"

#include <gtest/gtest.h>

#include <string>
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
