// Functions that turn one kind of value into another, or reorder: scalar, vector, time, timestamp,
// absent, sort.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "promql/ast.h"
#include "promql/evaluation.h"
#include "promql/families.h"
#include "promql/frame.h"
#include "promql/functions.h"
#include "series/labels.h"
#include "series/matcher.h"

namespace daytwo::promql {
namespace {

Result<Outcome> scalar(Evaluation& evaluation, const Call& call) {
  TRY(const Outcome in, evaluation.eval(*call.arguments[0]));
  const std::size_t steps = evaluation.steps().count;
  std::vector<double> out(steps, std::numeric_limits<double>::quiet_NaN());
  std::vector<std::size_t> floats(steps, 0);
  for (const Line& line : in.lines) {
    for (std::size_t i = 0; i < steps; ++i) {
      if (!line.is_float(i)) continue;
      out[i] = ++floats[i] == 1 ? line.numbers[i] : std::numeric_limits<double>::quiet_NaN();
    }
  }
  return Outcome(std::move(out));
}

Result<Outcome> vector(Evaluation& evaluation, const Call& call) {
  TRY(const Outcome in, evaluation.eval(*call.arguments[0]));
  Line line({}, false, evaluation.steps().count);
  for (std::size_t i = 0; i < in.scalars.size(); ++i) line.set(i, in.scalars[i]);
  Lines lines;
  lines.push_back(std::move(line));
  return Outcome(std::move(lines));
}

Result<Outcome> time(Evaluation& evaluation, const Call& /*call*/) {
  const Steps& steps = evaluation.steps();
  std::vector<double> out(steps.count);
  for (std::size_t i = 0; i < steps.count; ++i) out[i] = (steps.at(i) - Timestamp{}).seconds();
  return Outcome(std::move(out));
}

// Of a plain selector the times of its samples, of anything else the evaluation time.
Result<Outcome> timestamp(Evaluation& evaluation, const Call& call) {
  if (const auto* selector = find_kind<Selector>(*call.arguments[0])) {
    TRY(Lines times, evaluation.select(*selector, true));
    for (Line& line : times) line.nameless = true;
    return Outcome(std::move(times));
  }
  TRY(Outcome out, evaluation.eval(*call.arguments[0]));
  for (Line& line : out.lines) {
    line.nameless = true;
    line.histograms.clear();
    for (std::size_t i = 0; i < line.cells.size(); ++i) {
      if (line.present(i)) line.set(i, (evaluation.steps().at(i) - Timestamp{}).seconds());
    }
  }
  return out;
}

// The labels that a selector says of what is absent: `=` matchers of labels named once.
series::Labels labels_of_absent(const Node& argument) {
  const Node& node = without_parens(argument);
  const Selector* selector = std::get_if<Selector>(&node.kind);
  if (const auto* range = std::get_if<RangeSelector>(&node.kind)) selector = &range->selector;
  if (selector == nullptr) return {};
  std::set<std::string> seen;
  series::Labels out;
  for (const series::Matcher& matcher : selector->matchers) {
    if (matcher.name() == series::kMetricName) continue;
    const bool first = seen.insert(matcher.name()).second;
    const bool says = first && matcher.op() == series::MatchOp::kEqual;
    out = out.with(matcher.name(), says ? matcher.value() : "");
  }
  return out;
}

// 1 at each step that is not marked as present.
Outcome absent_where(const Node& argument, const std::vector<bool>& present) {
  Line line(labels_of_absent(argument), false, present.size());
  for (std::size_t i = 0; i < present.size(); ++i) {
    if (!present[i]) line.set(i, 1);
  }
  Lines lines;
  if (!line.empty()) lines.push_back(std::move(line));
  return Outcome(std::move(lines));
}

Result<Outcome> absent(Evaluation& evaluation, const Call& call) {
  TRY(const Outcome in, evaluation.eval(*call.arguments[0]));
  std::vector<bool> present(evaluation.steps().count, false);
  for (const Line& line : in.lines) {
    for (std::size_t i = 0; i < present.size(); ++i) present[i] = present[i] || line.present(i);
  }
  return absent_where(*call.arguments[0], present);
}

Result<Outcome> absent_over_time(Evaluation& evaluation, const Call& call) {
  TRY(const Ranges ranges, evaluation.ranges(*call.arguments[0]));
  const std::size_t steps = evaluation.steps().count;
  std::vector<bool> present(steps, false);
  for (const RangeSeries& series : ranges.series) {
    for (const auto* times : {&series.times, &series.histogram_times}) {
      for (std::size_t i = 0; i < steps; ++i) {
        if (present[i]) continue;
        const Timestamp to = evaluation.reference(ranges.modifiers, i);
        const auto after = std::upper_bound(times->begin(), times->end(), to - ranges.range);
        present[i] = after != times->end() && *after <= to;
      }
    }
  }
  return absent_where(*call.arguments[0], present);
}

template <bool descending>
Result<Outcome> sort(Evaluation& evaluation, const Call& call) {
  TRY(Outcome out, evaluation.eval(*call.arguments[0]));
  if (evaluation.is_range()) {
    evaluation.annotations().warn(
        "sort is ineffective for range queries since results are always ordered by labels",
        call.span);
  }
  if (evaluation.steps().count > 1) return out;
  std::erase_if(out.lines, [](const Line& line) { return !line.is_float(0); });
  std::stable_sort(out.lines.begin(), out.lines.end(), [](const Line& a, const Line& b) {
    const double left = a.numbers[0];
    const double right = b.numbers[0];
    if (std::isnan(left) || std::isnan(right)) return !std::isnan(left) && std::isnan(right);
    return descending ? left > right : left < right;
  });
  return out;
}

constexpr Parameters kVector = takes({Type::kVector});

constexpr std::array<Function, 8> kRows = {{
    {"absent", kVector, Type::kVector, false,
     "1 if the vector has no element, with the labels its matchers name; else nothing", absent},
    {"absent_over_time", takes({Type::kMatrix}), Type::kVector, false,
     "1 if no series has a sample in the range; else nothing", absent_over_time},
    {"scalar", kVector, Type::kScalar, false, "the value of the only element; else NaN", scalar},
    {"sort", kVector, Type::kVector, false, "elements in rising order (instant queries)",
     sort<false>},
    {"sort_desc", kVector, Type::kVector, false, "elements in falling order (instant queries)",
     sort<true>},
    {"time", takes({}), Type::kScalar, true, "evaluation time in seconds since the epoch", time},
    {"timestamp", kVector, Type::kVector, true, "time of each sample in seconds since the epoch",
     timestamp},
    {"vector", takes({Type::kScalar}), Type::kVector, false,
     "the scalar as a vector of one element without labels", vector},
}};

}  // namespace

std::span<const Function> shape_functions() { return kRows; }

}  // namespace daytwo::promql
