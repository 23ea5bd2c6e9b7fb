#include "app/pages/learn_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "base/chance_words.h"
#include "base/text.h"
#include "chance/learning.h"
#include "learn/forecasters.h"
#include "learn/summary.h"
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
// The units of forecasts that speak of a share of one, and what follows its per cent.
std::optional<std::string_view> share_of(std::string_view unit) {
  if (unit == "share") return "";
  if (unit == "of the budget") return " of the budget";
  return std::nullopt;
}

std::string said_of(const facts::Record& record, const Lesson& lesson) {
  if (lesson.chance) return daytwo::chance_words(lesson.chance->value) + " likely";
  const model::Amount* said = record.find_amount("said");
  if (said == nullptr) return {};
  const auto of = share_of(said->unit);
  if (!of) return model::to_words(*said);
  const chance::Estimate& share = said->estimate;
  const std::string low = share_words(share.p05, *of);
  const std::string high = share_words(share.p95, *of);
  if (low == high) return fmt::format("{}{} (90 %)", low, *of);
  return fmt::format("{} to {}{}, median {} (90 %)", low, high, *of, share_words(share.p50, *of));
}

std::string came_of(const Lesson& lesson) {
  if (lesson.kind == facts::LessonKind::kVoid) return "cannot be told";
  if (!lesson.outcome) return {};
  if (lesson.chance) return *lesson.outcome > 0.5 ? "came true" : "did not come true";
  if (const auto of = share_of(lesson.unit)) {
    return share_words(*lesson.outcome, *of) + std::string(*of);
  }
  return fmt::format("{:.3g} {}", *lesson.outcome, lesson.unit);
}

std::string score_of(const Lesson& lesson) {
  if (!lesson.score) return {};
  if (lesson.chance) return fmt::format("Brier {:.3f}", *lesson.score);
  const std::string inside = !lesson.inside ? "" : *lesson.inside ? "inside, " : "outside, ";
  return fmt::format("{}CRPS {:.3g}", inside, *lesson.score);
}

// Of `count` truths: how many fall into one tenth, if all is well, with no more than that chance.
double in_a_tenth(std::int64_t count, double chance) {
  std::int64_t out = 0;
  while (out < count && chance::binomial_cdf(out, count, 0.1) < chance) ++out;
  return static_cast<double>(out);
}

// What all scores say together; nothing where there is none.
std::optional<api::CalibrationParts> parts_of(const learn::Summary& summary) {
  if (summary.chances == 0 && summary.spread.count == 0) return std::nullopt;
  api::CalibrationParts out;
  if (summary.chances > 0) {
    out.reliability = summary.brier.reliability;
    out.resolution = summary.brier.resolution;
    out.uncertainty = summary.brier.uncertainty;
  }
  for (const learn::CalibrationBin& bin : summary.bins) {
    if (bin.count == 0) continue;
    out.bins.push_back(
        {bin.from, bin.to, bin.count, bin.said, bin.came, bin.came_low, bin.came_high});
  }
  if (summary.spread.count > 0) {
    out.tenths.assign(summary.spread.tenths.begin(), summary.spread.tenths.end());
    out.tenth_low = in_a_tenth(summary.spread.count, 0.05);
    out.tenth_high = in_a_tenth(summary.spread.count, 0.95);
    out.anderson_darling = summary.spread.uniformity.anderson_darling;
    out.p = summary.spread.p;
    out.sentence = summary.spread.sentence;
  }
  return out;
}

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
  if (forecaster.ranges > 0) {
    const auto held = chance::jeffreys(forecaster.held, forecaster.ranges, 0.9);
    row.low = held.low;
    row.high = held.high;
  }
  row.chances = forecaster.chances;
  if (forecaster.chances > 0) row.brier = forecaster.brier;
  row.weight = forecaster.weight;
  row.sentence = forecaster.sentence;
  return row;
}

// Scores of the last quarter: of every forecast, also where another has been made under its key.
Result<facts::Past> scores(const PageContext& context) {
  const Timestamp now = context.clock.wall();
  return context.journal.between("scored", now - kQuarter, now + milliseconds(1), kMaxScores);
}

}  // namespace

std::string share_words(double share, std::string_view of) {
  if (of.empty()) return orient::percent_words(share);
  const double percent = share * 100;
  return std::abs(percent) < 100 ? fmt::format("{:.3g} %", percent)
                                 : fmt::format("{:.0f} %", percent);
}

std::string held_words(const api::CoverageScore& coverage, const learn::Spread& spread) {
  const double low = coverage.low.value_or(0);
  const double high = coverage.high.value_or(1);
  const bool seldom = high < coverage.said;
  const std::string_view verdict = seldom                ? "too seldom"
                                   : low > coverage.said ? "too often"
                                                         : "as said";
  std::string out =
      fmt::format("Of {} ranges of 90 % {:.0f} % held, {} (90 %: {:.0f} to {:.0f} %)",
                  coverage.count, coverage.came * 100, verdict, low * 100, high * 100);
  if (!spread.wrong.empty()) out += (verdict == "as said" ? ", but " : ": ") + spread.wrong;
  return out + ".";
}

Result<api::LearnPage> LearnPages::learn() {
  api::LearnPage page;
  stamp(context_, page);
  const facts::Snapshot snapshot = context_.journal.snapshot();
  TRY(const facts::Past past, scores(context_));
  const std::vector<RecordPtr>& scored_records = past.records;
  std::vector<RecordPtr> own;  // the others are people's
  for (const RecordPtr& record : scored_records) {
    if (record->find_input("by").empty()) own.push_back(record);
  }
  const learn::Summary summary = learn::summarize(own);
  const chance::Coverage& ranges = summary.intervals;
  page.calibration = parts_of(summary);
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
  if (ranges.count > 0) {
    const double came = static_cast<double>(ranges.held) / static_cast<double>(ranges.count);
    const chance::Interval held = chance::clopper_pearson(ranges.held, ranges.count, .9);
    page.coverage = api::CoverageScore{0.9, came, ranges.count, held.low, held.high};
  }
  if (summary.chances > 0) page.brier = summary.brier.score;
  const std::int64_t scored = ranges.count + summary.chances;
  page.sentence =
      made == 0 ? "No forecast was made yet: the first comes with the first trend or objective."
                : fmt::format("{}, {} scored.", counted(made, "forecast", "forecasts"), scored);
  if (page.coverage) page.sentence += " " + held_words(*page.coverage, summary.spread);
  if (past.unreadable > 0) {
    page.sentence += fmt::format(" Of the scores, {}.", facts::unread_words(past.unreadable));
  }
  return page;
}

}  // namespace daytwo::app
