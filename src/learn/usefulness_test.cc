#include "learn/usefulness.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "facts/memory_journal.h"
#include "model/service.h"
#include "model/working_hours.h"

namespace daytwo::learn {
namespace {

using facts::Record;

// 2026-11-16T09:00:00Z, a Monday.
constexpr Timestamp kMonday{1'794'819'600'000};
constexpr Duration kMonth = days(30);

Firing firing(Duration life, std::string rule = "SomethingSlow") {
  Firing out;
  out.rule = std::move(rule);
  out.began = kMonday;
  out.ended = kMonday + life;
  out.called = 1;
  return out;
}

// A journal that says what happened, a record at a time.
struct Week {
  facts::MemoryJournal journal;
  model::Catalog catalog;
  model::People people;
  std::uint64_t pages = 0;

  void append(Record record) { ASSERT_TRUE(journal.append({std::move(record)}).has_value()); }

  void alert(facts::State state, Timestamp at, Timestamp starts, const std::string& severity) {
    facts::AlertSeen seen;
    seen.fingerprint = "aa11";
    seen.sender = "alertmanager";
    seen.labels = {{"alertname", "SomethingSlow"}, {"service", "checkout"}};
    if (!severity.empty()) seen.labels["severity"] = severity;
    seen.starts = starts;
    seen.firing = state != facts::State::kClosed;
    if (!seen.firing) seen.ends = at;
    Record record;
    record.ts = at;
    record.key = WorryKey("alert/aa11");
    record.state = state;
    record.body = facts::Sighting{seen};
    append(std::move(record));
  }
  void fired(Timestamp at, Duration life, const std::string& severity = "") {
    alert(facts::State::kOpen, at, at, severity);
    alert(facts::State::kClosed, at + life, at, severity);
  }
  void deed(facts::DeedKind kind, const std::string& page, Timestamp at, const std::string& vote,
            std::vector<facts::Input> inputs) {
    facts::Deed body;
    body.kind = kind;
    body.page = page;
    body.to = "ana";
    body.vote = vote;
    Record record;
    record.ts = at;
    record.key = WorryKey("page/" + page);
    record.inputs = std::move(inputs);
    record.body = body;
    append(std::move(record));
  }
  // A page about `worry` that was sent, with an answer unless empty.
  void told(const std::string& worry, Timestamp at, const std::string& vote) {
    const std::string page = "p" + std::to_string(++pages);
    deed(facts::DeedKind::kQueued, page, at, "",
         {{"worry", worry}, {"purpose", "page"}, {"epoch", page}});
    deed(facts::DeedKind::kSent, page, at, "", {});
    if (!vote.empty()) deed(facts::DeedKind::kFeedback, page, at, vote, {});
  }
  void incident(Timestamp began, Timestamp ended) {
    Record record;
    record.ts = began;
    record.key = WorryKey("incident/" + std::to_string(began.ms));
    record.body = facts::Sighting{facts::IncidentSeen{"checkout", "down", "", began, ended, ""}};
    append(std::move(record));
  }
  void day(Timestamp at) {
    Record record;
    record.ts = at;
    record.key = WorryKey("alert_day/" + std::to_string(at.ms));
    record.body = facts::Sighting{facts::AlertDaySeen{"SomethingSlow", "checkout", at}};
    append(std::move(record));
  }
  std::vector<Firing> load() {
    auto out = load_firings(journal, catalog, people, kMonday, kMonday + kMonth);
    EXPECT_TRUE(out.has_value());
    return out->all;
  }
};

TEST(Usefulness, AnswersWeighOneAndWhatFollowedHalf) {
  std::vector<Firing> firings(3, firing(hours(1)));
  firings[0].useful = 1;
  firings[1].noise = 1;
  firings[2].incident = true;
  const RuleUse use = rules_of(firings, kMonth).front();
  // Beta(1 + 1.5, 1 + 1): mean 2.5 / 4.5.
  EXPECT_NEAR(use.use->mean, 2.5 / 4.5, 1e-12);
  EXPECT_EQ(use.useful, 2);
  EXPECT_EQ(use.judged, 3);
}

TEST(Usefulness, FourteenThatEndedByThemselvesButOneAreNoise) {
  std::vector<Firing> firings(13, firing(minutes(3)));
  firings.push_back(firing(hours(2)));
  firings.back().useful = 1;
  const RuleUse use = rules_of(firings, kMonth).front();
  // Beta(2, 7.5): P(share <= x) = 1 - (1 - x)^7.5 (1 + 7.5 x), so 90 % from 0.042 to 0.449.
  EXPECT_NEAR(use.use->mean, 2 / 9.5, 1e-12);
  EXPECT_EQ(use.standing, RuleStanding::kNoise);
  EXPECT_EQ(use.sentence,
            "SomethingSlow fired 14 times in 30d and called people 14 times; useful in 1 of 14 "
            "(90 %: 4 to 45 %): make it a ticket, or raise its `for` by 4m: 13 of 14 ended by "
            "themselves");
}

TEST(Usefulness, ThreeAnswersOfNoiseSufficeAndTwoDoNot) {
  // P(share < 1/2) under Beta(1, 1 + n) is 1 - 2^-(n + 1): 0.875 for two, 0.9375 for three.
  std::vector<Firing> firings(2, firing(hours(1)));
  for (Firing& each : firings) each.noise = 1;
  EXPECT_EQ(rules_of(firings, kMonth).front().standing, RuleStanding::kUnsure);
  firings.push_back(firings.front());
  const RuleUse use = rules_of(firings, kMonth).front();
  EXPECT_NEAR(use.noise_chance, 0.9375, 1e-9);
  EXPECT_EQ(use.standing, RuleStanding::kNoise);
}

TEST(Usefulness, WhatNobodyAnsweredIsNotKnown) {
  const std::vector<Firing> firings(20, firing(hours(1)));
  const RuleUse use = rules_of(firings, kMonth).front();
  EXPECT_FALSE(use.use.has_value());
  EXPECT_EQ(use.standing, RuleStanding::kUnknown);
  EXPECT_NE(use.sentence.find("whether that was useful is not known"), std::string::npos);
}

TEST(Usefulness, ShortButTakenOrGoingOnIsNotNoise) {
  Firing taken = firing(minutes(2));
  taken.acked = true;
  EXPECT_EQ(worth_of(taken), FiringWorth::kUnknown);
  Firing open = firing(minutes(2));
  open.ended.reset();
  EXPECT_EQ(worth_of(open), FiringWorth::kUnknown);
  EXPECT_EQ(worth_of(firing(kByItself)), FiringWorth::kUnknown) << "the bound is open";
}

TEST(Usefulness, NotMineSpeaksOfTheRouteAlone) {
  std::vector<Firing> firings(4, firing(hours(1)));
  for (Firing& each : firings) each.not_mine = 1;
  const RuleUse use = rules_of(firings, kMonth).front();
  EXPECT_FALSE(use.use.has_value());
  EXPECT_NE(use.sentence.find("route it to who owns it"), std::string::npos) << use.sentence;
}

TEST(Usefulness, NobodyIsToldToQuietenTheGravest) {
  std::vector<Firing> firings(10, firing(minutes(1)));
  for (Firing& each : firings) each.severity = "SEV1";
  const RuleUse use = rules_of(firings, kMonth).front();
  EXPECT_EQ(use.standing, RuleStanding::kNoise);
  EXPECT_EQ(use.sentence.find("ticket"), std::string::npos) << use.sentence;
}

TEST(Usefulness, AttentionIsMinutesUntilAnHourHasAPrice) {
  const RuleUse use = rules_of(std::vector<Firing>(4, firing(hours(1))), kMonth).front();
  // Four calls of what is assumed of one: 20 to 120 minutes, 53 on average.
  EXPECT_EQ(use.minutes->p05, 80);
  EXPECT_EQ(use.minutes->mean, 212);
  const auto cost = priced(chance::exactly(120), chance::exactly(90), chance::Seed{1});
  EXPECT_NEAR(cost.p05, 180, 1e-9);
  EXPECT_NEAR(cost.p95, 180, 1e-9);
}

TEST(Firings, AnAlertThatFiresTwiceHasTwoLives) {
  Week week;
  week.fired(kMonday + hours(1), minutes(4));
  week.fired(kMonday + hours(9), hours(2));
  week.incident(kMonday + hours(10), kMonday + hours(12));
  const auto all = week.load();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(*all[0].ended - all[0].began, minutes(4));
  EXPECT_FALSE(all[0].incident);
  EXPECT_TRUE(all[1].incident);
  EXPECT_EQ(all[0].called, 0) << "no severity that wakes";
}

TEST(Firings, SeverityCallsOneWhereDaytwoToldNobody) {
  Week week;
  week.people.hours = model::WorkingHours{};
  week.fired(kMonday + hours(1), minutes(4), "page");   // Monday 10:00
  week.fired(kMonday + hours(14), minutes(4), "page");  // Monday 23:00
  const auto all = week.load();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].called, 1);
  EXPECT_TRUE(all[0].by_custom);
  EXPECT_EQ(all[0].asleep, 0);
  EXPECT_EQ(all[1].asleep, 1);
}

