#include "promql/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "promql/ast.h"
#include "promql/evaluation.h"
#include "promql/frame.h"
#include "promql/parse.h"
#include "promql/windows.h"
#include "series/labels.h"
#include "series/source.h"
#include "series/value.h"

namespace daytwo::promql {
namespace {

// Steps of one query: more would mean terabytes before anybody could read the answer.
constexpr std::int64_t kMaxSteps = 50'000'000;

class NeverStop final : public Stop {
 public:
  [[nodiscard]] Reason asked() const override { return Reason::kNone; }
};

// The end of delayed name removal: drops the names that are to go and merges series that become
// equal. Errors: kConflict when two of them have a value at the same step.
Result<Lines> drop_names(Lines lines, std::size_t steps) {
  const bool any =
      std::any_of(lines.begin(), lines.end(), [](const Line& line) { return line.nameless; });
  if (!any) return lines;
  std::unordered_map<series::Labels, std::size_t> index;
  Lines out;
  out.reserve(lines.size());
  for (Line& line : lines) {
    if (line.nameless) {
      line.labels =
          line.labels.without(series::kMetricName).without("__type__").without("__unit__");
    }
    const auto [it, is_new] = index.try_emplace(line.labels, out.size());
    if (is_new) {
      out.push_back(std::move(line));
      continue;
    }
    Line& to = out[it->second];
    for (std::size_t i = 0; i < steps; ++i) {
      if (!line.present(i)) continue;
      if (to.present(i)) {
        return execution_error("vector cannot contain metrics with the same labelset");
      }
      to.copy(i, line);
    }
  }
  return out;
}

series::Value value_of(const Line& line, std::size_t step) {
  if (line.is_histogram(step)) {
    return {line.histograms[step]->sum, line.histograms[step]};
  }
  return {line.numbers[step], nullptr};
}

VectorAnswer to_vector(const Lines& lines, Timestamp at) {
  VectorAnswer out;
  out.reserve(lines.size());
  for (const Line& line : lines) {
    if (line.present(0)) out.push_back({line.labels, {at, value_of(line, 0)}});
  }
  return out;
}

void sort_by_labels(MatrixAnswer& matrix) {
  std::sort(matrix.begin(), matrix.end(),
            [](const series::SeriesColumn& a, const series::SeriesColumn& b) {
              return a.labels < b.labels;
            });
}

MatrixAnswer to_matrix(const Lines& lines, const Steps& steps) {
  MatrixAnswer out;
  out.reserve(lines.size());
  for (const Line& line : lines) {
    series::SeriesColumn column;
    column.labels = line.labels;
    for (std::size_t i = 0; i < steps.count; ++i) {
      if (line.present(i)) column.column.push({steps.at(i), value_of(line, i)});
    }
    out.push_back(std::move(column));
  }
  sort_by_labels(out);
  return out;
}

// The samples of a range vector as an instant query shows them: those in its window.
// Errors: kConflict when two series are equal once their names are dropped.
Result<MatrixAnswer> window_matrix(const Ranges& ranges, Timestamp to) {
  MatrixAnswer out;
  for (const RangeSeries& series : ranges.series) {
    WindowCursor cursor(series);
    const Window& window = cursor.move_to(to - ranges.range, to, 0);
    if (window.empty()) continue;
    series::SeriesColumn column;
    column.labels = series.nameless ? series.labels.without(series::kMetricName) : series.labels;
    std::size_t h = window.first_histogram;
    const auto push_histograms_before = [&](Timestamp limit) {
      for (; h < window.end_histogram && series.histogram_times[h] < limit; ++h) {
        column.column.push(
            {series.histogram_times[h], {series.histograms[h]->sum, series.histograms[h]}});
      }
    };
    for (std::size_t f = window.first; f < window.end; ++f) {
      push_histograms_before(series.times[f]);
      column.column.push({series.times[f], {series.numbers[f], nullptr}});
    }
    push_histograms_before(kMaxTimestamp);
    out.push_back(std::move(column));
  }
  sort_by_labels(out);
  for (std::size_t i = 1; i < out.size(); ++i) {
    if (out[i].labels == out[i - 1].labels) {
      return execution_error("vector cannot contain metrics with the same labelset");
    }
  }
  return out;
}

Answer finish(decltype(Answer::value) value, Evaluation& evaluation) {
  return {std::move(value), evaluation.annotations().warnings(), evaluation.annotations().infos(),
          evaluation.samples_read()};
}

}  // namespace

const Stop& never_stop() {
  static const NeverStop kNever;
  return kNever;
}

Result<Answer> Engine::instant(std::string_view query, Timestamp at, const Stop& stop) const {
  TRY(const Expression expression, parse(query));
  return instant(expression, at, stop);
}

Result<Answer> Engine::instant(const Expression& query, Timestamp at, const Stop& stop) const {
  const Steps steps{at, milliseconds(1), 1};
  Evaluation evaluation(source_, options_, stop, query, steps, false);
  if (query.root->type == Type::kMatrix) {
    TRY(const Ranges ranges, evaluation.ranges(*query.root));
    TRY(MatrixAnswer matrix, window_matrix(ranges, evaluation.reference(ranges.modifiers, 0)));
    return finish(std::move(matrix), evaluation);
  }
  TRY(Outcome outcome, evaluation.eval(*query.root));
  switch (query.root->type) {
    case Type::kScalar:
      return finish(ScalarAnswer{at, outcome.scalars.front()}, evaluation);
    case Type::kString:
      return finish(TextAnswer{at, std::move(outcome.text)}, evaluation);
    default:
      break;
  }
  TRY(const Lines lines, drop_names(std::move(outcome.lines), 1));
  return finish(to_vector(lines, at), evaluation);
}

Result<Answer> Engine::range(std::string_view query, Timestamp from, Timestamp to, Duration step,
                             const Stop& stop) const {
  TRY(const Expression expression, parse(query));
  return range(expression, from, to, step, stop);
}

Result<Answer> Engine::range(const Expression& query, Timestamp from, Timestamp to, Duration step,
                             const Stop& stop) const {
  const Type type = query.root->type;
  if (type != Type::kScalar && type != Type::kVector) {
    return fail(Code::kInvalid, fmt::format("invalid expression type {} for range query, must be "
                                            "Scalar or instant Vector",
                                            go_quoted(name_of(type))));
  }
  if (step.ms <= 0) {
    return fail(Code::kInvalid,
                "zero or negative query resolution step widths are not accepted. Try a positive "
                "integer");
  }
  if (to < from) return fail(Code::kInvalid, "end timestamp must not be before start time");
  const std::int64_t gaps = (to - from).ms / step.ms;
  if (gaps >= kMaxSteps) return too_many_samples();
  const Steps steps{from, step, static_cast<std::size_t>(gaps) + 1};
  Evaluation evaluation(source_, options_, stop, query, steps, true);
  TRY(Outcome outcome, evaluation.eval(*query.root));
  if (type == Type::kScalar) {
    Line line({}, false, steps.count);
    for (std::size_t i = 0; i < steps.count; ++i) line.set(i, outcome.scalars[i]);
    Lines lines;
    lines.push_back(std::move(line));
    return finish(to_matrix(lines, steps), evaluation);
  }
  TRY(const Lines lines, drop_names(std::move(outcome.lines), steps.count));
  return finish(to_matrix(lines, steps), evaluation);
}

std::string_view error_class(const Error& error) {
  switch (error.code) {
    case Code::kInvalid:
      return "bad_data";
    case Code::kConflict:
    case Code::kLimit:
      return "execution";
    case Code::kTimeout:
      return "timeout";
    case Code::kCanceled:
      return "canceled";
    default:
      return "internal";
  }
}

}  // namespace daytwo::promql
