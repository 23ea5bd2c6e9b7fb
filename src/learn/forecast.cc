#include "learn/forecast.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "base/chance_words.h"
#include "base/check.h"
#include "base/id.h"
#include "base/time.h"
#include "base/units.h"
#include "chance/distribution.h"
#include "chance/score.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "learn/learner.h"
#include "model/amount.h"

namespace daytwo::learn {
namespace {

using facts::Lesson;
using facts::LessonKind;

facts::Record record_of(WorryKey key, RecordId cause, Timestamp now, std::string sentence,
                        Lesson lesson) {
  facts::Record out;
  out.ts = now;
  out.key = std::move(key);
  out.subject = lesson.what;
  if (cause.value != 0) out.causes = {cause};
  out.engine = kEngine;
  out.sentence = std::move(sentence);
  out.body = std::move(lesson);
  return out;
}

const Lesson& lesson_of(const facts::Record& record) {
  const auto* lesson = facts::body_as<Lesson>(record);
  CHECK(lesson != nullptr && lesson->kind == LessonKind::kForecast, "only a forecast is scored");
  return *lesson;
}

}  // namespace

facts::Record to_record(const ChanceForecast& forecast, RecordId cause, Timestamp now) {
  Lesson lesson;
  lesson.kind = LessonKind::kForecast;
  lesson.what = forecast.what;
  lesson.chance = make_ratio(forecast.chance);
  lesson.due = forecast.due;
  lesson.truth_query = forecast.truth_query;
  lesson.truth_rule = forecast.truth_rule;
  return record_of(
      forecast.key, cause, now,
      forecast.what + ": " + chance_words(forecast.chance) + ", until " + to_rfc3339(forecast.due),
      std::move(lesson));
}

facts::Record to_record(const IntervalForecast& forecast, RecordId cause, Timestamp now) {
  Lesson lesson;
  lesson.kind = LessonKind::kForecast;
  lesson.what = forecast.what;
  lesson.unit = forecast.unit;
  lesson.due = forecast.due;
  lesson.truth_query = forecast.truth_query;
  lesson.truth_rule = forecast.truth_rule;
  const model::Amount said{forecast.said, forecast.unit, "", now, std::string(kEngine)};
  facts::Record out =
      record_of(forecast.key, cause, now, forecast.what + ": " + model::to_words(said), lesson);
  out.amounts.push_back({"said", said});
  return out;
}

facts::Record scored(const facts::Record& forecast, double value, Timestamp now) {
  Lesson lesson = lesson_of(forecast);
  lesson.kind = LessonKind::kScored;
  lesson.outcome = value;
  std::string sentence;
  if (lesson.chance) {
    const double error = lesson.chance->value - value;
    lesson.score = error * error;
    sentence = fmt::format("{}: said {}, {}", lesson.what, chance_words(lesson.chance->value),
                           value > 0 ? "came" : "did not come");
  } else {
    const model::Amount* said = forecast.find_amount("said");
    CHECK(said != nullptr, "an interval forecast says an interval");
    lesson.inside = value >= said->estimate.p05 && value <= said->estimate.p95;
    lesson.score = chance::crps_estimate(said->estimate, value);
    sentence = fmt::format("{}: said {}, came {}{}", lesson.what, model::to_words(*said),
                           model::money_words(value, ""), *lesson.inside ? "" : ", outside");
  }
  facts::Record out =
      record_of(forecast.key, forecast.id, now, std::move(sentence), std::move(lesson));
  out.inputs = forecast.inputs;
  out.amounts = forecast.amounts;
  return out;
}

facts::Record voided(const facts::Record& forecast, std::string why, Timestamp now) {
  Lesson lesson = lesson_of(forecast);
  lesson.kind = LessonKind::kVoid;
  facts::Record out = record_of(forecast.key, forecast.id, now,
                                lesson.what + ": not scored, " + std::move(why), lesson);
  out.inputs = forecast.inputs;
  out.amounts = forecast.amounts;
  return out;
}

double chance_of_clean_hours(double clean, double seen, int hours) {
  CHECK(clean >= 0 && clean <= seen && hours >= 1, "clean hours are some of those seen");
  // E[p^n] under Beta(a, b) = product of (a + i) / (a + b + i).
  const double a = clean + .5;
  const double b = seen - clean + .5;
  double out = 1;
  for (int i = 0; i < hours; ++i) out *= (a + i) / (a + b + i);
  return out;
}

chance::Estimate availability_of_day(double gone, double so_far, double mean, double seen) {
  CHECK(gone >= 0 && gone < 24 && seen >= 0, "the day is not over");
  const double a = std::clamp(mean, 0.0, 1.0) * seen + .5;
  const double b = (1 - std::clamp(mean, 0.0, 1.0)) * seen + .5;
  const double middle = a / (a + b);
  const double left = 24 - gone;
  // Variance of the mean of the hours to come: what we do not know of p, and luck hour by hour.
  const double unknown = middle * (1 - middle) / (a + b + 1);
  constexpr double kLeastPieces = 2;  // one piece alone is no Beta but a coin
  const double luck = (middle * (1 - middle) - unknown) / std::max(left, kLeastPieces);
  const double total = middle * (1 - middle) / (unknown + luck) - 1;
  const chance::Distribution rest = chance::beta(middle * total, (1 - middle) * total);
  chance::Estimate out = rest.estimate();
  for (double* figure : {&out.p05, &out.p25, &out.p50, &out.p75, &out.p95, &out.mean}) {
    *figure = (gone * so_far + left * *figure) / 24;
  }
  return out;
}

chance::Estimate budget_at_day_end(const BudgetNote& note) {
  CHECK(note.deviation > 0 && note.days >= 0, "days differ, and are counted");
  // Quantiles of Student's t at 0.95 and 0.75 for 1 to 6 degrees of freedom [NIST/SEMATECH,
  // e-Handbook of Statistical Methods, 1.3.6.7.2]: seven days at most are counted.
  constexpr std::array<double, 6> kAt95 = {6.314, 2.920, 2.353, 2.132, 2.015, 1.943};
  constexpr std::array<double, 6> kAt75 = {1.000, 0.816, 0.765, 0.741, 0.727, 0.718};
  const auto freedom = static_cast<std::size_t>(std::clamp<std::int64_t>(note.days - 1, 1, 6)) - 1;
  const double known = static_cast<double>(std::max<std::int64_t>(note.days, 1));
  const double middle = note.left + note.given_back - note.spent;
  const double wide = note.deviation * std::sqrt(1 + 1 / known);
  const auto at = [&](double quantile) { return std::min(middle + quantile * wide, 1.0); };
  chance::Estimate out;
  out.p05 = at(-kAt95.at(freedom));
  out.p25 = at(-kAt75.at(freedom));
  out.p50 = at(0);
  out.p75 = at(kAt75.at(freedom));
  out.p95 = at(kAt95.at(freedom));
  out.mean = out.p50;
  return out;
}

}  // namespace daytwo::learn
