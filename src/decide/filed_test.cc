#include "decide/filed.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>

#include "decide/world_for_tests.h"
#include "decide/worth/answer.h"
#include "decide/worth/read.h"
#include "facts/fold.h"
#include "model/worry_file.h"

namespace daytwo::decide {
namespace {

using model::Verdict;

constexpr const char* kParts = R"(
stakes: ["a person-day costs $600 to $1200"]
quantities: {licence: "$20 to $40", staff: 40 to 60}
risks:
  - id: escape
    service: checkout
    frequency: 2% to 8% a year
    loss: {response: "$20k to $200k", fine: {amount: "$50k to $2M", chance: 20%}}
    harm: {customers: "$50k to $3M"}
  - id: cards
    service: checkout
    estimate: "30% a year, $20k to $200k"
    option: {name: tokens, once: licence * staff, takes: 1 to 2 person-days, cuts: 70% to 90%}
options:
  - {id: encrypt, kind: security, once: "$5k to $9k", days: 2 to 5, cuts: {escape: 60% to 90%}}
  - {id: lawyers, kind: security, once: "$300k", cuts: {escape: 1% to 5%}}
)";

// The same model as `daytwo worth`: the same choice, the same net worth, up to other draws.
TEST(Filed, JudgesAWorryInPartsAsTheCommandWeighsItsBestOption) {
  FiledWorld world(kParts);
  world.turn();
  const facts::Choice choice = world.choice("written/escape");
  EXPECT_EQ(choice.option, "encrypt") << "of two that act on it";
  EXPECT_EQ(choice.verdict, Verdict::kDo) << choice.reason;
  EXPECT_EQ(choice.worlds.size(), kDots);
  EXPECT_EQ(choice.account, "USD");
  model::Stakes stakes;
  for (const model::Stake& stake : world.file->stakes) stakes.add(stake);
  worth::Asked asked;
  asked.option = "encrypt";
  auto reading = worth::read(*world.file, stakes, asked, {99}, world.now);
  ASSERT_TRUE(reading) << reading.error().to_string();
  const auto weighed = worth::weigh(*std::move(reading), {}, {99}, world.now);
  ASSERT_TRUE(weighed);
  EXPECT_EQ(weighed->verdict, choice.verdict);
  const double net = world.verdict("written/escape").find_amount("worth")->estimate.mean;
  EXPECT_NEAR(net, weighed->standings[1].net.mean, 0.05 * net);
  EXPECT_TRUE(world.turn().empty()) << "nothing is said twice";
}

// One law for both: what a sentence and plain quantities say is judged by judge(), the same said
// with an expression by the register's model, and nobody should see the difference.
TEST(Filed, ASentenceAndTheSameWorryInAFileAreJudgedAlike) {
  const auto world_of = [](const std::string& once, const std::string& loss,
                           const std::string& rate) {
    return FiledWorld(fmt::format(R"(
stakes: ["a person-day costs $600 to $1200"]
quantities: {{whole: point(1)}}
risks:
  - id: dark
    service: checkout
    estimate: "{}, {}"
    option: {{name: mend, once: {}, takes: 2 to 4 person-days, cuts: 60% to 90%}}
)",
                                  rate, loss, once));
  };
  struct One {
    const char* rate;
    const char* loss;
  };
  for (const One& one : {One{"30% a year", "$20k to $200k"}, One{"2 to 6 a year", "$1k to $9k"},
                         One{"1% a year", "$2k to $9k"}, One{"5 a year", "$50k to $60k"}}) {
    FiledWorld plain = world_of("$3k to $6k", one.loss, one.rate);
    FiledWorld filed = world_of("\"($3k to $6k) * whole\"", one.loss, one.rate);
    ASSERT_FALSE(needs_register(plain.file->worries.at(0), *plain.file));
    ASSERT_TRUE(needs_register(filed.file->worries.at(0), *filed.file));
    plain.turn();
    filed.turn();
    const facts::Choice a = plain.choice("written/dark");
    const facts::Choice b = filed.choice("written/dark");
    EXPECT_EQ(a.verdict, b.verdict) << one.rate << ": " << a.reason << " | " << b.reason;
    const auto mean = [](const FiledWorld& world, const char* name) {
      return world.verdict("written/dark").find_amount(name)->estimate.mean;
    };
    for (const char* name : {"loss", "worth"}) {
      const double other = mean(filed, name);
      EXPECT_NEAR(mean(plain, name), other, 0.02 * std::abs(other)) << one.rate << ": " << name;
    }
    ASSERT_TRUE(a.chance_pays && b.chance_pays);
    EXPECT_NEAR(a.chance_pays->value, b.chance_pays->value, 0.02) << one.rate;
  }
}

