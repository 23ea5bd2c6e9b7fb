#include "decide/decider.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "decide/world_for_tests.h"

namespace daytwo::decide {
namespace {

using facts::FindingKind;
using model::Verdict;

TEST(Decider, WithoutStakesThereIsNoMoneyAnywhere) {
  World world;
  world.write("payments", "30% a year that payments is down, 2h to 8h");
  world.append(finding(FindingKind::kRunOut, "runout/var",
                       {amount("days_to_runout", {.1, .2, .3, .4, .5, .3, 0, {}}),
                        amount("chance", chance::exactly(1))}));
  world.append(finding(FindingKind::kProbe, "probe/x", {amount("chance", chance::exactly(1))}));
  for (const facts::Record& record : world.turn()) {
    for (const facts::NamedAmount& each : record.amounts) {
      EXPECT_FALSE(each.amount.is_money()) << record.key.value << ' ' << each.name;
    }
    EXPECT_EQ(record.sentence.find('$'), std::string::npos) << record.sentence;
  }
}

TEST(Decider, AnOutageThatCostsMoreHoursThanItsRemedyTakesIsDoneWithoutAPrice) {
  World world;
  world.write("cheap", "90% a year, 5h to 20h", {"a probe", "", "10 to 30 minutes", "80% to 95%"});
  world.turn();
  const facts::Choice choice = world.choice("written/cheap");
  EXPECT_EQ(choice.verdict, Verdict::kDo);
  EXPECT_NE(choice.reason.find("do it unless an hour of checkout is worth less than"),
            std::string::npos)
      << choice.reason;
  EXPECT_NE(choice.reason.find("minute"), std::string::npos) << choice.reason;
  EXPECT_GT(choice.chance_pays->value, .95);
}

TEST(Decider, AWasteIsLeftWithoutAPriceAndCarriesATripwire) {
  World world;
  world.write("waste", "once in 100 years, 1m to 2m",
              {"a second region", "", "500 to 900 person-days", "50% to 60%"});
  world.turn();
  const facts::Choice choice = world.choice("written/waste");
  EXPECT_EQ(choice.verdict, Verdict::kLeave) << choice.reason;
  ASSERT_TRUE(choice.tripwire.has_value());
  EXPECT_TRUE(choice.tripwire->sentence.starts_with("flips when"));
  EXPECT_GT(choice.tripwire->until.ms, world.now.ms);
}

TEST(Decider, InBetweenTheOneQuestionIsAsked) {
  World world;
  world.write("a", "30% a year that payments is down, 2h to 8h", {}, "payments");
  world.write("b", "20% a year that payments is slow, 1h to 8h", {}, "payments");
  world.write("c", "30% a year that search is down, 2h to 8h", {}, "search");
  world.turn();
  EXPECT_EQ(world.choice("written/a").verdict, Verdict::kFindOut);
  const auto question = world.journal.snapshot().find("question", WorryKey("question"));
  ASSERT_NE(question, nullptr);
  EXPECT_EQ(question->sentence, "An hour of payments down costs between ? and ?");
  const auto* asked = facts::body_as<facts::Choice>(*question);
  EXPECT_EQ(asked->reason, "its answer settles 2 of 3 verdicts");
  EXPECT_TRUE(model::parse_stake(asked->study).has_value());
  ASSERT_FALSE(asked->how.empty());
  EXPECT_NE(asked->how.front().find("ITIC"), std::string::npos);
}

TEST(Decider, AnsweringTheQuestionBringsMoneyAndTheNextQuestion) {
  World world;
  world.write("a", "30% a year that payments is down, 2h to 8h", {}, "payments");
  world.turn();
  world.state("an hour of payments down costs $2k to $20k");
  world.turn();
  const facts::Record valued = world.verdict("written/a");
  const model::Amount* loss = valued.find_amount("loss");
  ASSERT_NE(loss, nullptr);
  EXPECT_EQ(loss->unit, "USD");
  EXPECT_GT(loss->estimate.p95, loss->estimate.p05);
  world.state("a person-day costs $600 to $1200");
  world.turn();
  EXPECT_NE(world.verdict("written/a").find_amount("worth"), nullptr);
  const auto question = world.journal.snapshot().find("question", WorryKey("question"));
  EXPECT_EQ(question->state, facts::State::kClosed);
}

TEST(Decider, AStakeNeverTakesADoBack) {
  World world;
  world.write("cheap", "90% a year, 5h to 20h", {"a probe", "", "10 to 30 minutes", "80% to 95%"});
  world.turn();
  world.state("an hour of checkout down costs $2 to $2k");
  world.turn();
  const facts::Choice choice = world.choice("written/cheap");
  EXPECT_EQ(choice.verdict, Verdict::kDo) << choice.reason;
  EXPECT_NE(choice.reason.find("unless a person-day costs more than $"), std::string::npos)
      << choice.reason;
}

TEST(Decider, ADistantRunOutIsLeftUntilItComesNear) {
  World world;
  world.append(finding(FindingKind::kRunOut, "runout/slow",
                       {amount("days_to_runout", {60, 70, 80, 95, 140, 85, 0, {}}),
                        amount("chance", chance::exactly(0))}));
  world.turn();
  const facts::Choice choice = world.choice("runout/slow");
  EXPECT_EQ(choice.verdict, Verdict::kLeave);
  EXPECT_EQ(choice.reason, "it does not run out in 30 days; look again on 2026-12-22");
  EXPECT_EQ(choice.tripwire->until, world.now + days(30));
}

TEST(Decider, SaysNothingWhenNothingChanged) {
  World world;
  world.write("a", "30% a year that payments is down, 2h to 8h");
  EXPECT_FALSE(world.turn().empty());
  EXPECT_TRUE(world.turn().empty());
}

TEST(Decider, ARestartRepeatsNothing) {
  World world;
  world.write("a", "30% a year that payments is down, 2h to 8h");
  world.turn();
  Decider again{chance::Seed{7}};
  EXPECT_TRUE(again.step(world.journal.snapshot(), world.now).empty());
}

TEST(Decider, AFindingThatEndsClosesItsVerdict) {
  World world;
  facts::Record probe =
      finding(FindingKind::kProbe, "probe/x", {amount("chance", chance::exactly(1))});
  world.append(probe);
  world.turn();
  probe.state = facts::State::kClosed;
  world.append(probe);
  world.turn();
  EXPECT_EQ(world.verdict("probe/x").state, facts::State::kClosed);
}

TEST(Decider, ASmallMoveIsNotNewsAndALargeOneIs) {
  World world;
  const auto burn = [](double hours) {
    return finding(
        FindingKind::kBurn, "burn/x",
        {amount("hours_lost_per_day",
                {hours, hours * 1.5, hours * 2, hours * 2.5, hours * 3, hours * 2, 0, {}})});
  };
  world.append(burn(.1));
  EXPECT_FALSE(world.turn().empty());
  world.append(burn(.101));
  EXPECT_TRUE(world.turn().empty());
  world.append(burn(.3));
  EXPECT_FALSE(world.turn().empty());
}

// A service that is down loses an hour each hour, and nobody knows for how many.
TEST(Decider, WhatBurnsIsWorthTheTimeItGoesOnAndNotTheWholeWindow) {
  World world;
  world.append(
      finding(FindingKind::kProbe, "probe/x", {amount("hours_lost_per_day", chance::exactly(24))}));
  world.turn();
  const facts::Record verdict = world.verdict("probe/x");
  const auto& loss = verdict.find_amount("loss")->estimate;
  EXPECT_NEAR(loss.p50, 4, 0.1);
  EXPECT_NEAR(loss.p05, 4 * std::exp(-1.645 * 1.6), 0.02);
  EXPECT_NEAR(loss.p95, 4 * std::exp(1.645 * 1.6), 1.5);
  EXPECT_LT(loss.mean, 24);
  EXPECT_EQ(verdict.find_amount("loss_per_hour")->estimate.p05, 1);
  EXPECT_EQ(verdict.find_amount("loss_per_hour")->estimate.p95, 1);
  EXPECT_EQ(world.choice("probe/x").verdict, Verdict::kDo);
  EXPECT_TRUE(replay(verdict).has_value());
}

// What has gone on for days goes on for longer than what has just begun.
TEST(Decider, WhatHasLastedLasts) {
  World world;
  const auto loss_after = [&](const std::string& key, Duration age) {
    facts::Record down =
        finding(FindingKind::kProbe, key, {amount("hours_lost_per_day", chance::exactly(24))});
    down.inputs.push_back({std::string(facts::kBegan), to_rfc3339(world.now - age)});
    down.ts = world.now;
    world.append(down);
    world.turn();
    const auto verdict = world.verdict(key);
    EXPECT_TRUE(replay(verdict).has_value());
    return verdict.find_amount("loss")->estimate;
  };
  const auto fresh = loss_after("probe/a", minutes(10));
  const auto old = loss_after("probe/b", days(3));
  const auto ancient = loss_after("probe/c", days(3000));
  EXPECT_NEAR(fresh.p50, 4, 0.1);
  EXPECT_GT(old.p50, 5 * fresh.p50);
  EXPECT_GT(ancient.p05, 20 * 24) << "nearly the whole window of 30 days";
}

TEST(Decider, ALossKnownExactlyPullsNobody) {
  World world;
  for (int i = 1; i <= 5; ++i) {
    const double hours = 24.0 / (i * 7);
    const chance::Estimate wide = {hours,     hours * 1.5, hours * 2, hours * 2.5,
                                   hours * 3, hours * 2,   0,         {}};
    world.append(finding(FindingKind::kFlow, "flow/" + std::to_string(i),
                         {amount("hours_lost_per_day", i == 1 ? chance::exactly(24) : wide)}));
  }
  world.turn();
  for (int i = 1; i <= 5; ++i) {
    const facts::Record verdict = world.verdict("flow/" + std::to_string(i));
    ASSERT_FALSE(verdict.amounts.empty());
    for (const auto& named : verdict.amounts) {
      EXPECT_TRUE(std::isfinite(named.amount.estimate.mean)) << named.name;
    }
  }
}

TEST(Decider, WhatSaysNoFiguresIsLookedAtFirst) {
  World world;
  world.append(finding(FindingKind::kDrift, "drift/listener", {}));
  world.turn();
  const facts::Choice choice = world.choice("drift/listener");
  EXPECT_EQ(choice.verdict, Verdict::kFindOut);
  EXPECT_FALSE(choice.chance_pays.has_value());
  EXPECT_TRUE(world.verdict("drift/listener").amounts.empty());
}

TEST(Decider, ReplaysEveryVerdictFromItsOwnInputsBitForBit) {
  World world;
  world.state("an hour of checkout down costs $2k to $20k");
  world.state("a person-day costs $600 to $1200");
  world.state("an incident costs $10k to $900k");
  world.write("money", "30% a year, $25k to $2.5M, never above $3M");
  world.write("hours", "0.5 to 4 a year, 2h to 8h",
              {"x", "$9k", "2 to 4 person-days", "60% to 90%"});
  world.write("many", "1 in 5 years, 10 to 5000 records");
  world.append(finding(FindingKind::kRunOut, "runout/var",
                       {amount("days_to_runout", {10, 15, 20, 30, 60, 30, 0, {}})}));
  world.append(finding(FindingKind::kExposure, "cve/1", {amount("chance", chance::exactly(.2))}));
  std::size_t replayed = 0;
  for (const facts::Record& record : world.turn()) {
    if (facts::kind_of(record) != "verdict") continue;
    const auto again = replay(record);
    ASSERT_TRUE(again.has_value()) << again.error().to_string();
    const auto* said = facts::body_as<facts::Choice>(record);
    EXPECT_EQ(again->verdict, said->verdict);
    EXPECT_EQ(again->reason, said->reason);
    ASSERT_EQ(again->amounts.size(), record.amounts.size());
    for (std::size_t i = 0; i < record.amounts.size(); ++i) {
      EXPECT_EQ(again->amounts[i].amount, record.amounts[i].amount);
    }
    EXPECT_EQ(again->tripwire, said->tripwire);
    ++replayed;
  }
  EXPECT_EQ(replayed, 5U);
}

TEST(Decider, RefusesToReplayWhatItDidNotMake) {
  World world;
  world.write("a", "30% a year, 2h to 8h");
  world.turn();
  facts::Record record = world.verdict("written/a");
  record.inputs.clear();
  EXPECT_EQ(replay(record).error().code, Code::kCorrupt);
  record.engine = "decide.verdict/0";
  EXPECT_EQ(replay(record).error().code, Code::kInvalid);
  EXPECT_FALSE(replay(*facts::stated_stake("a person-day costs $600", "ann", kNoon)));
}

TEST(Decider, TwoCurrenciesAreNotAdded) {
  World world;
  world.state("an hour of checkout down costs €2k to €20k");
  world.state("a person-day costs $600 to $1200");
  world.write("a", "30% a year that payments is down, 2h to 8h");
  world.turn();
  for (const facts::NamedAmount& each : world.verdict("written/a").amounts) {
    EXPECT_NE(each.amount.unit, "USD") << each.name;
  }
  EXPECT_EQ(world.choice("written/a").verdict, Verdict::kFindOut);
}

TEST(Decider, AVerdictIsLookedAtAgainWhenItsDateComes) {
  World world;
  world.write("waste", "once in 100 years, 1m to 2m",
              {"x", "", "500 to 900 person-days", "50% to 60%"});
  world.turn();
  world.now = world.now + kReview;
  EXPECT_FALSE(world.turn().empty());
  EXPECT_TRUE(world.turn().empty());
}

TEST(Decider, ACrossedTripwireFlipsTheVerdictWithItsLiveValue) {
  World world;
  model::FiledWorry entry;
  entry.id = "rare";
  entry.sentence = "once in 20 years that checkout is down, 1h to 2h";
  entry.service = "checkout";
  entry.option = {"a second node", "", "3 to 4 person-days", "90% to 95%"};
  entry.evidence = {{"events", "outages_a_year"}};
  world.append(*facts::filed_worry(entry, {}, world.now));
  world.state("an hour of checkout down costs $1k to $2k");
  world.state("a person-day costs $600 to $1200");
  world.turn();
  const facts::Choice before = world.choice("written/rare");
  ASSERT_EQ(before.verdict, Verdict::kLeave) << before.reason;
  ASSERT_TRUE(before.tripwire.has_value());
  EXPECT_EQ(before.tripwire->query, "outages_a_year");
  EXPECT_EQ(before.tripwire->op, ">");
  const double live = 3 * before.tripwire->value;
  EXPECT_TRUE(model::crosses(*before.tripwire, live, world.now));
  facts::Record crossed = finding(FindingKind::kTripwire, "tripwire/written/rare",
                                  {amount("value", chance::exactly(live))});
  crossed.inputs = {{"input", "events"}, {"query", "outages_a_year"}};
  world.append(crossed);
  world.turn();
  const facts::Choice after = world.choice("written/rare");
  EXPECT_EQ(after.verdict, Verdict::kDo) << after.reason;
  // What was measured holds when the tripwire, which watches the way back now, is crossed no more.
  crossed.state = facts::State::kClosed;
  world.append(crossed);
  EXPECT_TRUE(world.turn().empty());
  Decider restarted{chance::Seed{7}};
  EXPECT_TRUE(restarted.step(world.journal.snapshot(), world.now).empty());
  ASSERT_TRUE(after.tripwire.has_value());
  EXPECT_EQ(after.tripwire->op, "<");
  const auto again = replay(world.verdict("written/rare"));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->reason, after.reason);
}

// Enough worries of one unit are pulled together: the widest is moved most.
TEST(Decider, WideEstimatesArePulledTowardsTheOthers) {
  World world;
  world.state("a person-day costs $600 to $1200");
  for (int i = 0; i < 6; ++i) {
    world.write("tame" + std::to_string(i), "30% a year, $" + std::to_string(10 + i) + "k to $20k");
  }
  world.write("wild", "30% a year, $2k to $200M");
  world.turn();
  const facts::Record wild = world.verdict("written/wild");
  EXPECT_LT(wild.find_amount("worth")->estimate.mean,
            0.5 * wild.find_amount("worth_raw")->estimate.mean);
  const facts::Record tame = world.verdict("written/tame3");
  EXPECT_NEAR(
      tame.find_amount("worth")->estimate.mean / tame.find_amount("worth_raw")->estimate.mean, 1,
      .4);
}

}  // namespace
}  // namespace daytwo::decide
