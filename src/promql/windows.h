// Functions of range vectors: windows that slide over the samples of each series, two pointers,
// no copy of a sample.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "promql/ast.h"
#include "promql/evaluation.h"
#include "promql/frame.h"

namespace daytwo::promql {

// What one series shows of itself at one step: the samples in (from, to].
struct Window {
  const RangeSeries* series = nullptr;
  std::size_t first = 0;  // floats [first, end)
  std::size_t end = 0;
  std::size_t first_histogram = 0;  // histograms [first_histogram, end_histogram)
  std::size_t end_histogram = 0;
  Timestamp from;
  Timestamp to;
  std::size_t step = 0;

  [[nodiscard]] std::size_t size() const { return end - first; }
  [[nodiscard]] std::size_t histogram_count() const { return end_histogram - first_histogram; }
  [[nodiscard]] bool empty() const { return size() == 0 && histogram_count() == 0; }
  [[nodiscard]] std::span<const double> numbers() const {
    return std::span(series->numbers).subspan(first, size());
  }
  [[nodiscard]] std::span<const Timestamp> times() const {
    return std::span(series->times).subspan(first, size());
  }
};

// Moves a window over the samples of one series; steps must come in rising order.
class WindowCursor {
 public:
  explicit WindowCursor(const RangeSeries& series) { window_.series = &series; }

  const Window& move_to(Timestamp from, Timestamp to, std::size_t step) {
    const RangeSeries& series = *window_.series;
    window_.from = from;
    window_.to = to;
    window_.step = step;
    slide(series.times, window_.first, window_.end);
    slide(series.histogram_times, window_.first_histogram, window_.end_histogram);
    return window_;
  }

 private:
  void slide(const std::vector<Timestamp>& times, std::size_t& first, std::size_t& end) const {
    while (end < times.size() && times[end] <= window_.to) ++end;
    while (first < end && times[first] <= window_.from) ++first;
  }

  Window window_;
};

// Whether the result keeps the metric name: last_over_time and first_over_time do.
enum class Naming { kDrops, kKeeps };

// One line per series of the range vector `argument`. For each series `prepare(series)` gives a
// kernel, which is called with each window that is not empty and gives a cell's value or nothing:
// kernel(const Window&, Line&) sets it.
template <typename Prepare>
[[nodiscard]] Result<Outcome> over_windows(Evaluation& evaluation, const Node& argument,
                                           Naming naming, Prepare&& prepare) {
  TRY(const Ranges ranges, evaluation.ranges(argument));
  const std::size_t steps = evaluation.steps().count;
  Lines out;
  out.reserve(ranges.series.size());
  for (const RangeSeries& series : ranges.series) {
    TRY_VOID(evaluation.check_stop());
    Line line(series.labels, naming == Naming::kDrops || series.nameless, steps);
    WindowCursor cursor(series);
    auto kernel = prepare(series);
    for (std::size_t i = 0; i < steps; ++i) {
      const Timestamp to = evaluation.reference(ranges.modifiers, i);
      const Window& window = cursor.move_to(to - ranges.range, to, i);
      if (!window.empty()) kernel(window, line);
    }
    if (line.empty()) continue;
    TRY_VOID(evaluation.charge(steps));
    out.push_back(std::move(line));
  }
  return Outcome(std::move(out));
}

// Notes that a window holds floats and histograms of which only the floats are used.
void note_ignored_histograms(Evaluation& evaluation, const Window& window, const Node& argument);

// As over_windows, for functions of the floats alone: `kernel(const Window&)` gives a
// std::optional<double>. Histograms are ignored, with an info where they stand beside floats.
template <typename Kernel>
[[nodiscard]] Result<Outcome> over_floats(Evaluation& evaluation, const Node& argument,
                                          Kernel&& kernel) {
  return over_windows(evaluation, argument, Naming::kDrops, [&](const RangeSeries&) {
    return [&](const Window& window, Line& line) {
      if (window.size() == 0) return;
      if (window.histogram_count() > 0) note_ignored_histograms(evaluation, window, argument);
      if (const std::optional<double> value = kernel(window)) line.set(window.step, *value);
    };
  });
}

}  // namespace daytwo::promql
