// From samples to evidence, and from evidence to a hypothesis.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "base/units.h"
#include "orient/columns.h"
#include "orient/intruder.h"
#include "orient/memory_cap.h"
#include "orient/words.h"
#include "series/value.h"

namespace daytwo::orient {
namespace {

constexpr Duration kRecent = minutes(10);
// A life shorter than this shows warm-up, not a slope.
constexpr double kLongEnough = 600;
constexpr std::size_t kLives = 3;
// Standard normal quantile of 0.95.
constexpr double kZ95 = 1.6448536269514722;

struct Point {
  double seconds = 0;
  double value = 0;
};

// The least value of each minute: collectors saw, their floor does not. A fall to below half begins
// a new life.
std::vector<std::vector<Point>> lives_of(const series::Column& column) {
  std::vector<std::vector<Point>> lives(1);
  double last = 0;
  std::int64_t minute = 0;
  for (std::size_t i = 0; i < column.size(); ++i) {
    const double value = column.numbers[i];
    if (std::isnan(value)) continue;
    if (!lives.back().empty() && value < last / 2) lives.emplace_back();
    last = value;
    const std::int64_t now = column.times[i].ms / 60'000;
    const Point point{static_cast<double>(column.times[i].ms) / 1000, value};
    if (lives.back().empty() || now != minute) {
      lives.back().push_back(point);
    } else if (value < lives.back().back().value) {
      lives.back().back() = point;
    }
    minute = now;
  }
  return lives;
}

// Least squares with the standard error of the slope, per hour.
std::optional<MemoryEvidence::Growth> growth_of(const std::vector<Point>& points) {
  if (points.size() < 5) return std::nullopt;
  const double n = static_cast<double>(points.size());
  const double seconds = points.back().seconds - points.front().seconds;
  if (seconds < kLongEnough) return std::nullopt;
  double mean_x = 0;
  double mean_y = 0;
  for (const Point& point : points) {
    mean_x += (point.seconds - points.front().seconds) / n;
    mean_y += point.value / n;
  }
  double sxx = 0;
  double sxy = 0;
  for (const Point& point : points) {
    const double x = point.seconds - points.front().seconds - mean_x;
    sxx += x * x;
    sxy += x * (point.value - mean_y);
  }
  const double slope = sxy / sxx;
  double rest = 0;
  for (const Point& point : points) {
    const double x = point.seconds - points.front().seconds - mean_x;
    const double residual = point.value - mean_y - slope * x;
    rest += residual * residual;
  }
  // Neighbouring minutes are alike: half of them count as independent.
  const double error = std::sqrt(2 * rest / (n - 2) / sxx);
  return MemoryEvidence::Growth{(slope - kZ95 * error) * 3600, slope * 3600,
                                (slope + kZ95 * error) * 3600, seconds};
}

std::string bytes_words(double bytes) {
  return to_words(Bytes{static_cast<std::int64_t>(std::max(bytes, 0.0))});
}

bool grow_alike(const MemoryEvidence& evidence) {
  if (!evidence.growth || evidence.growth->low <= 0) return false;
  if (evidence.slopes.size() + 1 < kLives) return false;
  return std::all_of(evidence.slopes.begin(), evidence.slopes.end(), [&](double slope) {
    return slope > evidence.growth->value / 2 && slope < evidence.growth->value * 2;
  });
}

}  // namespace

MemoryEvidence memory_evidence(double limit, const series::Column& anonymous,
                               const series::Column& working_set, const series::Column& file,
                               const series::Column& kills, const series::Column& hits,
                               Timestamp now) {
  MemoryEvidence out;
  out.limit = limit;
  out.anonymous = newest(anonymous).value_or(0);
  out.working_set = newest(working_set).value_or(0);
  out.file = newest(file).value_or(0);
  out.kills = increase_of(kills, now - hours(1), now).value;
  out.recent_kills = increase_of(kills, now - kRecent, now).value;
  out.limit_hits = increase_of(hits, now - kRecent, now).value;
  const auto lives = lives_of(anonymous);
  out.starts = lives.size();
  out.growth = growth_of(lives.back());
  for (std::size_t i = 0; i + 1 < lives.size(); ++i) {
    if (const auto growth = growth_of(lives[i])) out.slopes.push_back(growth->value);
  }
  return out;
}

CapAnswer judge_memory(const MemoryEvidence& evidence, const std::string& workload) {
  CapAnswer out;
  const double share = evidence.anonymous / evidence.limit;
  if (share < 0.5 && evidence.kills == 0) {
    out.hypothesis = CapHypothesis::kCacheOnly;
    out.because = fmt::format("only {} of it cannot be dropped; the rest is cached files",
                              bytes_words(evidence.anonymous));
    out.next_step = "nothing: the kernel drops cached files when it needs to";
    return out;
  }
  if (evidence.growth && grow_alike(evidence)) {
    out.hypothesis = CapHypothesis::kLeak;
    out.because =
        fmt::format("it grows {} an hour ({} to {}, 90 %), and did so in {} lives before",
                    bytes_words(evidence.growth->value), bytes_words(evidence.growth->low),
                    bytes_words(evidence.growth->high), evidence.slopes.size());
    out.next_step = "take a heap profile of " + workload + " twice, an hour apart";
    return out;
  }
  const bool flat = evidence.growth && evidence.growth->low <= 0 &&
                    evidence.growth->value * 24 < 0.1 * evidence.limit;
  if (flat && share >= 0.8 && (evidence.limit_hits > 0 || evidence.kills > 0)) {
    out.hypothesis = CapHypothesis::kTooLittle;
    out.because = fmt::format("it stays at {} of {} for {} without growing, and meets its limit",
                              bytes_words(evidence.anonymous), bytes_words(evidence.limit),
                              span_words(evidence.growth->seconds));
    out.next_step = fmt::format("raise the limit of {} to {} and watch the plateau", workload,
                                bytes_words(1.25 * evidence.limit));
    return out;
  }
  out.because = fmt::format(
      "{} of it seen, {} alike are needed for a leak{}",
      evidence.starts == 1 ? "one life" : fmt::format("{} lives", evidence.starts), kLives,
      evidence.growth
          ? fmt::format("; growing {} an hour ({} to {}, 90 %)",
                        bytes_words(evidence.growth->value), bytes_words(evidence.growth->low),
                        bytes_words(evidence.growth->high))
          : "; under ten minutes of this one");
  out.next_step = fmt::format(
      "raise the limit by a quarter on one copy of {}: the same slope and a later kill is a leak, "
      "a "
      "plateau below the limit is too little",
      workload);
  return out;
}

CapAnswer with_intruder(const CapAnswer& memory, const Intruder& intruder) {
  CapAnswer out;
  out.hypothesis = CapHypothesis::kIntruder;
  out.because =
      fmt::format("{}; of the memory itself: {}", intruder_words(intruder), memory.because);
  out.next_step = fmt::format(
      "keep what it is before you stop it: cp /proc/{0}/exe suspect; cat /proc/{0}/cmdline "
      "/proc/{0}/maps; then kill -STOP {0}, and ask who started it",
      intruder.pid);
  return out;
}

}  // namespace daytwo::orient
