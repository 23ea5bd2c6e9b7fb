#include "decide/replay.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "decide/world_for_tests.h"
#include "facts/codec.h"

namespace daytwo::decide {
namespace {

constexpr const char* kRegisterText = R"(
stakes: ["a person-day costs $600 to $1200", "an hour of checkout down costs $2k to $20k"]
quantities: {licence: "$20 to $40", staff: 40 to 60}
risks:
  - id: escape
    service: checkout
    frequency: 2% to 8% a year
    loss: {response: "$20k to $200k", fine: {amount: "$50k to $2M", chance: 20%}}
    harm: {customers: "$50k to $3M"}
  - id: cards
    service: checkout
    estimate: "2 a year, $20k to $200k"
    option: {name: tokens, once: licence * staff, takes: 1 to 2 person-days, cuts: 70% to 90%}
    evidence: {events: refused_a_year}
  - id: records
    service: mail
    frequency: 1% to 5% a year
    loss: {data: 100 to 20000 records}
  - id: plain
    service: checkout
    estimate: "30% a year that checkout is down, 2h to 8h"
  - id: released
    service: search
    estimate: "1 in 20 deploys that search is down, $9k to $20k"
    option: {name: canary, once: licence * staff}
options:
  - {id: encrypt, kind: security, once: "$5k to $9k", days: 2 to 5, cuts: {escape: 60% to 90%}}
)";

facts::Record incident(const std::string& service, int days_ago) {
  facts::IncidentSeen seen;
  seen.service = service;
  seen.title = "cards refused";
  seen.began = kNoon - days(days_ago);
  seen.ended = seen.began + minutes(77);
  facts::Record out;
  out.ts = kNoon;
  out.key = WorryKey("incident/" + service + std::to_string(days_ago));
  out.body = facts::Sighting{seen};
  return out;
}

// A register, a history that teaches it, and a verdict on each of its worries; odd milliseconds.
struct Judged : FiledWorld {
  Judged() : FiledWorld(kRegisterText) {
    now = now + milliseconds(123);
    for (const int days_ago : {700, 431, 99, 3}) append(incident("checkout", days_ago));
    append(incident("elsewhere", 50));
    facts::NearMissSeen close;
    close.service = "checkout";
    close.title = "checkout down";
    close.at = kNoon - days(200);
    facts::Record near_miss;
    near_miss.ts = kNoon;
    near_miss.key = WorryKey("near_miss/1");
    near_miss.body = facts::Sighting{close};
    append(std::move(near_miss));
    configure(kRegisterText, 317.25);
    turn();
  }

