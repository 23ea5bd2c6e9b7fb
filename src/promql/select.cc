// Reading: vector selectors, range selectors and subqueries.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/time.h"
#include "promql/ast.h"
#include "promql/evaluation.h"
#include "promql/frame.h"
#include "series/source.h"
#include "series/value.h"

namespace daytwo::promql {
namespace {

// Moves the samples of a column to where range vectors keep them, without stale markers.
RangeSeries to_range_series(series::SeriesColumn&& from) {
  RangeSeries out;
  out.labels = std::move(from.labels);
  series::Column& column = from.column;
  const bool plain =
      column.histograms.empty() &&
      std::none_of(column.numbers.begin(), column.numbers.end(), series::is_stale_marker);
  if (plain) {
    out.times = std::move(column.times);
    out.numbers = std::move(column.numbers);
    return out;
  }
  for (std::size_t i = 0; i < column.size(); ++i) {
    const series::Sample sample = column.at(i);
    if (sample.value.is_stale()) continue;
    if (sample.value.is_histogram()) {
      out.histogram_times.push_back(sample.at);
      out.histograms.push_back(sample.value.histogram);
    } else {
      out.times.push_back(sample.at);
      out.numbers.push_back(sample.value.number);
    }
  }
  return out;
}

// The cells of a line at the steps of a subquery, as samples.
RangeSeries to_range_series(const Line& line, const Steps& steps) {
  RangeSeries out;
  out.labels = line.labels;
  out.nameless = line.nameless;
  for (std::size_t i = 0; i < steps.count; ++i) {
    if (line.is_float(i)) {
      out.times.push_back(steps.at(i));
      out.numbers.push_back(line.numbers[i]);
    } else if (line.is_histogram(i)) {
      out.histogram_times.push_back(steps.at(i));
      out.histograms.push_back(line.histograms[i]);
    }
  }
  return out;
}

// The greatest multiple of `step` that is not after `at`.
Timestamp align_down(Timestamp at, Duration step) {
  std::int64_t multiple = at.ms / step.ms;
  if (at.ms % step.ms < 0) --multiple;
  return Timestamp{multiple * step.ms};
}

}  // namespace

// All samples that any step can see: those in (first reference - window, last reference].
Result<std::vector<series::SeriesColumn>> Evaluation::read(const Selector& selector,
                                                           Duration window) {
  const Timestamp first = reference(selector.modifiers, 0);
  const Timestamp last = reference(selector.modifiers, steps_.count - 1);
  const series::TimeRange range{first - window + milliseconds(1), last};
  series::Hints hints;
  hints.function = std::string(function_);
  if (is_range_) hints.step = steps_.step;
  hints.range = window;
  hints.max_samples = options_.max_samples - std::min(live_, options_.max_samples);
  if (hints.max_samples == 0) hints.max_samples = 1;
  auto found = source_.select(selector.matchers, range, hints);
  if (!found) {
    if (found.error().code == Code::kLimit) return too_many_samples();
    return fail(std::move(found).error());
  }
  std::size_t count = 0;
  for (const series::SeriesColumn& column : *found) count += column.column.size();
  samples_read_ += count;
  TRY_VOID(charge(count));
  return std::move(*found);
}

Result<Lines> Evaluation::select(const Selector& selector, bool sample_times) {
  TRY(const auto columns, read(selector, options_.lookback));
  Lines out;
  out.reserve(columns.size());
  for (const auto& [labels, column] : columns) {
    TRY_VOID(check_stop());
    Line line(labels, false, steps_.count);
    bool any = false;
    std::size_t next = 0;  // the first sample after the reference
    for (std::size_t i = 0; i < steps_.count; ++i) {
      const Timestamp at = reference(selector.modifiers, i);
      while (next < column.size() && column.times[next] <= at) ++next;
      if (next == 0) continue;
      const std::size_t newest = next - 1;
      if (column.times[newest] <= at - options_.lookback) continue;
      const double number = column.numbers[newest];
      if (series::is_stale_marker(number)) continue;
      any = true;
      if (sample_times) {
        line.set(i, (column.times[newest] - Timestamp{}).seconds());
      } else if (!column.histograms.empty() && column.histograms[newest] != nullptr) {
        line.set(i, column.histograms[newest]);
      } else {
        line.set(i, number);
      }
    }
    if (!any) continue;
    TRY_VOID(charge(steps_.count));
    out.push_back(std::move(line));
  }
  return out;
}

Result<Ranges> Evaluation::ranges(const Node& node) {
  const Node& inner = without_parens(node);
  if (const auto* subquery = std::get_if<Subquery>(&inner.kind)) return eval_subquery(*subquery);
  if (const auto* range = std::get_if<RangeSelector>(&inner.kind)) return select_range(*range);
  return fail(Code::kInternal, "a range vector was expected");
}

Result<Ranges> Evaluation::select_range(const RangeSelector& range) {
  TRY(auto columns, read(range.selector, range.range));
  Ranges out;
  out.range = range.range;
  out.modifiers = range.selector.modifiers;
  out.series.reserve(columns.size());
  for (series::SeriesColumn& column : columns) {
    out.series.push_back(to_range_series(std::move(column)));
  }
  return out;
}

// Evaluates the inside at every multiple of the step that any outer window can see.
Result<Ranges> Evaluation::eval_subquery(const Subquery& subquery) {
  const Steps outer = steps_;
  const Duration step = subquery.step.ms == 0 ? options_.subquery_step : subquery.step;
  const Timestamp before = reference(subquery.modifiers, 0) - subquery.range;
  const Timestamp end = reference(subquery.modifiers, outer.count - 1);
  Ranges out;
  out.range = subquery.range;
  out.modifiers = subquery.modifiers;
  Steps inside;
  inside.first = align_down(before, step) + step;
  inside.step = step;
  if (inside.first > end) return out;
  inside.count = static_cast<std::size_t>((end - inside.first).ms / step.ms) + 1;
  if (inside.count > options_.max_samples) return too_many_samples();
  steps_ = inside;
  auto outcome = eval(*subquery.inner);
  steps_ = outer;
  if (!outcome) return fail(std::move(outcome).error());
  out.series.reserve(outcome->lines.size());
  for (const Line& line : outcome->lines) out.series.push_back(to_range_series(line, inside));
  return out;
}

}  // namespace daytwo::promql
