// Estimates: what people stated of a worry, beside what came.
#include "learn/estimates.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "chance/distribution.h"
#include "chance/seed.h"
#include "facts/judgement.h"
#include "facts/memory_journal.h"
#include "facts/record.h"
#include "facts/sighting.h"
#include "facts/written.h"
#include "learn/forecasters.h"
#include "learn/learner.h"

namespace daytwo::learn {
namespace {

constexpr Timestamp kStart{1795305600000};

facts::Record written(const std::string& text, const std::string& by = "ann",
                      Timestamp now = kStart) {
  const std::vector<std::string> services = {"checkout"};
  auto out = facts::written_worry({text, "", by}, services, {}, now);
  EXPECT_TRUE(out) << out.error().to_string();
  return *std::move(out);
}

facts::Record incident(const std::string& title, Timestamp began, Duration lasted) {
  facts::Record out;
  out.ts = began + lasted;
  out.key = WorryKey("incident/" + title + to_rfc3339(began));
  out.body = facts::Sighting{facts::IncidentSeen{"checkout", title, "", began, began + lasted, ""}};
  return out;
}

// A journal, a clock, and turns of the room.
struct World {
  facts::MemoryJournal journal;
  Timestamp now = kStart;
  Learner learner{[](const std::string&, Timestamp) { return std::optional<double>(); }};

  void append(facts::Record record) {
    ASSERT_TRUE(journal.append({std::move(record)}).has_value());
  }
  std::vector<facts::Record> turn() {
    std::vector<facts::Record> said = learner.step(journal.snapshot(), now);
    if (!said.empty()) EXPECT_TRUE(journal.append(said).has_value());
    return said;
  }
};

const facts::Lesson& lesson_of(const facts::Record& record) {
  return *facts::body_as<facts::Lesson>(record);
}

TEST(Estimates, ARareEventIsForetoldAsAChanceInThirtyDays) {
  const auto said = foretold(written("once in 2 years that checkout is down, 2h to 8h"), kStart);
  ASSERT_TRUE(said.has_value());
  const facts::Lesson& lesson = lesson_of(*said);
  // One number of a rate is taken as exact: 1 - e^(-0.5 * 30 / 365.25).
  ASSERT_TRUE(lesson.chance.has_value());
  EXPECT_NEAR(lesson.chance->value, -std::expm1(-0.5 * 30 / 365.25), 1e-6);
  EXPECT_EQ(lesson.due, kStart + days(30));
  EXPECT_EQ(said->find_input("by"), "ann");
  EXPECT_EQ(said->find_input("source"), "how often");
}

TEST(Estimates, AFrequentEventIsForetoldAsANumberInTheShortestWindowThatTellsSomething) {
  const auto said =
      foretold(written("300 to 500 times a year that a deploy breaks checkout, 1h to 4h"), kStart);
  ASSERT_TRUE(said.has_value());
  EXPECT_FALSE(lesson_of(*said).chance.has_value());
  EXPECT_EQ(lesson_of(*said).due, kStart + days(7)) << "1 a day, 8 a week";
  const chance::Estimate& times = said->find_amount("said")->estimate;
  EXPECT_NEAR(times.mean, 396.0 * 7 / 365.25, 0.15);
  EXPECT_EQ(times.p05, std::round(times.p05)) << "a whole number of times";
  EXPECT_LT(times.p05, 5);
  EXPECT_GT(times.p95, 11);
}

TEST(Estimates, WhatHasNoServiceOrNoRateAYearIsNotForetold) {
  EXPECT_FALSE(foretold(written("twice a year that records escape, $10k to $90k"), kStart));
  EXPECT_FALSE(foretold(written("1 in 20 deploys that checkout breaks, 1h to 2h"), kStart));
}

TEST(Estimates, ACountIsScoredAWeekAfterItsTimeByIncidentsOfItsKind) {
  World world;
  world.append(written("300 to 500 times a year that a deploy breaks checkout, 1h to 4h"));
  ASSERT_EQ(world.turn().size(), 1U);
  EXPECT_TRUE(world.turn().empty()) << "one forecast at a time";
  for (int day = 0; day < 7; ++day) {
    world.append(incident("deploy rolled back", kStart + days(day) + hours(3), minutes(5)));
    world.append(incident("database full", kStart + days(day) + hours(4), minutes(5)));
  }
  world.append(incident("deploy rolled back", kStart - hours(1), minutes(5)));
  world.append(incident("deploy rolled back", kStart + days(8), minutes(5)));
  world.now = kStart + days(13);
  for (const facts::Record& each : world.turn()) {
    EXPECT_EQ(each.find_input("source"), kHowLong) << "the week of late reports is not over";
  }
  world.now = kStart + days(14);
  const std::vector<facts::Record> said = world.turn();
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(lesson_of(said[0]).kind, facts::LessonKind::kScored);
  EXPECT_EQ(lesson_of(said[0]).outcome, 7);
  EXPECT_EQ(lesson_of(said[0]).inside, true);
  EXPECT_EQ(said[0].find_input("by"), "ann");
  EXPECT_EQ(world.turn().size(), 1U) << "the next one is made";
}

TEST(Estimates, WithoutAnyIncidentNothingIsKnownAndWithOthersNoneIsAnAnswer) {
  World none;
  none.append(written("once in 2 years that checkout is down, 2h to 8h"));
  none.turn();
  none.now = kStart + days(37);
  const auto voided = none.turn();
  ASSERT_EQ(voided.size(), 1U);
  EXPECT_EQ(lesson_of(voided[0]).kind, facts::LessonKind::kVoid);
  EXPECT_NE(voided[0].sentence.find("no incident was known"), std::string::npos);

  World other;
  other.append(written("once in 2 years that checkout is down, 2h to 8h"));
  other.append(incident("long ago", kStart - days(100), hours(1)));
  other.turn();
  other.now = kStart + days(37);
  const auto scored = other.turn();
  ASSERT_EQ(scored.size(), 1U);
  EXPECT_EQ(lesson_of(scored[0]).outcome, 0);
  EXPECT_NEAR(*lesson_of(scored[0]).score, std::pow(lesson_of(scored[0]).chance->value, 2), 1e-12);
}

TEST(Estimates, EachIncidentTellsOnceHowLongOneIs) {
  World world;
  world.append(written("5 times a year that checkout is down, 2h to 8h"));
  world.turn();
  world.append(incident("before it was said", kStart - days(1), hours(3)));
  world.append(incident("as said", kStart + days(1), hours(3)));
  world.append(incident("too short", kStart + days(2), minutes(10)));
  world.now = kStart + days(3);
  const std::vector<facts::Record> said = world.turn();
  ASSERT_EQ(said.size(), 2U);
  EXPECT_EQ(lesson_of(said[0]).inside, true);
  EXPECT_NEAR(*lesson_of(said[0]).outcome, 3, 1e-9);
  EXPECT_EQ(lesson_of(said[1]).inside, false);
  EXPECT_TRUE(world.turn().empty()) << "once";
}

TEST(Estimates, WhatIsSaidAnewIsScoredAnewAndTheOldStays) {
  World world;
  world.append(written("5 times a year that checkout is down, 2h to 8h"));
  const std::string old_key = world.turn().at(0).key.value;
  facts::Record anew = written("50 times a year that checkout is down, 2h to 8h", "ben", kStart);
  anew.key = written("5 times a year that checkout is down, 2h to 8h").key;
  anew.state = facts::State::kChanged;
  world.append(anew);
  world.append(incident("x", kStart - days(1), minutes(1)));
  const auto second = world.turn();
  ASSERT_EQ(second.size(), 1U);
  EXPECT_NE(second[0].key.value, old_key);
  world.now = kStart + days(40);
  std::vector<std::string> people;
  for (const facts::Record& each : world.turn()) {
    if (lesson_of(each).kind == facts::LessonKind::kScored) {
      people.emplace_back(each.find_input("by"));
    }
  }
  std::sort(people.begin(), people.end());
  EXPECT_EQ(people, (std::vector<std::string>{"ann", "ben"})) << "the old is scored, too";
}

TEST(Estimates, AreToldByPersonAndKind) {
  World world;
  world.append(written("5 times a year that checkout is down, 2h to 8h"));
  world.append(incident("short", kStart + hours(1), minutes(1)));
  world.now = kStart + days(1);
  std::vector<facts::RecordPtr> lessons;
  for (facts::Record& each : world.turn()) {
    lessons.push_back(std::make_shared<facts::Record>(std::move(each)));
  }
  const std::vector<Forecaster> rows = forecasters(lessons);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].name, "ann");
  EXPECT_EQ(rows[0].source, "how long");
  EXPECT_EQ(rows[0].ranges, 1);
  EXPECT_EQ(rows[0].held, 0);
}

