#include "app/pages/learn_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "chance/learning.h"
#include "learn/forecasters.h"
#include "learn/quiz.h"
#include "orient/words.h"

namespace daytwo::app {
namespace {

using facts::Lesson;
using facts::RecordPtr;

// Newest forecasts that one answer holds.
constexpr std::size_t kMaxRows = 300;
// Scores that a page counts: those of a quarter, the newest where there are more.
constexpr Duration kQuarter = days(91);
constexpr std::size_t kMaxScores = 20'000;
// The unit of forecasts that speak of a share of one.
constexpr std::string_view kShare = "share";

std::string said_of(const facts::Record& record, const Lesson& lesson) {
  if (lesson.chance) return fmt::format("{:.0f} % likely", lesson.chance->value * 100);
  const model::Amount* said = record.find_amount("said");
  if (said == nullptr) return {};
  if (said->unit != kShare) return model::to_words(*said);
  const chance::Estimate& share = said->estimate;
  return fmt::format("{} to {}, median {} (90 %)", orient::percent_words(share.p05),
                     orient::percent_words(share.p95), orient::percent_words(share.p50));
}

std::string came_of(const Lesson& lesson) {
  if (lesson.kind == facts::LessonKind::kVoid) return "cannot be told";
  if (!lesson.outcome) return {};
  if (lesson.chance) return *lesson.outcome > 0.5 ? "came true" : "did not come true";
  if (lesson.unit == kShare) return orient::percent_words(*lesson.outcome);
  return fmt::format("{:.3g} {}", *lesson.outcome, lesson.unit);
}

std::string score_of(const Lesson& lesson) {
  if (!lesson.score) return {};
  if (lesson.chance) return fmt::format("Brier {:.3f}", *lesson.score);
  const std::string inside = !lesson.inside ? "" : *lesson.inside ? "inside, " : "outside, ";
  return fmt::format("{}CRPS {:.3g}", inside, *lesson.score);
}

// What all scores say together.
struct Tally {
  std::int64_t intervals = 0;
  std::int64_t inside = 0;
  std::int64_t chances = 0;
  double brier_sum = 0;

  void take(const Lesson& lesson) {
    if (lesson.inside) {
      ++intervals;
      inside += *lesson.inside ? 1 : 0;
    }
    if (lesson.chance && lesson.score) {
      ++chances;
      brier_sum += *lesson.score;
    }
  }
};

api::ForecastRow to_row(const facts::Record& record, const Lesson& lesson,
                        const facts::Snapshot& snapshot) {
  api::ForecastRow row;
  row.id = record.id.value;
  row.made = record.ts;
  row.due = lesson.due;
  row.what = lesson.what;
  row.said = said_of(record, lesson);
  row.state = api::ForecastState::kWaiting;
  for (const char* kind : {"scored", "void"}) {
    const RecordPtr end = snapshot.find(kind, record.key);
    if (end == nullptr || end->id < record.id) continue;
    const auto* came = facts::body_as<Lesson>(*end);
    row.came = came_of(*came);
    row.score = score_of(*came);
    const bool scored = came->kind == facts::LessonKind::kScored;
    row.state = scored ? api::ForecastState::kScored : api::ForecastState::kVoid;
  }
  return row;
}

api::ForecasterRow to_row(const learn::Forecaster& forecaster) {
  api::ForecasterRow row;
  row.name = forecaster.name;
  row.source = forecaster.source;
  row.held = forecaster.held;
  row.ranges = forecaster.ranges;
  row.chances = forecaster.chances;
  if (forecaster.chances > 0) row.brier = forecaster.brier;
  row.weight = forecaster.weight;
  row.sentence = forecaster.sentence;
  return row;
}

// Scores of the last quarter: of every forecast, also where another has been made under its key.
Result<std::vector<RecordPtr>> scores(const PageContext& context) {
  const Timestamp now = context.clock.wall();
  return context.journal.between("scored", now - kQuarter, now + milliseconds(1), kMaxScores);
}

}  // namespace

Result<api::LearnPage> LearnPages::learn() {
  api::LearnPage page;
  stamp(context_, page);
  const facts::Snapshot snapshot = context_.journal.snapshot();
  TRY(const std::vector<RecordPtr> scored_records, scores(context_));
  Tally tally;
  for (const RecordPtr& record : scored_records) {
    if (record->find_input("source") == learn::kTraining) continue;
    tally.take(*facts::body_as<Lesson>(*record));
  }
  for (const learn::Forecaster& each : learn::forecasters(scored_records)) {
    page.forecasters.push_back(to_row(each));
  }
  for (const RecordPtr& record : snapshot.of_room("learn")) {
    const auto* lesson = facts::body_as<Lesson>(*record);
    if (lesson->kind != facts::LessonKind::kForecast) continue;
    page.forecasts.push_back(to_row(*record, *lesson, snapshot));
  }
  std::sort(page.forecasts.begin(), page.forecasts.end(),
            [](const api::ForecastRow& a, const api::ForecastRow& b) { return a.made > b.made; });
  const std::size_t made = page.forecasts.size();
  if (page.forecasts.size() > kMaxRows) page.forecasts.resize(kMaxRows);
  if (tally.intervals > 0) {
    const double came = static_cast<double>(tally.inside) / static_cast<double>(tally.intervals);
    const chance::Interval held = chance::clopper_pearson(tally.inside, tally.intervals, .9);
    page.coverage = api::CoverageScore{0.9, came, tally.intervals, held.low, held.high};
  }
  if (tally.chances > 0) page.brier = tally.brier_sum / static_cast<double>(tally.chances);
  const std::int64_t scored = tally.intervals + tally.chances;
  page.sentence =
      made == 0 ? "No forecast was made yet: the first comes with the first trend or objective."
                : fmt::format("{}, {} scored.", counted(made, "forecast", "forecasts"), scored);
  if (page.coverage) {
    page.sentence +=
        fmt::format(" Said 90 %, came true {:.0f} % ({} of {}; 90 %: {:.0f} to {:.0f} %).",
                    page.coverage->came * 100, tally.inside, tally.intervals,
                    page.coverage->low.value_or(0) * 100, page.coverage->high.value_or(1) * 100);
  }
  return page;
}

}  // namespace daytwo::app
