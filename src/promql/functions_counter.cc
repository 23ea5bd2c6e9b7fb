// Functions of how values move: rate, increase, delta, irate, idelta, resets, changes.
// Source of the rules: Prometheus documentation, "Query functions"; extrapolation as described
// there for rate(): to the window's edges, but no further than half an average gap, and for
// counters not below zero.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "promql/ast.h"
#include "promql/evaluation.h"
#include "promql/families.h"
#include "promql/frame.h"
#include "promql/functions.h"
#include "promql/windows.h"
#include "series/value.h"

namespace daytwo::promql {
namespace {

enum class Growth { kRate, kIncrease, kDelta };

// A gap longer than this many average gaps at a window's edge means the series began or ended
// there.
constexpr double kEdgeGaps = 1.1;

// How often the numbers fall before each index: windows without a fall need no second look.
std::vector<std::uint32_t> falls_before(const std::vector<double>& numbers) {
  std::vector<std::uint32_t> out(numbers.size(), 0);
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    out[i] = out[i - 1] + (numbers[i] < numbers[i - 1] ? 1U : 0U);
  }
  return out;
}

// last - first; a counter's falls add what it had before them.
double raw_growth(const Window& window, Growth growth, const std::vector<std::uint32_t>& falls) {
  const std::vector<double>& numbers = window.series->numbers;
  double value = numbers[window.end - 1] - numbers[window.first];
  if (growth == Growth::kDelta || falls[window.end - 1] == falls[window.first]) return value;
  for (std::size_t i = window.first + 1; i < window.end; ++i) {
    if (numbers[i] < numbers[i - 1]) value += numbers[i - 1];
  }
  return value;
}

// REQUIRES: two or more floats in the window.
double extrapolated(const Window& window, Growth growth, const std::vector<std::uint32_t>& falls) {
  const std::vector<Timestamp>& times = window.series->times;
  const Timestamp first = times[window.first];
  const Timestamp last = times[window.end - 1];
  const double value = raw_growth(window, growth, falls);
  const double interval = (last - first).seconds();
  const double average_gap = interval / static_cast<double>(window.size() - 1);
  const double limit = average_gap * kEdgeGaps;
  double to_start = (first - window.from).seconds();
  double to_end = (window.to - last).seconds();
  if (to_start >= limit) to_start = average_gap / 2;
  const double first_value = window.series->numbers[window.first];
  if (growth != Growth::kDelta && value > 0 && first_value >= 0) {
    to_start = std::min(to_start, interval * (first_value / value));
  }
  if (to_end >= limit) to_end = average_gap / 2;
  double factor = (interval + to_start + to_end) / interval;
  if (growth == Growth::kRate) factor /= (window.to - window.from).seconds();
  return value * factor;
}

// Names by which counters are known; others get a hint, since rate() of a gauge means nothing.
bool looks_like_counter(std::string_view name) {
  constexpr std::array<std::string_view, 4> kEndings = {"_total", "_sum", "_count", "_bucket"};
  return name.empty() || std::any_of(kEndings.begin(), kEndings.end(),
                                     [name](std::string_view e) { return name.ends_with(e); });
}

// Warns of a window that mixes floats and histograms; informs of one of histograms alone, which
// these functions do not compute.
bool has_only_floats(Evaluation& evaluation, const Window& window, const Node& argument,
                     std::string_view function) {
  if (window.histogram_count() == 0) return true;
  const std::string name = go_quoted(metric_name(window.series->labels));
  const ByteSpan span = without_parens(argument).span;
  if (window.size() > 0) {
    evaluation.annotations().warn(
        "encountered a mix of histograms and floats for metric name " + name, span);
  } else {
    evaluation.annotations().inform(
        fmt::format("ignored native histograms in {}() for metric name {}", function, name), span);
  }
  return false;
}

template <Growth growth>
Result<Outcome> grow(Evaluation& evaluation, const Call& call) {
  const Node& argument = *call.arguments[0];
  return over_windows(evaluation, argument, Naming::kDrops, [&](const RangeSeries& series) {
    const bool known = growth == Growth::kDelta || looks_like_counter(metric_name(series.labels));
    return [&, falls = falls_before(series.numbers), hint = !known](const Window& window,
                                                                    Line& line) mutable {
      if (!has_only_floats(evaluation, window, argument, call.function->name)) return;
      if (window.size() < 2) return;
      if (hint) {
        hint = false;
        evaluation.annotations().inform(
            "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: " +
                go_quoted(metric_name(window.series->labels)),
            without_parens(argument).span);
      }
      line.set(window.step, extrapolated(window, growth, falls));
    };
  });
}

// irate() and idelta(): the last two samples alone.
template <bool per_second>
Result<Outcome> last_two(Evaluation& evaluation, const Call& call) {
  const Node& argument = *call.arguments[0];
  return over_windows(evaluation, argument, Naming::kDrops, [&](const RangeSeries&) {
    return [&](const Window& window, Line& line) {
      if (!has_only_floats(evaluation, window, argument, call.function->name)) return;
      if (window.size() < 2) return;
      const auto numbers = window.numbers();
      const auto times = window.times();
      const double last = numbers.back();
      const double before = numbers[numbers.size() - 2];
      const bool fell = per_second && last < before;
      double value = fell ? last : last - before;
      if (per_second) value /= (times.back() - times[times.size() - 2]).seconds();
      line.set(window.step, value);
    };
  });
}

// Walks floats and histograms of a window by time; a change of type counts one.
// counts(before, after) judges two floats.
template <typename Counts>
double count_steps(const Window& window, Counts&& counts) {
  const RangeSeries& series = *window.series;
  std::size_t f = window.first;
  std::size_t h = window.first_histogram;
  double total = 0;
  std::optional<bool> was_float;
  double before = 0;
  const series::FloatHistogram* histogram_before = nullptr;
  while (f < window.end || h < window.end_histogram) {
    const bool is_float = h >= window.end_histogram ||
                          (f < window.end && series.times[f] < series.histogram_times[h]);
    if (was_float.has_value() && *was_float != is_float) {
      ++total;
    } else if (was_float.has_value() && is_float) {
      total += counts(before, series.numbers[f]) ? 1 : 0;
    } else if (was_float.has_value()) {
      total += counts(histogram_before, series.histograms[h].get()) ? 1 : 0;
    }
    was_float = is_float;
    if (is_float) {
      before = series.numbers[f++];
    } else {
      histogram_before = series.histograms[h++].get();
    }
  }
  return total;
}

struct Fell {
  bool operator()(double before, double after) const { return after < before; }
  bool operator()(const series::FloatHistogram* before, const series::FloatHistogram* after) const {
    return after->count < before->count;
  }
};

struct Changed {
  bool operator()(double before, double after) const {
    return after != before && !(std::isnan(before) && std::isnan(after));
  }
  bool operator()(const series::FloatHistogram* before, const series::FloatHistogram* after) const {
    return !(*before == *after);
  }
};

template <typename Counts>
Result<Outcome> count_over(Evaluation& evaluation, const Call& call) {
  return over_windows(evaluation, *call.arguments[0], Naming::kDrops, [](const RangeSeries&) {
    return [](const Window& window, Line& line) {
      line.set(window.step, count_steps(window, Counts()));
    };
  });
}

constexpr Parameters kMatrix = takes({Type::kMatrix});

constexpr std::array<Function, 7> kRows = {{
    {"changes", kMatrix, Type::kVector, false, "how often the value changed within the range",
     count_over<Changed>},
    {"delta", kMatrix, Type::kVector, false,
     "difference between the first and last value of a gauge, extrapolated to the range",
     grow<Growth::kDelta>},
    {"idelta", kMatrix, Type::kVector, false, "difference between the last two samples",
     last_two<false>},
    {"increase", kMatrix, Type::kVector, false,
     "increase of a counter over the range, extrapolated and corrected for resets",
     grow<Growth::kIncrease>},
    {"irate", kMatrix, Type::kVector, false,
     "per-second rate of a counter between its last two samples", last_two<true>},
    {"rate", kMatrix, Type::kVector, false,
     "per-second average rate of a counter, extrapolated and corrected for resets",
     grow<Growth::kRate>},
    {"resets", kMatrix, Type::kVector, false, "how often a counter fell within the range",
     count_over<Fell>},
}};

}  // namespace

std::span<const Function> counter_functions() { return kRows; }

}  // namespace daytwo::promql