// Whoever states the very gamma that rates come from is right as often as he says: counts drawn
// from it lie in the 90 % range at least that often, and the mean is the mean.
RC_GTEST_PROP(EstimateLaws, TheTruthIsCalibrated, ()) {
  const double shape = *rc::gen::inRange(5, 200) / 10.0;
  const double mean = *rc::gen::inRange(200, 2000);
  const chance::Distribution rate = chance::gamma(shape, shape / mean);
  facts::Record said = written("5 times a year that checkout is down, 2h to 8h");
  for (facts::Input& input : said.inputs) {
    if (input.name == facts::kStatedEvents) input.value = rate.to_string();
  }
  const auto forecast = foretold(said, kStart);
  RC_ASSERT(forecast.has_value());
  const chance::Estimate& range = forecast->find_amount("said")->estimate;
  const double years = (lesson_of(*forecast).due - kStart).hours() / (24 * 365.25);
  RC_ASSERT(std::fabs(range.mean - mean * years) < 1e-6 * mean);
  chance::Stream draws(chance::Seed{7}, 0);
  constexpr int kDraws = 4'000;
  int held = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double count = chance::poisson(rate.draw(draws) * years).draw(draws);
    held += count >= range.p05 && count <= range.p95 ? 1 : 0;
  }
  RC_ASSERT(held > 0.88 * kDraws);
}

}  // namespace
}  // namespace daytwo::learn