  [[nodiscard]] std::vector<facts::RecordPtr> verdicts() const {
    return journal.snapshot().open("verdict");
  }
};

// As a ledger would give it back.
facts::Record from_disk(const facts::Record& record) {
  facts::Record out = *facts::decode(facts::room_of(record), facts::encode(record));
  out.id = record.id;
  out.ts = record.ts;
  out.key = record.key;
  out.subject = record.subject;
  out.state = record.state;
  return out;
}

// What holds in `world`, as it would stand on disk: the records that `keep` keeps, as it leaves
// them.
void copy(const World& world, const std::function<bool(facts::Record&)>& keep,
          facts::MemoryJournal& out) {
  std::vector<facts::RecordPtr> all;
  world.journal.snapshot().for_each_thread([&](std::span<const facts::RecordPtr> thread) {
    all.insert(all.end(), thread.begin(), thread.end());
  });
  std::ranges::sort(all, {}, [](const facts::RecordPtr& record) { return record->id; });
  for (const facts::RecordPtr& record : all) {
    facts::Record copied = from_disk(*record);
    if (keep(copied)) ASSERT_TRUE(out.append({std::move(copied)}));
  }
}

void expect_same(const facts::Record& verdict, const facts::Journal& journal) {
  const auto again = replay(verdict, journal);
  ASSERT_TRUE(again.has_value()) << verdict.key.value << ": " << again.error().to_string();
  EXPECT_EQ(differences(verdict, *again), std::vector<std::string>()) << verdict.key.value;
}

TEST(Replay, GivesEveryVerdictOfARegisterBackBitForBit) {
  const Judged world;
  const auto verdicts = world.verdicts();
  ASSERT_EQ(verdicts.size(), 5U);
  const auto judged_by = [&](std::string_view engine) {
    return std::ranges::count(verdicts, engine, [](const auto& each) { return each->engine; });
  };
  EXPECT_GE(judged_by(kFiledEngine), 3) << "of parts, an expression, shared options";
  EXPECT_GE(judged_by(kEngine), 1) << "one says all in its sentence";
  facts::MemoryJournal stored;
  copy(world, [](facts::Record&) { return true; }, stored);
  for (const facts::RecordPtr& verdict : verdicts) {
    expect_same(*verdict, world.journal);
    expect_same(from_disk(*verdict), stored);
  }
}

TEST(Replay, AVerdictKeepsItsGroundsWhenFileStakesAndHistoryMoveOn) {
  Judged world;
  const facts::Record first = world.verdict("written/escape");
  world.now = world.now + days(9);
  world.append(incident("checkout", 1));
  std::string text = kRegisterText;
  text.replace(text.find("2% to 8%"), 8, "9% to 15%");
  world.configure(text, 400);
  world.state("a person-day costs $9k to $12k");
  world.turn();
  const facts::Record second = world.verdict("written/escape");
  ASSERT_NE(first.ts, second.ts) << "judged anew";
  for (const char* premise : {"premise register", "premise stakes", "premise history"}) {
    EXPECT_NE(first.find_input(premise), second.find_input(premise)) << premise;
  }
  expect_same(first, world.journal);
  expect_same(second, world.journal);
  EXPECT_FALSE(differences(first, *replay(second, world.journal)).empty());
}

TEST(Replay, WritesAPremiseOnceForAllVerdictsAndAgainOnlyWhenItChanges) {
  Judged world;
  const auto count = [&](const char* name) {
    return world.journal.history(WorryKey(std::string("premise/") + name), 99)->records.size();
  };
  EXPECT_EQ(count("register"), 1U);
  EXPECT_EQ(count("stakes"), 1U);
  EXPECT_EQ(count("history"), 1U);
  world.now = world.now + days(1);
  EXPECT_TRUE(world.turn().empty());
  world.state("a person-day costs $9k to $12k");
  EXPECT_FALSE(world.turn().empty());
  EXPECT_EQ(count("register"), 1U);
  EXPECT_EQ(count("stakes"), 2U);
  EXPECT_EQ(count("history"), 1U);
  const auto kept = world.journal.snapshot().find("premise", WorryKey("premise/history"));
  const std::string& text = facts::body_as<facts::Choice>(*kept)->text;
  EXPECT_EQ(text.find("elsewhere"), std::string::npos) << "only what bears on the register";
}

TEST(Replay, KeepsTheLiveValueOfAVerdict) {
  Judged world;
  const facts::Choice before = world.choice("written/cards");
  facts::Record crossed = finding(facts::FindingKind::kTripwire, "tripwire/written/cards",
                                  {amount("value", chance::exactly(0.0123456789))});
  crossed.inputs = {{"input", "cards.events"}, {"query", "refused_a_year"}};
  world.append(crossed);
  world.turn();
  const facts::Record after = world.verdict("written/cards");
  ASSERT_FALSE(after.find_input("live value").empty());
  EXPECT_NE(facts::body_as<facts::Choice>(after)->worlds, before.worlds);
  expect_same(from_disk(after), world.journal);
}

TEST(Replay, TheVerdictThatNothingIsSaidIsReadFromItsFinding) {
  World world;
  world.append(finding(facts::FindingKind::kDrift, "drift/listener", {}));
  world.turn();
  const facts::Record verdict = world.verdict("drift/listener");
  expect_same(verdict, world.journal);
  const facts::MemoryJournal empty;
  EXPECT_EQ(replay(verdict, empty).error().code, Code::kNotFound);
}

TEST(Replay, RefusesWithoutTheTextsThatItNeeds) {
  const Judged world;
  const facts::Record verdict = world.verdict("written/escape");
  for (const std::string name : {"register", "stakes", "history"}) {
    facts::MemoryJournal missing;
    copy(
        world, [&](const facts::Record& each) { return each.key.value != "premise/" + name; },
        missing);
    const auto none = replay(verdict, missing);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, Code::kNotFound);
    EXPECT_NE(none.error().to_string().find("the journal does not have the " + name),
              std::string::npos)
        << none.error().to_string();

    facts::MemoryJournal corrupted;
    copy(
        world,
        [&](facts::Record& each) {
          auto* choice = std::get_if<facts::Choice>(&each.body);
          if (each.key.value == "premise/" + name) choice->text += ' ';
          return true;
        },
        corrupted);
    EXPECT_EQ(replay(verdict, corrupted).error().code, Code::kCorrupt) << name;
  }
  facts::Record older = verdict;
  std::erase_if(older.inputs, [](const auto& each) { return each.name.starts_with("premise"); });
  const auto unkept = replay(older, world.journal);
  ASSERT_FALSE(unkept);
  EXPECT_EQ(unkept.error().code, Code::kNotFound);
  EXPECT_NE(unkept.error().to_string().find("before the journal kept"), std::string::npos);
}

TEST(Replay, SaysWhatDiffersAndWhichEngineItWas) {
  const Judged world;
  facts::Record verdict = world.verdict("written/escape");
  const FiledJudgement again = *replay(verdict, world.journal);
  facts::Record moved = verdict;
  auto& estimate = moved.amounts.front().amount.estimate;
  estimate.mean = std::nextafter(estimate.mean, 0);
  auto differs = differences(moved, again);
  ASSERT_EQ(differs.size(), 1U) << "one bit";
  EXPECT_EQ(differs[0].find("loss: it said "), 0U) << differs[0];
  auto& choice = std::get<facts::Choice>(moved.body);
  choice.reason = "because";
  choice.worlds.pop_back();
  choice.how.front() += '.';
  choice.tripwire.reset();
  moved.inputs.front().value += " or so";
  EXPECT_EQ(differences(moved, again).size(), 6U);
  verdict.engine = "decide.filed/0";
  const auto refused = replay(verdict, world.journal);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kInvalid);
  EXPECT_NE(refused.error().to_string().find("decide.filed/0"), std::string::npos);
}

}  // namespace
}  // namespace daytwo::decide
