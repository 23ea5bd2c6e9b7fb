#include "learn/learner.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <numeric>
#include <string>
#include <utility>

#include "chance/distribution.h"
#include "chance/seed.h"
#include "facts/memory_journal.h"
#include "learn/forecast.h"
#include "learn/summary.h"
#include "model/amount.h"
#include "series/memory_source.h"

namespace daytwo::learn {
namespace {

// 2026-11-22T00:00:00Z.
constexpr Timestamp kMidnight{1795305600000};

// A journal, a clock, and answers of queries by a part of their text.
struct World {
  facts::MemoryJournal journal;
  Timestamp now = kMidnight + hours(9);
  std::map<std::string, double> answers;
  Learner learner{[this](const std::string& query, Timestamp) -> Result<std::optional<double>> {
    for (const auto& [part, value] : answers) {
      if (query.find(part) != std::string::npos) return value;
    }
    return std::optional<double>();
  }};

  void append(facts::Record record) {
    record.ts = now;
    ASSERT_TRUE(journal.append({std::move(record)}).has_value());
  }
  std::vector<facts::Record> turn() {
    std::vector<facts::Record> said = learner.step(journal.snapshot(), now);
    if (!said.empty()) EXPECT_TRUE(journal.append(said).has_value());
    return said;
  }
  [[nodiscard]] facts::RecordPtr find(const char* kind, const std::string& key) const {
    return journal.snapshot().find(kind, WorryKey(key));
  }
};

facts::Record run_out(chance::Estimate days_left) {
  facts::Record out;
  out.key = WorryKey("runout/host/filesystem:/var");
  out.subject = "/var";
  out.amounts = {{"days_to_runout", {days_left, std::string(model::kDaysToRunOut), "", {}, ""}}};
  facts::Finding finding;
  finding.kind = facts::FindingKind::kRunOut;
  finding.title = "/var is filling";
  finding.truth_query = "left <= bool 0";
  out.body = std::move(finding);
  return out;
}

facts::Record probe(const std::string& url) {
  facts::Record out;
  out.key = WorryKey("probe/" + url);
  facts::ProbeSeen seen;
  seen.url = url;
  seen.up = true;
  out.body = facts::Sighting{seen};
  return out;
}

// A deed about the one page on a worry, under the page's own key, as act writes it.
facts::Record page_deed(const std::string& worry, facts::DeedKind kind) {
  facts::Record out;
  out.key = WorryKey("page/1a2b");
  out.inputs = {{"worry", worry}, {"purpose", "page"}, {"epoch", "1"}};
  facts::Deed deed;
  deed.kind = kind;
  out.body = deed;
  return out;
}

// Full in half an hour, surely within the hour.
const chance::Estimate kSoon{.01, .015, .02, .025, .03, .02, 0, {}};
constexpr const char* kVar = "runout/host/filesystem:/var";

TEST(Learner, ForetellsARunOutOnceAndScoresItUnderTheWorrysKey) {
  World world;
  world.append(run_out(kSoon));
  EXPECT_EQ(world.turn().size(), 2U);
  const auto said = world.find("forecast", kVar);
  ASSERT_NE(said, nullptr);
  EXPECT_EQ(facts::body_as<facts::Lesson>(*said)->chance->value, 1);
  EXPECT_EQ(facts::body_as<facts::Lesson>(*said)->due, world.now + hours(1));
  EXPECT_TRUE(world.turn().empty());
  world.answers["max_over_time((left <= bool 0)[1h:30s])"] = 1;
  world.now = world.now + hours(1);
  EXPECT_EQ(world.find("scored", kVar), nullptr);
  world.now = world.now + kSettle;
  world.turn();
  const auto scored = world.find("scored", kVar);
  ASSERT_NE(scored, nullptr);
  EXPECT_EQ(facts::body_as<facts::Lesson>(*scored)->outcome, 1);
  EXPECT_EQ(facts::body_as<facts::Lesson>(*scored)->score, 0);
  EXPECT_EQ(scored->sentence, "/var full within the hour: said 100 %, came");
}

TEST(Learner, ARunOutDateIsScoredWhenItIsFull) {
  World world;
  world.append(run_out(kSoon));
  world.turn();
  world.now = world.now + minutes(30);
  world.append(run_out(chance::exactly(0)));
  world.turn();
  const auto scored = world.find("scored", std::string(kVar) + "/when");
  ASSERT_NE(scored, nullptr);
  const auto* lesson = facts::body_as<facts::Lesson>(*scored);
  EXPECT_NEAR(*lesson->outcome, 30 / 1440.0, 1e-9);
  EXPECT_TRUE(*lesson->inside);
  EXPECT_GT(*lesson->score, 0);
}

TEST(Learner, ARunOutThatDoesNotComeWasOutsideItsInterval) {
  World world;
  world.append(run_out(kSoon));
  world.turn();
  world.now = world.now + hours(1);
  world.turn();
  const auto scored = world.find("scored", std::string(kVar) + "/when");
  ASSERT_NE(scored, nullptr);
  EXPECT_FALSE(*facts::body_as<facts::Lesson>(*scored)->inside);
}

TEST(Learner, WhatSomebodyActedUponIsVoid) {
  World world;
  world.append(run_out(kSoon));
  world.turn();
  world.now = world.now + minutes(5);
  world.append(page_deed(kVar, facts::DeedKind::kQueued));
  world.append(page_deed(kVar, facts::DeedKind::kAcked));
  world.now = world.now + hours(1) + kSettle;
  world.turn();
  EXPECT_EQ(world.find("scored", kVar), nullptr);
  ASSERT_NE(world.find("void", kVar), nullptr);
  ASSERT_NE(world.find("void", std::string(kVar) + "/when"), nullptr);
}

TEST(Learner, AnUnknownTruthIsWaitedForAndThenVoid) {
  World world;
  world.append(run_out(kSoon));
  world.turn();
  world.now = world.now + hours(1) + kSettle;
  world.turn();
  EXPECT_EQ(world.find("void", kVar), nullptr);
  world.now = world.now + kGiveUp;
  world.turn();
  ASSERT_NE(world.find("void", kVar), nullptr);
}

TEST(Learner, ForetellsAProbesHourAndItsTomorrowAndItsDay) {
  World world;
  world.answers["count_over_time"] = 20;
  world.answers["sum_over_time"] = 19;
  world.answers["avg_over_time(probe_success{instance=\"http://x/\"}[7d])"] = .98;
  world.append(probe("http://x/"));
  EXPECT_EQ(world.turn().size(), 3U);
  EXPECT_TRUE(world.turn().empty());
  const auto hour = world.find("forecast", "forecast/http://x//hour");
  ASSERT_NE(hour, nullptr);
  EXPECT_NEAR(facts::body_as<facts::Lesson>(*hour)->chance->value, 19.5 / 21, 1e-12);
  const auto tomorrow = world.find("forecast", "forecast/http://x//tomorrow");
  EXPECT_EQ(facts::body_as<facts::Lesson>(*tomorrow)->due, kMidnight + days(2));
  const auto today = world.find("forecast", "forecast/http://x//today");
  EXPECT_EQ(facts::body_as<facts::Lesson>(*today)->due, kMidnight + days(1));
  // An hour later the first is scored and the next hour is foretold.
  world.answers["min_over_time(probe_success{instance=\"http://x/\"}[1h])"] = 1;
  world.answers.erase("count_over_time");
  world.answers.erase("sum_over_time");
  world.now = world.now + hours(1) + kSettle;
  EXPECT_EQ(world.turn().size(), 1U);
  EXPECT_EQ(world.turn().size(), 1U);
  EXPECT_NE(world.find("scored", "forecast/http://x//hour"), nullptr);
}

facts::Record note(double left, double given_back, double spent, double deviation,
                   const std::string& days) {
  facts::Record out;
  out.key = WorryKey("objective/checkout/availability");
  out.subject = "checkout availability";
  const auto add = [&](const char* name, double share) {
    out.amounts.push_back({name, {chance::exactly(share), "of the budget", "", {}, ""}});
  };
  add("budget_left", left);
  add("given_back_by_day_end", given_back);
  add("spent_by_day_end", spent);
  add("deviation", deviation);
  out.inputs = {{"days", days}};
  facts::Finding finding;
  finding.kind = facts::FindingKind::kObjective;
  out.body = std::move(finding);
  return out;
}

constexpr const char* kBudgetToday = "forecast/objective/checkout/availability/today";

TEST(Learner, ForetellsABudgetAtTheDaysEndAndScoresItByTheNextDaysNote) {
  World world;
  world.append(note(.7, .02, .03, .01, "7"));
  EXPECT_EQ(world.turn().size(), 1U);
  EXPECT_TRUE(world.turn().empty());
  const auto said = world.find("forecast", kBudgetToday);
  ASSERT_NE(said, nullptr);
  EXPECT_EQ(facts::body_as<facts::Lesson>(*said)->due, kMidnight + days(1));
  EXPECT_NEAR(said->find_amount("said")->estimate.p50, .69, 1e-12);
  world.now = kMidnight + days(1) + seconds(4);
  EXPECT_TRUE(world.turn().empty());
  world.append(note(.68, 0, .03, .01, "7"));
  world.turn();
  const auto scored = world.find("scored", kBudgetToday);
  ASSERT_NE(scored, nullptr);
  EXPECT_NEAR(*facts::body_as<facts::Lesson>(*scored)->outcome, .68, 1e-12);
  EXPECT_TRUE(*facts::body_as<facts::Lesson>(*scored)->inside);
  // And the next day is foretold from that note.
  world.turn();
  EXPECT_EQ(facts::body_as<facts::Lesson>(*world.find("forecast", kBudgetToday))->due,
            kMidnight + days(2));
}

TEST(Learner, ABudgetsTruthThatCameTooLateIsVoid) {
  World world;
  world.append(note(.7, 0, .03, .01, "2"));
  world.turn();
  world.now = kMidnight + days(1) + kGiveUp + seconds(1);
  world.append(note(.5, 0, .03, .01, "2"));
  world.turn();
  EXPECT_EQ(world.find("scored", kBudgetToday), nullptr);
  ASSERT_NE(world.find("void", kBudgetToday), nullptr);
}

TEST(Learner, ABudgetWithoutAnObjectiveIsVoidAtOnce) {
  World world;
  world.append(note(.7, 0, .03, .01, "2"));
  world.turn();
  facts::Record gone = note(.7, 0, .03, .01, "2");
  gone.state = facts::State::kClosed;
  world.append(std::move(gone));
  world.turn();
  ASSERT_NE(world.find("void", kBudgetToday), nullptr);
}

TEST(Learner, TheDaysLastHourIsTooLateForItsBudget) {
  World world;
  world.now = kMidnight + hours(23) + minutes(1);
  world.append(note(.7, 0, .03, .01, "2"));
  EXPECT_TRUE(world.turn().empty());
}

TEST(Learner, ARestartForetellsNothingTwice) {
  World world;
  world.append(run_out(kSoon));
  world.turn();
  World other;
  EXPECT_TRUE(other.learner.step(world.journal.snapshot(), world.now).empty());
}

TEST(Learner, ReadsTheTruthFromASource) {
  series::MemorySource source;
  const Evaluate evaluate = evaluate_over(source);
  EXPECT_FALSE(evaluate("x", kMidnight)->has_value());
  EXPECT_EQ(**evaluate("1 + 1", kMidnight), 2);
  EXPECT_FALSE(evaluate("sum(", kMidnight).has_value());
}

TEST(Forecast, CleanHoursFollowTheBetaPosterior) {
  EXPECT_NEAR(chance_of_clean_hours(0, 0, 1), .5, 1e-12);
  // Beta(10.5, 0.5): E[p^2] = 10.5 / 11 * 11.5 / 12.
  EXPECT_NEAR(chance_of_clean_hours(10, 10, 2), 10.5 / 11 * 11.5 / 12, 1e-12);
}

RC_GTEST_PROP(Forecast, MoreHoursAreNeverMoreLikelyClean, ()) {
  const double seen = *rc::gen::inRange(0, 200);
  const double clean = seen - std::min(seen, static_cast<double>(*rc::gen::inRange(0, 20)));
  const int hours = *rc::gen::inRange(1, 48);
  RC_ASSERT(chance_of_clean_hours(clean, seen, hours + 1) <=
            chance_of_clean_hours(clean, seen, hours));
}

RC_GTEST_PROP(Forecast, TheDaysAvailabilityStaysBetweenWhatIsGoneAndWhatIsLeft, ()) {
  const double gone = *rc::gen::inRange(0, 239) / 10.0;
  const double so_far = *rc::gen::inRange(0, 101) / 100.0;
  const double mean = *rc::gen::inRange(0, 101) / 100.0;
  const chance::Estimate said = availability_of_day(gone, so_far, mean, *rc::gen::inRange(0, 168));
  RC_ASSERT(said.p05 <= said.p50 && said.p50 <= said.p95);
  RC_ASSERT(said.p05 >= gone / 24 * so_far - 1e-9);
  RC_ASSERT(said.p95 <= gone / 24 * so_far + (24 - gone) / 24 + 1e-9);
}

TEST(AvailabilityOfDay, IsSaidAtEveryMinuteOfTheDayAndNarrowsTowardsItsEnd) {
  for (const double mean : {0.0, 0.5, 0.999, 1.0}) {
    for (const double seen : {0.0, 1.0, 168.0}) {
      for (int minute = 0; minute < 24 * 60; ++minute) {
        const double gone = minute / 60.0;
        const chance::Estimate said = availability_of_day(gone, 1, mean, seen);
        ASSERT_GE(said.p05, gone / 24 - 1e-9) << "minute " << minute << ", mean " << mean;
        ASSERT_LE(said.p05, said.p95);
        ASSERT_LE(said.p95, 1 + 1e-9);
      }
    }
  }
}

TEST(Forecast, FewDaysMakeABudgetsIntervalWide) {
  // Seven days: t of six degrees of freedom times sqrt(8/7).
  const chance::Estimate seven = budget_at_day_end({.7, .02, .03, .01, 7});
  EXPECT_NEAR(seven.p50, .69, 1e-12);
  EXPECT_NEAR(seven.p05, .69 - 1.943 * .01 * std::sqrt(8 / 7.0), 1e-12);
  EXPECT_NEAR(seven.p75, .69 + .718 * .01 * std::sqrt(8 / 7.0), 1e-12);
  // Two, one and none: one degree of freedom.
  EXPECT_NEAR(budget_at_day_end({.7, 0, 0, .01, 2}).p05, .7 - 6.314 * .01 * std::sqrt(1.5), 1e-12);
  EXPECT_NEAR(budget_at_day_end({.7, 0, 0, .01, 1}).p05, .7 - 6.314 * .01 * std::sqrt(2), 1e-12);
  EXPECT_EQ(budget_at_day_end({.7, 0, 0, .01, 0}), budget_at_day_end({.7, 0, 0, .01, 1}));
}

TEST(Forecast, ABudgetIsNeverMoreThanWhole) {
  const chance::Estimate said = budget_at_day_end({1, 0, 0, .001, 7});
  EXPECT_EQ(said.p95, 1);
  EXPECT_LT(said.p05, 1);
}

// Days drawn alike: the interval from the seven before holds the eighth nine times in ten. 4,000
// trials: beyond 2.4 % with less than 1e-6 (five deviations of a binomial share).
TEST(Forecast, ABudgetsIntervalHoldsAsOftenAsItClaims) {
  chance::Stream stream(chance::Seed{11}, 0);
  const auto draw = [&] { return chance::normal_quantile(stream.uniform()) * .01; };
  int held = 0;
  constexpr int kTrials = 4000;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::array<double, 7> seen{};
    double mean = 0;
    for (double& one : seen) mean += (one = .03 + draw()) / 7;
    double squares = 0;
    for (const double one : seen) squares += (one - mean) * (one - mean);
    const chance::Estimate said = budget_at_day_end({.5, 0, mean, std::sqrt(squares / 6), 7});
    const double came = .5 - (.03 + draw());
    held += came >= said.p05 && came <= said.p95 ? 1 : 0;
  }
  EXPECT_NEAR(held / static_cast<double>(kTrials), .9, .024);
}

facts::RecordPtr lesson(std::uint64_t id, const std::string& key, facts::Lesson body) {
  facts::Record out;
  out.id = RecordId(id);
  out.key = WorryKey(key);
  out.body = std::move(body);
  return std::make_shared<const facts::Record>(std::move(out));
}

facts::Lesson scored_chance(double said, double came) {
  facts::Lesson out;
  out.kind = facts::LessonKind::kScored;
  out.chance = Ratio{said};
  out.outcome = came;
  return out;
}

// RC33: ten forecasts with a Brier score of 0.17.
TEST(Summary, AddsUpWhatWasSaidAndWhatCame) {
  std::vector<facts::RecordPtr> lessons;
  const std::vector<std::pair<double, double>> ten = {{.1, 0}, {.1, 0}, {.1, 1}, {.1, 0}, {.3, 0},
                                                      {.3, 1}, {.3, 0}, {.7, 1}, {.7, 1}, {.9, 1}};
  std::uint64_t id = 0;
  for (const auto& [said, came] : ten) {
    ++id;
    lessons.push_back(lesson(id, "k" + std::to_string(id), scored_chance(said, came)));
  }
  facts::Lesson interval;
  interval.kind = facts::LessonKind::kScored;
  interval.outcome = 3;
  for (int i = 0; i < 20; ++i) {
    interval.inside = i < 14;
    lessons.push_back(lesson(++id, "i" + std::to_string(i), interval));
  }
  facts::Lesson waiting;
  waiting.kind = facts::LessonKind::kForecast;
  lessons.push_back(lesson(++id, "k1", waiting));
  const Summary summary = summarize(lessons);
  EXPECT_EQ(summary.chances, 10);
  EXPECT_NEAR(summary.brier.score, .17, 1e-12);
  EXPECT_EQ(summary.intervals.held, 14);
  EXPECT_NEAR(summary.intervals.fewer_or_equal, 0.01125313416, 1e-9);  // RC35
  EXPECT_EQ(summary.waiting, 1);
  EXPECT_EQ(summary.bins.at(0).count, 4);
  EXPECT_NEAR(summary.bins.at(0).came, .25, 1e-12);
  EXPECT_EQ(summary.sentence,
            "our 90 % intervals held 14 of 20 times, too seldom for chance; 10 chances scored: "
            "Brier score 0.170 (0 is perfect, 0.25 is a coin)");
  EXPECT_EQ(summarize({}).sentence, "no forecast has been made yet");
}

// Ranges around what comes, as wide as they should be, too narrow, too wide, and off to one side.
facts::RecordPtr scored_range(std::uint64_t id, double width, double off, double came) {
  chance::Estimate said = chance::normal(off, width).estimate();
  facts::Record out;
  out.id = RecordId(id);
  out.key = WorryKey("r" + std::to_string(id));
  facts::Lesson body;
  body.kind = facts::LessonKind::kScored;
  body.outcome = came;
  body.inside = came >= said.p05 && came <= said.p95;
  out.body = std::move(body);
  out.amounts.push_back({"said", model::Amount{said, "days", "", Timestamp{}, ""}});
  return std::make_shared<const facts::Record>(std::move(out));
}

Spread spread_after(int count, double width, double off) {
  chance::Stream stream(chance::Seed{8}, 0);
  std::vector<facts::RecordPtr> lessons;
  for (int i = 1; i <= count; ++i) {
    lessons.push_back(scored_range(static_cast<std::uint64_t>(i), width, off, stream.normal()));
  }
  return summarize(lessons).spread;
}

TEST(Summary, SaysWhereTruthsFall) {
  const Spread good = spread_after(200, 1, 0);
  EXPECT_EQ(good.count, 200);
  EXPECT_EQ(std::accumulate(good.tenths.begin(), good.tenths.end(), std::int64_t{0}), 200);
  EXPECT_GT(good.p, .05) << good.sentence;
  EXPECT_EQ(good.sentence.find("truths fall evenly"), 0U) << good.sentence;
  EXPECT_EQ(spread_after(200, .4, 0).sentence.find("ranges are too narrow"), 0U);
  EXPECT_EQ(spread_after(200, 3, 0).sentence.find("ranges are too wide"), 0U);
  EXPECT_EQ(spread_after(200, 1, -1.5).sentence.find("what came is higher than said"), 0U);
  EXPECT_EQ(spread_after(200, 1, 1.5).sentence.find("what came is lower than said"), 0U);
  EXPECT_EQ(spread_after(19, 1, 0).sentence.find("19 of 20 truths in"), 0U);
  EXPECT_EQ(summarize({}).spread.count, 0);
}

// A calibrated forecaster: 400 chances drawn and come true as said. The Brier score's reliability
// has mean 0.16 / 400 a group of equal chances; above ten times that with less than 1e-6.
TEST(Summary, ACalibratedForecasterIsReliable) {
  chance::Stream stream(chance::Seed{4}, 0);
  std::vector<facts::RecordPtr> lessons;
  for (std::uint64_t i = 1; i <= 400; ++i) {
    const double said = std::floor(stream.uniform() * 5) / 5 + .1;
    lessons.push_back(
        lesson(i, "k" + std::to_string(i), scored_chance(said, stream.uniform() < said ? 1 : 0)));
  }
  EXPECT_LT(summarize(lessons).brier.reliability, 5 * .16 / 400 * 10);
}

}  // namespace
}  // namespace daytwo::learn