TEST(Firings, APageBelongsToTheLifeInWhichItWasSent) {
  Week week;
  week.fired(kMonday + hours(1), minutes(20), "page");
  week.told("alert/alertmanager/aa11", kMonday + hours(1) + minutes(1), "noise");
  week.fired(kMonday + hours(9), minutes(20), "page");
  const auto all = week.load();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].noise, 1);
  EXPECT_FALSE(all[0].by_custom);
  EXPECT_EQ(all[1].noise, 0);
  EXPECT_FALSE(all[1].asleep.has_value()) << "nobody stated working hours";
}

TEST(Firings, ImportedDaysCountWhereNothingWasReceived) {
  Week week;
  week.fired(kMonday + hours(1), minutes(4));
  week.day(kMonday + hours(1));
  week.day(kMonday + days(2));
  week.incident(kMonday + days(2) + minutes(30), kMonday + days(2) + hours(1));
  const auto all = week.load();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_TRUE(all[1].is_day);
  EXPECT_TRUE(all[1].incident) << "within the hour that it is looked for";
}

TEST(Firings, WhatDaytwoFoundCountsOnceItToldSomebody) {
  Week week;
  facts::Finding finding;
  finding.kind = facts::FindingKind::kProbe;
  finding.service = "checkout";
  Record record;
  record.ts = kMonday + hours(3);
  record.key = WorryKey("probe/checkout");
  record.body = finding;
  week.append(std::move(record));
  EXPECT_TRUE(week.load().empty());
  week.told("probe/checkout", kMonday + hours(3), "useful");
  const auto all = week.load();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].rule, "daytwo probe");
  EXPECT_EQ(all[0].useful, 1);
}

}  // namespace
}  // namespace daytwo::learn
