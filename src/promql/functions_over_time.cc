// Aggregations over time: one series' samples within a range into one value.
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "promql/ast.h"
#include "promql/evaluation.h"
#include "promql/families.h"
#include "promql/frame.h"
#include "promql/functions.h"
#include "promql/kahan.h"
#include "promql/quantile.h"
#include "promql/windows.h"

namespace daytwo::promql {
namespace {

double sum_of(std::span<const double> numbers) {
  KahanSum sum;
  for (const double number : numbers) sum.add(number);
  return sum.value();
}

double mean_of(std::span<const double> numbers) {
  KahanMean mean;
  for (const double number : numbers) mean.add(number);
  return mean.value();
}

double least_of(std::span<const double> numbers) {
  double least = std::numeric_limits<double>::quiet_NaN();
  for (const double number : numbers) {
    if (number < least || std::isnan(least)) least = number;
  }
  return least;
}

double greatest_of(std::span<const double> numbers) {
  double greatest = std::numeric_limits<double>::quiet_NaN();
  for (const double number : numbers) {
    if (number > greatest || std::isnan(greatest)) greatest = number;
  }
  return greatest;
}

// Welford's method with both running sums compensated.
double variance_of(std::span<const double> numbers) {
  double count = 0;
  KahanSum mean;
  KahanSum squares;
  for (const double number : numbers) {
    ++count;
    const double delta = number - mean.value();
    mean.add(delta / count);
    squares.add(delta * (number - mean.value()));
  }
  return squares.value() / count;
}

double deviation_of(std::span<const double> numbers) { return std::sqrt(variance_of(numbers)); }

template <double (*fold)(std::span<const double>)>
Result<Outcome> fold_floats(Evaluation& evaluation, const Call& call) {
  return over_floats(evaluation, *call.arguments[0], [](const Window& window) {
    return std::optional<double>(fold(window.numbers()));
  });
}

Result<Outcome> quantile_over_time(Evaluation& evaluation, const Call& call) {
  TRY(const Outcome q, evaluation.eval(*call.arguments[0]));
  warn_of_quantiles(evaluation.annotations(), q.scalars, call.arguments[0]->span);
  std::vector<double> sorted;
  return over_floats(evaluation, *call.arguments[1], [&](const Window& window) {
    const auto numbers = window.numbers();
    sorted.assign(numbers.begin(), numbers.end());
    return std::optional<double>(quantile(q.scalars[window.step], sorted));
  });
}

template <bool constant>
Result<Outcome> count(Evaluation& evaluation, const Call& call) {
  return over_windows(evaluation, *call.arguments[0], Naming::kDrops, [](const RangeSeries&) {
    return [](const Window& window, Line& line) {
      const std::size_t samples = window.size() + window.histogram_count();
      line.set(window.step, constant ? 1.0 : static_cast<double>(samples));
    };
  });
}

Result<Outcome> last(Evaluation& evaluation, const Call& call) {
  return over_windows(evaluation, *call.arguments[0], Naming::kKeeps, [](const RangeSeries&) {
    return [](const Window& window, Line& line) {
      const RangeSeries& series = *window.series;
      const bool histogram =
          window.histogram_count() > 0 &&
          (window.size() == 0 ||
           series.histogram_times[window.end_histogram - 1] > series.times[window.end - 1]);
      if (histogram) {
        line.set(window.step, series.histograms[window.end_histogram - 1]);
      } else {
        line.set(window.step, series.numbers[window.end - 1]);
      }
    };
  });
}

Result<Outcome> first(Evaluation& evaluation, const Call& call) {
  return over_windows(evaluation, *call.arguments[0], Naming::kKeeps, [](const RangeSeries&) {
    return [](const Window& window, Line& line) {
      const RangeSeries& series = *window.series;
      const bool histogram = window.histogram_count() > 0 &&
                             (window.size() == 0 || series.histogram_times[window.first_histogram] <
                                                        series.times[window.first]);
      if (histogram) {
        line.set(window.step, series.histograms[window.first_histogram]);
      } else {
        line.set(window.step, series.numbers[window.first]);
      }
    };
  });
}

constexpr Parameters kMatrix = takes({Type::kMatrix});

constexpr std::array<Function, 11> kRows = {{
    {"avg_over_time", kMatrix, Type::kVector, false, "mean of the values in the range",
     fold_floats<mean_of>},
    {"count_over_time", kMatrix, Type::kVector, false, "number of samples in the range",
     count<false>},
    {"first_over_time", kMatrix, Type::kVector, false, "oldest sample in the range", first},
    {"last_over_time", kMatrix, Type::kVector, false, "newest sample in the range", last},
    {"max_over_time", kMatrix, Type::kVector, false, "greatest value in the range",
     fold_floats<greatest_of>},
    {"min_over_time", kMatrix, Type::kVector, false, "least value in the range",
     fold_floats<least_of>},
    {"present_over_time", kMatrix, Type::kVector, false, "1 for any series with a sample in range",
     count<true>},
    {"quantile_over_time", takes({Type::kScalar, Type::kMatrix}), Type::kVector, false,
     "quantile (0 to 1) of the values in the range", quantile_over_time},
    {"stddev_over_time", kMatrix, Type::kVector, false,
     "population standard deviation of the values in the range", fold_floats<deviation_of>},
    {"stdvar_over_time", kMatrix, Type::kVector, false,
     "population variance of the values in the range", fold_floats<variance_of>},
    {"sum_over_time", kMatrix, Type::kVector, false, "sum of the values in the range",
     fold_floats<sum_of>},
}};

}  // namespace

std::span<const Function> over_time_functions() { return kRows; }

}  // namespace daytwo::promql
