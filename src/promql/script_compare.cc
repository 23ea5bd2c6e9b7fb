#include "promql/script_compare.h"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "promql/engine.h"
#include "promql/frame.h"
#include "promql/script_text.h"
#include "promql/series_notation.h"
#include "series/labels.h"
#include "series/pattern.h"
#include "series/source.h"
#include "series/value.h"

namespace daytwo::promql {
namespace {

constexpr double kTolerance = 1e-6;

std::map<std::int64_t, double> filled_buckets(const std::vector<series::Span>& spans,
                                              const std::vector<double>& counts) {
  std::map<std::int64_t, double> out;
  std::int64_t index = 0;
  std::size_t next = 0;
  for (const series::Span& span : spans) {
    index += span.offset;
    for (std::uint32_t i = 0; i < span.length && next < counts.size(); ++i, ++index, ++next) {
      if (counts[next] != 0) out[index] = counts[next];
    }
  }
  return out;
}

bool same_buckets(const std::map<std::int64_t, double>& a,
                  const std::map<std::int64_t, double>& b) {
  if (a.size() != b.size()) return false;
  auto other = b.begin();
  for (const auto& [index, count] : a) {
    if (index != other->first || !nearly_same(count, other->second)) return false;
    ++other;
  }
  return true;
}

bool same_histogram(const series::FloatHistogram& a, const series::FloatHistogram& b) {
  return a.schema == b.schema && a.custom_values == b.custom_values &&
         nearly_same(a.zero_threshold, b.zero_threshold) && nearly_same(a.count, b.count) &&
         nearly_same(a.sum, b.sum) && nearly_same(a.zero_count, b.zero_count) &&
         same_buckets(filled_buckets(a.positive_spans, a.positive_counts),
                      filled_buckets(b.positive_spans, b.positive_counts)) &&
         same_buckets(filled_buckets(a.negative_spans, a.negative_counts),
                      filled_buckets(b.negative_spans, b.negative_counts));
}

std::string value_text(const series::Value& value) {
  return value.is_histogram() ? fmt::format("histogram of count {}", value.histogram->count)
                              : format_double(value.number);
}

bool matches(const ExpectedText& expected, const std::string& text) {
  if (expected.message) return text == *expected.message;
  if (!expected.pattern) return true;
  const auto pattern = series::Pattern::make(".*(?:" + *expected.pattern + ").*");
  return pattern && pattern->matches(text);
}

// Every expectation must be met by some note, and every note must meet some expectation.
std::optional<std::string> note_difference(std::string_view kind,
                                           const std::vector<ExpectedText>& expected, bool none,
                                           const std::vector<std::string>& got) {
  if (none && !got.empty()) return fmt::format("unexpected {}: {}", kind, got.front());
  if (expected.empty()) return std::nullopt;
  for (const ExpectedText& each : expected) {
    bool met = false;
    for (const std::string& note : got) met = met || matches(each, note);
    if (!met) {
      return fmt::format("expected {} {}, got {}", kind,
                         each.message.value_or(each.pattern.value_or("")),
                         got.empty() ? "none" : got.front());
    }
  }
  for (const std::string& note : got) {
    bool wanted = false;
    for (const ExpectedText& each : expected) wanted = wanted || matches(each, note);
    if (!wanted) return fmt::format("unexpected {}: {}", kind, note);
  }
  return std::nullopt;
}

using Samples = std::map<Timestamp, series::Value>;

// Samples by series of a vector or matrix; none of other shapes.
std::map<series::Labels, Samples> samples_of(const Answer& answer) {
  std::map<series::Labels, Samples> out;
  if (const auto* vector = std::get_if<VectorAnswer>(&answer.value)) {
    for (const VectorElement& element : *vector) {
      out[element.labels][element.sample.at] = element.sample.value;
    }
  }
  if (const auto* matrix = std::get_if<MatrixAnswer>(&answer.value)) {
    for (const series::SeriesColumn& column : *matrix) {
      Samples& samples = out[column.labels];
      for (std::size_t i = 0; i < column.column.size(); ++i) {
        const series::Sample sample = column.column.at(i);
        samples[sample.at] = sample.value;
      }
    }
  }
  return out;
}

std::map<series::Labels, Samples> expected_samples(const EvalCommand& eval) {
  const Steps& steps = eval.expected.samples_at ? *eval.expected.samples_at : eval.steps;
  std::map<series::Labels, Samples> out;
  for (const NotedSeries& noted : eval.expected.series) {
    for (std::size_t i = 0; i < noted.values.size(); ++i) {
      if (const auto& value = noted.values[i]) out[noted.labels][steps.at(i)] = *value;
    }
  }
  if (eval.expected.scalar && eval.is_range) {
    for (std::size_t i = 0; i < steps.count; ++i)
      out[{}][steps.at(i)] = {*eval.expected.scalar, {}};
  }
  return out;
}

std::optional<std::string> samples_difference(const std::map<series::Labels, Samples>& wanted,
                                              const std::map<series::Labels, Samples>& got) {
  for (const auto& [labels, samples] : wanted) {
    const auto found = got.find(labels);
    if (found == got.end()) return fmt::format("missing series {}", labels.to_string());
    for (const auto& [at, value] : samples) {
      const auto sample = found->second.find(at);
      if (sample == found->second.end()) {
        return fmt::format("{} has no value at {} s, expected {}", labels.to_string(),
                           (at - Timestamp{}).seconds(), value_text(value));
      }
      if (!nearly_same(value, sample->second)) {
        return fmt::format("{} at {} s is {}, expected {}", labels.to_string(),
                           (at - Timestamp{}).seconds(), value_text(sample->second),
                           value_text(value));
      }
    }
    if (found->second.size() != samples.size()) {
      return fmt::format("{} has {} values, expected {}", labels.to_string(), found->second.size(),
                         samples.size());
    }
  }
  for (const auto& [labels, samples] : got) {
    if (!samples.empty() && !wanted.contains(labels)) {
      return fmt::format("unexpected series {} = {}", labels.to_string(),
                         value_text(samples.begin()->second));
    }
  }
  return std::nullopt;
}

std::optional<std::string> order_difference(const EvalCommand& eval, const Answer& got) {
  const auto* vector = std::get_if<VectorAnswer>(&got.value);
  if (vector == nullptr || vector->size() != eval.expected.series.size()) {
    return "not an ordered vector of that size";
  }
  for (std::size_t i = 0; i < vector->size(); ++i) {
    if ((*vector)[i].labels == eval.expected.series[i].labels) continue;
    return fmt::format("element {} is {}, expected {}", i + 1, (*vector)[i].labels.to_string(),
                       eval.expected.series[i].labels.to_string());
  }
  return std::nullopt;
}

}  // namespace

bool nearly_same(double a, double b) {
  if (series::is_stale_marker(a) || series::is_stale_marker(b)) {
    return series::is_stale_marker(a) && series::is_stale_marker(b);
  }
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  if (a == b) return true;
  if (std::isinf(a) || std::isinf(b)) return false;
  const double size = std::abs(a) + std::abs(b);
  constexpr double kSmallest = std::numeric_limits<double>::min();
  if (a == 0 || b == 0 || size < kSmallest) return std::abs(a - b) < kTolerance * kSmallest;
  return std::abs(a - b) / size < kTolerance;
}

bool nearly_same(const series::Value& a, const series::Value& b) {
  if (a.is_histogram() != b.is_histogram()) return false;
  return a.is_histogram() ? same_histogram(*a.histogram, *b.histogram)
                          : nearly_same(a.number, b.number);
}

std::optional<std::string> value_difference(const EvalCommand& eval, const Answer& got) {
  if (const auto* text = std::get_if<TextAnswer>(&got.value)) {
    if (eval.expected.text == text->value) return std::nullopt;
    return fmt::format("got the string {}", go_quoted(text->value));
  }
  if (const auto* scalar = std::get_if<ScalarAnswer>(&got.value)) {
    if (eval.expected.scalar && nearly_same(*eval.expected.scalar, scalar->value)) {
      return std::nullopt;
    }
    return fmt::format("got the scalar {}", format_double(scalar->value));
  }
  if ((eval.expected.scalar && !eval.is_range) || eval.expected.text) {
    return "got a vector or matrix, expected a scalar or string";
  }
  return samples_difference(expected_samples(eval), samples_of(got));
}

std::optional<std::string> difference(const EvalCommand& eval, const Result<Answer>& got) {
  const Expected& expected = eval.expected;
  if (expected.failure) {
    if (got) return "expected a failure, got an answer";
    if (matches(*expected.failure, got.error().text)) return std::nullopt;
    return "failed with another text: " + got.error().text;
  }
  if (!got) return "failed: " + got.error().text;
  if (auto wrong =
          note_difference("warning", expected.warnings, expected.no_warnings, got->warnings)) {
    return wrong;
  }
  if (auto wrong = note_difference("info", expected.infos, expected.no_infos, got->infos)) {
    return wrong;
  }
  if (expected.ordered) {
    if (auto wrong = order_difference(eval, *got)) return wrong;
  }
  return value_difference(eval, *got);
}

}  // namespace daytwo::promql