TEST(Filed, IncidentsMoveHowLongAWorryInPartsTakesAndItsVerdict) {
  FiledWorld world(R"(
stakes: ["an hour of checkout down costs $1000"]
risks:
  - {id: dark, service: checkout, title: checkout is down, frequency: 2 a year, duration: 1h to 2h,
     loss: {revenue: duration}}
)");
  world.turn();
  const double before = world.verdict("written/dark").find_amount("loss")->estimate.mean;
  facts::IncidentSeen seen;
  seen.service = "checkout";
  seen.title = "checkout down";
  seen.began = world.now - days(400);
  seen.ended = seen.began + hours(30);
  facts::Record record;
  record.ts = world.now;
  record.key = WorryKey("incident/checkout/1");
  record.body = facts::Sighting{seen};
  world.append(std::move(record));
  world.turn();
  const double after = world.verdict("written/dark").find_amount("loss")->estimate.mean;
  EXPECT_GT(after, 3 * before);
  std::string how;
  for (const std::string& step : world.choice("written/dark").how) how += step + "\n";
  EXPECT_NE(how.find("'dark': how long one event takes is stated 1.4 hours (90 %: 1 to 2), then 1 "
                     "incident of 30 hours"),
            std::string::npos)
      << how;
}

TEST(Filed, ShowsInputsAsTheyAreWritten) {
  FiledWorld world(kParts);
  world.turn();
  std::string how;
  for (const std::string& step : world.choice("written/escape").how) how += step + "\n";
  for (const char* line :
       {"what a person-day costs: $600 to $1.2k\n", " takes away: 60 to 90 %\n"}) {
    EXPECT_NE(how.find(line), std::string::npos) << line << how;
  }
}

TEST(Filed, CountsTheHarmOfOthersInAColumnOfItsOwn) {
  FiledWorld world(kParts);
  world.turn();
  const facts::Record said = world.verdict("written/escape");
  const model::Amount* ours = said.find_amount("loss");
  const model::Amount* theirs = said.find_amount("customers");
  ASSERT_TRUE(ours != nullptr && theirs != nullptr);
  EXPECT_GT(theirs->estimate.mean, ours->estimate.mean);
  const double daily = said.find_amount("loss_per_day")->estimate.mean;
  EXPECT_NEAR(daily * kDaysPerYear, ours->estimate.mean + theirs->estimate.mean,
              1e-6 * theirs->estimate.mean);
}

// $20-$40 for 40 to 60 people, not an assumption of hours of work.
TEST(Filed, AnOptionOfAWorryMayBeAnExpression) {
  FiledWorld world(kParts);
  world.turn();
  const facts::Choice choice = world.choice("written/cards");
  EXPECT_EQ(choice.option, "tokens");
  EXPECT_EQ(choice.verdict, Verdict::kDo) << choice.reason;
  for (const std::string& step : choice.how) {
    EXPECT_EQ(step.find("assumed"), std::string::npos) << step;
  }
  const double cost = world.verdict("written/cards").find_amount("cost")->estimate.mean;
  EXPECT_NEAR(cost, 1450 + 1.45 * 880, 150);
}

// One sentence by itself, but the file knows what to do about it and what to look at.
TEST(Filed, APlainSentenceIsJudgedWithTheOptionsAndStudiesOfItsFile) {
  const std::string plain = R"(
stakes: ["a person-day costs $600 to $1200"]
risks:
  - {id: lost, service: checkout, estimate: "30% a year, $25k to $2.5M"}
)";
  FiledWorld alone(plain);
  alone.turn();
  EXPECT_EQ(alone.verdict("written/lost").engine, kEngine);
  FiledWorld acted(plain + R"(
options: [{id: second, kind: reliability, once: "$100k to $300k", cuts: {lost: 60% to 90%}}]
)");
  acted.turn();
  EXPECT_EQ(acted.choice("written/lost").option, "second");
  FiledWorld looked(plain + R"(
options: [{id: second, kind: reliability, once: "$100k to $300k", cuts: {lost: 60% to 90%}}]
studies: [{id: ask, days: 1, narrows: {lost.size: by 80%}}]
)");
  looked.turn();
  EXPECT_EQ(looked.choice("written/lost").verdict, Verdict::kFindOut)
      << looked.choice("written/lost").reason;
  EXPECT_EQ(looked.choice("written/lost").study, "ask");
  const auto next_step = [](FiledWorld& world) {
    return facts::worries(world.journal.snapshot(), false).at(0).next_step;
  };
  EXPECT_EQ(next_step(acted), acted.choice("written/lost").verdict == Verdict::kDo
                                  ? "second"
                                  : acted.choice("written/lost").study);
  EXPECT_EQ(next_step(looked), "ask");
}

