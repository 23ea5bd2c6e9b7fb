#include "learn/quiz.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "chance/learning.h"
#include "chance/pool.h"
#include "facts/judgement.h"
#include "learn/forecasters.h"
#include "series/memory_source.h"

namespace daytwo::learn {
namespace {

constexpr Timestamp kNow{1'763'800'000'000};

// A counter of each service that rises by `rate` a second for an hour.
void count_requests(series::MemorySource& source, const std::string& service, double rate) {
  for (int minute = 0; minute <= 60; ++minute) {
    const Timestamp at = kNow - minutes(60 - minute);
    ASSERT_TRUE(
        source
            .add({{"__name__", "http_requests_total"}, {"service", service}, {"code", "200"}},
                 {{at, {rate * 60 * minute, nullptr}}})
            .has_value());
  }
}

TEST(Quiz, AsksWhatTheStoreKnowsAndNothingElse) {
  series::MemorySource source;
  EXPECT_TRUE(measured_questions(source, kNow).empty());
  count_requests(source, "checkout", 2);
  count_requests(source, "search", 5);
  const auto questions = measured_questions(source, kNow);
  const auto found = std::find_if(questions.begin(), questions.end(), [](const Question& each) {
    return each.id == "requests/search";
  });
  ASSERT_NE(found, questions.end());
  EXPECT_EQ(found->text, "requests to search in the last hour");
  EXPECT_NEAR(found->truth, 18'000, 400);
  for (const Question& each : questions) {
    EXPECT_TRUE(each.measured);
    EXPECT_NE(each.id.substr(0, 4), "cpu/") << "no sample of a processor is there";
  }
}

Question measured(const std::string& id) { return {id, id, "x", "q", 1, true}; }

TEST(Quiz, DrawsTheSameTenFromASeedAndSpreadsTheirKinds) {
  std::vector<Question> own;
  for (int i = 0; i < 20; ++i) own.push_back(measured("requests/" + std::to_string(i)));
  own.push_back(measured("cpu/host"));
  own.push_back(measured("disk//var"));
  const auto first = draw_quiz(own, cited_questions(), chance::Seed{7});
  const auto again = draw_quiz(own, cited_questions(), chance::Seed{7});
  const auto other = draw_quiz(own, cited_questions(), chance::Seed{8});
  ASSERT_EQ(first.size(), kQuizQuestions);
  const auto ids = [](const std::vector<Question>& quiz) {
    std::vector<std::string> out;
    for (const Question& each : quiz) out.push_back(each.id);
    return out;
  };
  EXPECT_EQ(ids(first), ids(again));
  EXPECT_NE(ids(first), ids(other));
  EXPECT_EQ(std::count_if(first.begin(), first.end(), [](const Question& q) { return q.measured; }),
            static_cast<std::ptrdiff_t>(kMeasuredQuestions));
  const auto drawn = ids(first);
  for (const char* rare : {"cpu/host", "disk//var"}) {
    EXPECT_NE(std::find(drawn.begin(), drawn.end(), rare), drawn.end()) << "the only one of a kind";
  }
  EXPECT_EQ(std::set<std::string>(drawn.begin(), drawn.end()).size(), drawn.size());
}

TEST(Quiz, WithoutAnySampleTheCatalogueAsksAllTen) {
  EXPECT_EQ(draw_quiz({}, cited_questions(), chance::Seed{1}).size(), kQuizQuestions);
  EXPECT_EQ(draw_quiz({measured("cpu/a")}, {}, chance::Seed{1}).size(), 1U);
}

TEST(Quiz, AnswersAreMarkedAndBadOnesNamed) {
  const std::vector<Question> known = {measured("a"), measured("b")};
  const std::vector<RangeAnswer> good = {{"a", .5, 2}, {"b", 2, 3}};
  const auto marked = mark(good, known);
  ASSERT_TRUE(marked.has_value());
  EXPECT_TRUE(marked->at(0).held());
  EXPECT_FALSE(marked->at(1).held());
  const double infinite = std::numeric_limits<double>::infinity();
  for (const std::vector<RangeAnswer>& bad : {std::vector<RangeAnswer>{},
                                              {{"c", 1, 2}},
                                              {{"a", 1, 2}, {"a", 1, 2}},
                                              {{"a", 2, 1}},
                                              {{"a", 1, 1}},
                                              {{"a", 0, infinite}},
                                              {{"a", std::nan(""), 1}}}) {
    const auto refused = mark(bad, known);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, Code::kInvalid);
  }
}

// P(K <= 6) for ten of 0.9 is 0.012795; P(K <= 7) 0.070191.
TEST(Quiz, SaysTooNarrowOnlyWhereChanceIsABadExcuse) {
  EXPECT_EQ(range_verdict(6, 10),
            "6 of 10 ranges held: too narrow; make them about 2.0 times wider (whose 90 % ranges "
            "hold nine in ten does this badly with a chance of 1.3 %)");
  for (const std::int64_t held : {7, 8, 9, 10}) {
    EXPECT_NE(range_verdict(held, 10).find("nothing against"), std::string::npos) << held;
  }
  EXPECT_NE(range_verdict(40, 40).find("too wide; 0.7 times"), std::string::npos)
      << range_verdict(40, 40);
}

TEST(Quiz, WideningIsOneWhereRangesHoldAsTheyShould) {
  EXPECT_NEAR(widening(900, 1000), 1, 0.01);
  // z(0.95) / z(0.75): ranges that hold half the time.
  EXPECT_NEAR(widening(500, 1000), 1.6449 / 0.6745, 0.01);
  EXPECT_EQ(widening(0, 10), 10);
  EXPECT_GE(widening(1'000'000, 1'000'000), 0.2);
}

// A thousand people whose ranges hold nine in ten answer ten questions: about 1.3 % are told that
// they are too narrow. More than 3.1 % with less than 1e-6 (five deviations of that share).
TEST(Quiz, ACalibratedPersonIsSeldomBlamed) {
  chance::Stream stream(chance::Seed{12}, 0);
  int blamed = 0;
  for (int person = 0; person < 1000; ++person) {
    int held = 0;
    for (int i = 0; i < 10; ++i) held += stream.uniform() < 0.9 ? 1 : 0;
    blamed += range_verdict(held, 10).find("too narrow") != std::string::npos ? 1 : 0;
  }
  EXPECT_LE(blamed, 31);
  EXPECT_GT(blamed, 0);
}

// Answers of `who` to `count` questions of which the first `held` hold; ids begin at `first`.
void answer(std::vector<facts::RecordPtr>& into, const std::string& who, int count, int held,
            int first = 0, double half = 2) {
  for (int i = 0; i < count; ++i) {
    const Question question{"q" + std::to_string(first + i), "q", "x", "", 10, false};
    const double miss = i >= held ? 100 : i % 2 == 0 ? 1.3 : 0.8;  // of its middle, from the truth
    into.push_back(std::make_shared<const facts::Record>(
        to_record({question, miss * 10 / half, miss * 10 * half}, who, kNow, kNow)));
  }
}

TEST(Forecasters, PeopleWhoSharedTenQuestionsAreWeighedBySkill) {
  std::vector<facts::RecordPtr> lessons;
  answer(lessons, "ann", 10, 9);
  answer(lessons, "bob", 10, 3);
  const auto rows = forecasters(lessons);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].name, "ann");
  EXPECT_EQ(rows[0].held, 9);
  ASSERT_TRUE(rows[0].weight.has_value());
  EXPECT_GT(*rows[0].weight, 0.99) << "bob's ranges are refuted";
  EXPECT_NEAR(*rows[0].weight + *rows[1].weight, 1, 1e-12);
  EXPECT_NE(rows[1].sentence.find("too narrow"), std::string::npos);
}

