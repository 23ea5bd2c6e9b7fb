// What evaluation passes around: values of many series at many steps, in columns.
// Model: an instant vector over a range of steps is a list of lines; a line has one cell a step,
// which is absent, a float or a histogram. Absent is not NaN.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "promql/ast.h"
#include "series/labels.h"
#include "series/value.h"

namespace daytwo::promql {

using HistogramPtr = std::shared_ptr<const series::FloatHistogram>;

// The instants that a query, or the inside of a subquery, is evaluated at.
struct Steps {
  Timestamp first;
  Duration step;
  std::size_t count = 1;

  [[nodiscard]] Timestamp at(std::size_t index) const {
    return first + step * static_cast<std::int64_t>(index);
  }
  // REQUIRES: count > 0.
  [[nodiscard]] Timestamp last() const { return at(count - 1); }
};

// What stands at one step of a line.
enum class Cell : std::uint8_t { kAbsent, kFloat, kHistogram };

// One series over all steps. The three columns are as long as the steps, but `histograms` is empty
// while no cell is a histogram.
struct Line {
  series::Labels labels;
  bool nameless = false;  // the metric name goes when the query ends (delayed name removal)
  std::vector<Cell> cells;
  std::vector<double> numbers;
  std::vector<HistogramPtr> histograms;

  Line() = default;
  Line(series::Labels its_labels, bool drops_name, std::size_t steps)
      : labels(std::move(its_labels)),
        nameless(drops_name),
        cells(steps, Cell::kAbsent),
        numbers(steps, 0.0) {}

  void set(std::size_t step, double number) {
    cells[step] = Cell::kFloat;
    numbers[step] = number;
  }
  void set(std::size_t step, HistogramPtr histogram) {
    if (histograms.empty()) histograms.resize(cells.size());
    cells[step] = Cell::kHistogram;
    histograms[step] = std::move(histogram);
  }
  // Copies one cell of another line over the same steps.
  void copy(std::size_t step, const Line& from) {
    if (from.cells[step] == Cell::kHistogram) {
      set(step, from.histograms[step]);
    } else if (from.cells[step] == Cell::kFloat) {
      set(step, from.numbers[step]);
    }
  }
  void erase(std::size_t step) {
    cells[step] = Cell::kAbsent;
    if (!histograms.empty()) histograms[step] = nullptr;
  }
  [[nodiscard]] bool present(std::size_t step) const { return cells[step] != Cell::kAbsent; }
  [[nodiscard]] bool is_float(std::size_t step) const { return cells[step] == Cell::kFloat; }
  [[nodiscard]] bool is_histogram(std::size_t step) const {
    return cells[step] == Cell::kHistogram;
  }
  [[nodiscard]] bool empty() const {
    return std::all_of(cells.begin(), cells.end(), [](Cell c) { return c == Cell::kAbsent; });
  }
};

// Several series over the same steps.
using Lines = std::vector<Line>;

// What an expression came to, over all steps. Which member holds it follows from the node's type.
struct Outcome {
  Lines lines;                  // kVector; at most one line per label set
  std::vector<double> scalars;  // kScalar, one per step
  std::string text;             // kString

  Outcome() = default;
  explicit Outcome(Lines vector) : lines(std::move(vector)) {}
  explicit Outcome(std::vector<double> scalar) : scalars(std::move(scalar)) {}
};

// Collects lines by label set: results that come cell by cell.
class LineIndex {
 public:
  explicit LineIndex(std::size_t steps) : steps_(steps) {}

  // The line of that label set, made on first use. Valid until the next call.
  Line& line(const series::Labels& labels, bool nameless) {
    const auto [it, is_new] = index_.try_emplace(labels, lines_.size());
    if (is_new) lines_.emplace_back(labels, nameless, steps_);
    return lines_[it->second];
  }
  // The collected lines, in the order of their first use; those without a value are left out.
  [[nodiscard]] Lines take() {
    std::erase_if(lines_, [](const Line& line) { return line.empty(); });
    return std::move(lines_);
  }

 private:
  std::size_t steps_;
  Lines lines_;
  std::unordered_map<series::Labels, std::size_t> index_;
};

// Samples of one series of a range vector; floats and histograms apart, each in time order, stale
// markers removed.
struct RangeSeries {
  series::Labels labels;
  bool nameless = false;
  std::vector<Timestamp> times;
  std::vector<double> numbers;
  std::vector<Timestamp> histogram_times;
  std::vector<HistogramPtr> histograms;
};

// A range vector for all steps: the windows slide over the same samples.
struct Ranges {
  std::vector<RangeSeries> series;
  Duration range;
  Modifiers modifiers;
};

}  // namespace daytwo::promql