TEST(Filed, AsksForThePriceThatDecides) {
  FiledWorld world(R"(
risks:
  - {id: down, service: checkout, frequency: 2 a year, loss: {revenue: 1h to 3h}}
  - {id: work, service: checkout, frequency: 2 a year, loss: {revenue: "$10k to $30k"}}
options: [{id: replica, kind: reliability, days: 5 to 9, cuts: {down: 50%, work: 50%}}]
)");
  world.turn();
  EXPECT_EQ(world.choice("written/down").verdict, Verdict::kFindOut);
  EXPECT_EQ(world.choice("written/down").study, "An hour of checkout down costs between ? and ?");
  world.state("an hour of checkout down costs $1k to $2k");
  world.turn();
  const facts::Choice unpriced = world.choice("written/work");
  EXPECT_EQ(unpriced.verdict, Verdict::kFindOut);
  EXPECT_NE(unpriced.reason.find("do it if a person-day costs less than"), std::string::npos)
      << unpriced.reason;
  world.state("a person-day costs $600 to $1200");
  world.turn();
  EXPECT_EQ(world.choice("written/work").verdict, Verdict::kDo);
  EXPECT_EQ(world.choice("written/down").verdict, Verdict::kDo);
}

TEST(Filed, ACrossedTripwireMovesTheRateThatItMeasured) {
  FiledWorld world(R"(
stakes: ["a person-day costs $600 to $1200"]
risks:
  - id: rare
    service: checkout
    frequency: once in 50 years
    loss: {revenue: "$10k to $20k"}
    evidence: {events: outages_a_year}
    option: {name: a second node, takes: 8 to 12 person-days, cuts: 90%}
)");
  world.turn();
  const facts::Choice before = world.choice("written/rare");
  ASSERT_EQ(before.verdict, Verdict::kLeave) << before.reason;
  ASSERT_TRUE(before.tripwire);
  EXPECT_EQ(before.tripwire->query, "outages_a_year");
  EXPECT_EQ(before.tripwire->input, "rare.events");
  facts::Record crossed = finding(facts::FindingKind::kTripwire, "tripwire/written/rare",
                                  {amount("value", chance::exactly(3 * before.tripwire->value))});
  crossed.inputs = {{"input", "rare.events"}, {"query", "outages_a_year"}};
  world.append(crossed);
  world.turn();
  EXPECT_EQ(world.choice("written/rare").verdict, Verdict::kDo);
  crossed.state = facts::State::kClosed;
  world.append(crossed);
  EXPECT_TRUE(world.turn().empty()) << "it stays as measured";
}

TEST(Filed, AnotherOptionInTheFileIsJudgedAnew) {
  FiledWorld world(R"(
stakes: ["a person-day costs $600 to $1200"]
risks: [{id: lost, service: checkout, frequency: 2 a year, loss: {revenue: "$10k to $20k"}}]
options: [{id: dear, kind: reliability, once: "$900k", cuts: {lost: 50%}}]
)");
  world.turn();
  EXPECT_EQ(world.choice("written/lost").verdict, Verdict::kLeave);
  world.configure(R"(
stakes: ["a person-day costs $600 to $1200"]
risks: [{id: lost, service: checkout, frequency: 2 a year, loss: {revenue: "$10k to $20k"}}]
options: [{id: cheap, kind: reliability, once: "$9k", cuts: {lost: 50%}}]
)");
  world.turn();
  EXPECT_EQ(world.choice("written/lost").verdict, Verdict::kDo);
  EXPECT_EQ(world.choice("written/lost").option, "cheap");
}

}  // namespace
}  // namespace daytwo::decide
