#include "learn/summary.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/text.h"
#include "chance/fit.h"
#include "chance/learning.h"
#include "chance/score.h"
#include "facts/journal.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "model/amount.h"

namespace daytwo::learn {
namespace {

using facts::Lesson;
using facts::LessonKind;

constexpr double kClaimed = 0.9;
constexpr int kBins = 5;

std::vector<CalibrationBin> bins_of(const std::vector<chance::ScoredChance>& chances) {
  std::vector<CalibrationBin> out(kBins);
  for (int i = 0; i < kBins; ++i) {
    out[static_cast<std::size_t>(i)].from = static_cast<double>(i) / kBins;
    out[static_cast<std::size_t>(i)].to = static_cast<double>(i + 1) / kBins;
  }
  for (const chance::ScoredChance& each : chances) {
    const auto at = static_cast<std::size_t>(each.said * kBins);
    CalibrationBin& bin = out[std::min<std::size_t>(at, kBins - 1)];
    ++bin.count;
    bin.said += each.said;
    bin.came += each.came ? 1 : 0;
  }
  for (CalibrationBin& bin : out) {
    if (bin.count == 0) continue;
    const auto came = static_cast<std::int64_t>(bin.came);
    const chance::Interval interval = chance::jeffreys(came, bin.count, kClaimed);
    bin.came_low = interval.low;
    bin.came_high = interval.high;
    bin.said /= static_cast<double>(bin.count);
    bin.came /= static_cast<double>(bin.count);
  }
  return out;
}

// What is wrong with the shape; nothing while that cannot be told.
std::string wrong_with(const Spread& x) {
  if (x.count < kLeastTruths || x.p >= 0.05) return {};
  const auto& n = x.tenths;
  const std::int64_t low = n[0] + n[1] + n[2] + n[3] + n[4];
  const std::int64_t outer = n[0] + n[1] + n[8] + n[9];
  const auto count = static_cast<double>(x.count);
  // The side that is furthest from what it should hold, in its own deviations.
  const double tilt = std::abs(static_cast<double>(low) - count / 2) / std::sqrt(count * .25);
  const double width = std::abs(static_cast<double>(outer) - count * .4) / std::sqrt(count * .24);
  if (tilt > width) {
    return 2 * low > x.count ? "what came is lower than said" : "what came is higher than said";
  }
  return static_cast<double>(outer) > count * .4 ? "ranges are too narrow" : "ranges are too wide";
}

std::string sentence_of(const Spread& x) {
  const std::string test =
      fmt::format("Anderson-Darling A2 {:.2f}, p {:.2g}", x.uniformity.anderson_darling, x.p);
  if (x.count < kLeastTruths) {
    return fmt::format("{} of {} truths in: too few to tell whether ranges are too wide", x.count,
                       kLeastTruths);
  }
  const std::string even = "truths fall evenly across what was said";
  return fmt::format("{} ({})", x.wrong.empty() ? even : x.wrong, test);
}

Spread spread_of(const std::vector<double>& transforms) {
  Spread out;
  if (transforms.empty()) return out;
  out.count = static_cast<std::int64_t>(transforms.size());
  for (const double u : transforms) ++out.tenths.at(static_cast<std::size_t>(u * 10));
  out.uniformity = chance::uniformity(transforms);
  out.p = chance::anderson_darling_p(std::max(0.0, out.uniformity.anderson_darling));
  out.wrong = wrong_with(out);
  out.sentence = sentence_of(out);
  return out;
}

std::string sentence_of(const Summary& x) {
  if (x.chances == 0 && x.intervals.count == 0) {
    return x.waiting == 0
               ? "no forecast has been made yet"
               : counted(static_cast<std::size_t>(x.waiting), "forecast waits", "forecasts wait") +
                     " for its truth";
  }
  std::string out;
  if (x.intervals.count > 0) {
    out =
        fmt::format("our 90 % intervals held {} of {} times", x.intervals.held, x.intervals.count);
    if (x.intervals.fewer_or_equal < 0.05) out += ", too seldom for chance";
  }
  if (x.chances > 0) {
    if (!out.empty()) out += "; ";
    out +=
        fmt::format("{}: Brier score {:.3f} (0 is perfect, 0.25 is a coin)",
                    counted(static_cast<std::size_t>(x.chances), "chance scored", "chances scored"),
                    x.brier.score);
  }
  return out;
}

}  // namespace

Summary summarize(std::span<const facts::RecordPtr> lessons) {
  Summary out;
  std::vector<chance::ScoredChance> chances;
  std::vector<double> transforms;
  std::int64_t held = 0;
  std::int64_t intervals = 0;
  std::map<std::string, std::pair<RecordId, bool>> newest;  // by key: the last lesson, waiting
  for (const facts::RecordPtr& record : lessons) {
    const auto* lesson = facts::body_as<Lesson>(*record);
    if (lesson == nullptr) continue;
    auto& last = newest[record->key.value];
    if (record->id >= last.first) last = {record->id, lesson->kind == LessonKind::kForecast};
    if (lesson->kind == LessonKind::kVoid) ++out.voided;
    if (lesson->kind != LessonKind::kScored || !lesson->outcome) continue;
    if (lesson->chance) {
      chances.push_back({lesson->chance->value, *lesson->outcome > 0});
    } else if (lesson->inside) {
      ++intervals;
      if (*lesson->inside) ++held;
      const model::Amount* said = record->find_amount("said");
      if (said != nullptr && said->estimate.p05 < said->estimate.p95) {
        transforms.push_back(chance::transform_of(said->estimate, *lesson->outcome));
      }
    }
  }
  for (const auto& [key, last] : newest) out.waiting += last.second ? 1 : 0;
  out.chances = static_cast<std::int64_t>(chances.size());
  if (!chances.empty()) out.brier = chance::brier(chances);
  out.bins = bins_of(chances);
  if (intervals > 0) out.intervals = chance::coverage_test(held, intervals, kClaimed);
  out.spread = spread_of(transforms);
  out.sentence = sentence_of(out);
  return out;
}

}  // namespace daytwo::learn