TEST(Forecasters, FewerThanTenSharedQuestionsGiveNobodyAWeight) {
  std::vector<facts::RecordPtr> lessons;
  answer(lessons, "ann", 12, 10);
  answer(lessons, "bob", 12, 10, 3);  // nine shared
  for (const Forecaster& row : forecasters(lessons)) EXPECT_FALSE(row.weight.has_value());
  EXPECT_TRUE(forecasters({}).empty());
}

// What anybody may type must not end the program of all.
TEST(Forecasters, RangesWithoutAMiddleOrAWidthWeighNothing) {
  const double next = std::nextafter(0.3, 1);
  for (const auto& [low, high] : std::vector<std::pair<double, double>>{
           {0.3, next}, {1e200, 1e250}, {-1.5e308, 1.5e308}, {1e-300, 1e-290}}) {
    std::vector<facts::RecordPtr> lessons;
    answer(lessons, "ann", 11, 9);
    answer(lessons, "bob", 10, 9, 1);
    const MarkedAnswer odd{{"q0", "q", "x", "", 10, false}, low, high};
    lessons.push_back(std::make_shared<const facts::Record>(to_record(odd, "bob", kNow, kNow)));
    for (const Forecaster& row : forecasters(lessons)) {
      if (row.weight) EXPECT_TRUE(std::isfinite(*row.weight)) << low;
    }
    const facts::Record record = to_record(odd, "bob", kNow, kNow);
    EXPECT_TRUE(std::isfinite(record.find_amount("said")->estimate.p50)) << low;
  }
}

TEST(Forecasters, WhatNobodySignedIsDaytwosOwn) {
  facts::Lesson lesson;
  lesson.kind = facts::LessonKind::kScored;
  lesson.chance = Ratio{.8};
  lesson.outcome = 1;
  lesson.score = .04;
  facts::Record record;
  record.body = lesson;
  const auto rows = forecasters(std::vector{std::make_shared<const facts::Record>(record)});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].name, kItself);
  EXPECT_EQ(rows[0].source, "model");
  EXPECT_NEAR(rows[0].brier, .04, 1e-12);
  EXPECT_EQ(rows[0].sentence, "1 chance scored: Brier score 0.040 (0 is perfect, 0.25 is a coin)");
}

TEST(Quiz, AnAnswerIsKeptUnderThePersonAndTheQuestion) {
  const MarkedAnswer cited{{"kev-due", "days", "days", "CISA", 21, false}, 10, 40};
  const facts::Record record = to_record(cited, "ann", kNow, kNow + minutes(3));
  EXPECT_EQ(record.key.value, "training/ann/kev-due");
  EXPECT_EQ(record.find_input("by"), "ann");
  EXPECT_EQ(record.find_amount("said")->estimate.p50, 20);
  const auto* lesson = facts::body_as<facts::Lesson>(record);
  EXPECT_EQ(lesson->outcome, 21);
  EXPECT_TRUE(*lesson->inside);
  const MarkedAnswer own{measured("cpu/host"), 2, 4};
  EXPECT_EQ(to_record(own, "ann", kNow, kNow).key.value,
            "training/ann/cpu/host/" + std::to_string(kNow.ms));
}

}  // namespace
}  // namespace daytwo::learn
