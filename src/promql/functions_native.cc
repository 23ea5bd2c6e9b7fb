// Functions of single native histograms: their fields and their spread.
// Source: native histogram specification, "PromQL": bucket index i of schema s ends at 2^(i 2^-s);
// observations count as if they stood at the middle of their bucket, geometric for exponential
// buckets, arithmetic for custom ones, 0 for the zero bucket.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "base/result.h"
#include "promql/ast.h"
#include "promql/evaluation.h"
#include "promql/families.h"
#include "promql/frame.h"
#include "promql/functions.h"
#include "promql/kahan.h"
#include "promql/vectors.h"
#include "series/value.h"

namespace daytwo::promql {
namespace {

using series::FloatHistogram;

constexpr std::int32_t kCustomSchema = -53;

double count_of(const FloatHistogram& histogram) { return histogram.count; }
double sum_of(const FloatHistogram& histogram) { return histogram.sum; }
double mean_of(const FloatHistogram& histogram) { return histogram.sum / histogram.count; }

// Where the observations of bucket `index` are taken to stand.
double middle_of(const FloatHistogram& histogram, std::int64_t index) {
  if (histogram.schema != kCustomSchema) {
    return std::exp2((static_cast<double>(index) - 0.5) * std::exp2(-histogram.schema));
  }
  const std::vector<double>& bounds = histogram.custom_values;
  const auto at = static_cast<std::size_t>(index < 0 ? 0 : index);
  if (bounds.empty()) return 0;
  if (at >= bounds.size()) return bounds.back();
  if (at == 0) return bounds[0] <= 0 ? bounds[0] : bounds[0] / 2;
  return (bounds[at - 1] + bounds[at]) / 2;
}

// Calls visit(index, count) for each bucket of one sign. A sender's offsets may add up to more than
// 32 bits hold.
template <typename Visit>
void each_bucket(const std::vector<series::Span>& spans, const std::vector<double>& counts,
                 Visit&& visit) {
  std::int64_t index = 0;
  std::size_t next = 0;
  for (const series::Span& span : spans) {
    index += span.offset;
    for (std::uint32_t i = 0; i < span.length && next < counts.size(); ++i) {
      visit(index++, counts[next++]);
    }
  }
}

double variance_of(const FloatHistogram& histogram) {
  if (histogram.count == 0 || std::isnan(histogram.count)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const double mean = mean_of(histogram);
  KahanSum squares;
  const auto add = [&](double middle, double count) {
    if (count != 0) squares.add(count * (middle - mean) * (middle - mean));
  };
  each_bucket(histogram.negative_spans, histogram.negative_counts,
              [&](std::int64_t index, double count) { add(-middle_of(histogram, index), count); });
  add(0, histogram.zero_count);
  each_bucket(histogram.positive_spans, histogram.positive_counts,
              [&](std::int64_t index, double count) { add(middle_of(histogram, index), count); });
  return squares.value() / histogram.count;
}

double deviation_of(const FloatHistogram& histogram) { return std::sqrt(variance_of(histogram)); }

// A number of each native histogram; floats are dropped, as in Prometheus.
template <double (*number_of)(const FloatHistogram&)>
Result<Outcome> each_histogram(Evaluation& evaluation, const Call& call) {
  TRY(Outcome out, evaluation.eval(*call.arguments[0]));
  for (Line& line : out.lines) {
    line.nameless = true;
    for (std::size_t i = 0; i < line.cells.size(); ++i) {
      if (line.is_histogram(i)) {
        line.numbers[i] = number_of(*line.histograms[i]);
        line.cells[i] = Cell::kFloat;
      } else {
        line.cells[i] = Cell::kAbsent;
      }
    }
    line.histograms.clear();
  }
  drop_empty(out.lines);
  return out;
}

constexpr Parameters kVector = takes({Type::kVector});

constexpr std::array<Function, 5> kRows = {{
    {"histogram_avg", kVector, Type::kVector, false, "mean of a native histogram",
     each_histogram<mean_of>},
    {"histogram_count", kVector, Type::kVector, false, "observations of a native histogram",
     each_histogram<count_of>},
    {"histogram_stddev", kVector, Type::kVector, false,
     "standard deviation of a native histogram's observations", each_histogram<deviation_of>},
    {"histogram_stdvar", kVector, Type::kVector, false,
     "variance of a native histogram's observations", each_histogram<variance_of>},
    {"histogram_sum", kVector, Type::kVector, false, "sum of a native histogram's observations",
     each_histogram<sum_of>},
}};

}  // namespace

std::span<const Function> native_functions() { return kRows; }

}  // namespace daytwo::promql
