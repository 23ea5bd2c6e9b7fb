// Straight lines through the samples of a range: deriv and predict_linear.
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>

#include "base/result.h"
#include "base/time.h"
#include "promql/ast.h"
#include "promql/evaluation.h"
#include "promql/families.h"
#include "promql/frame.h"
#include "promql/functions.h"
#include "promql/kahan.h"
#include "promql/windows.h"

namespace daytwo::promql {
namespace {

// value = intercept + slope * seconds after the origin.
struct Straight {
  double slope = 0;
  double intercept = 0;
};

// Simple linear regression with compensated sums. A constant series has slope 0 exactly.
// REQUIRES: two or more samples.
Straight fit(const Window& window, Timestamp origin) {
  const auto numbers = window.numbers();
  const auto times = window.times();
  KahanSum x_sum;
  KahanSum y_sum;
  KahanSum xy_sum;
  KahanSum xx_sum;
  bool constant = true;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const double x = (times[i] - origin).seconds();
    constant = constant && numbers[i] == numbers[0];
    x_sum.add(x);
    y_sum.add(numbers[i]);
    xy_sum.add(x * numbers[i]);
    xx_sum.add(x * x);
  }
  if (constant) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    if (std::isinf(numbers[0])) return {nan, nan};
    return {0, numbers[0]};
  }
  const auto n = static_cast<double>(numbers.size());
  const double covariance = xy_sum.value() - x_sum.value() * y_sum.value() / n;
  const double variance = xx_sum.value() - x_sum.value() * x_sum.value() / n;
  const double slope = covariance / variance;
  return {slope, y_sum.value() / n - slope * x_sum.value() / n};
}

Result<Outcome> deriv(Evaluation& evaluation, const Call& call) {
  return over_floats(evaluation, *call.arguments[0],
                     [](const Window& window) -> std::optional<double> {
                       if (window.size() < 2) return std::nullopt;
                       return fit(window, window.times().front()).slope;
                     });
}

Result<Outcome> predict_linear(Evaluation& evaluation, const Call& call) {
  TRY(const Outcome ahead, evaluation.eval(*call.arguments[1]));
  return over_floats(evaluation, *call.arguments[0],
                     [&](const Window& window) -> std::optional<double> {
                       if (window.size() < 2) return std::nullopt;
                       const Timestamp now = evaluation.steps().at(window.step);
                       const Straight line = fit(window, now);
                       return line.slope * ahead.scalars[window.step] + line.intercept;
                     });
}

constexpr std::array<Function, 2> kRows = {{
    {"deriv", takes({Type::kMatrix}), Type::kVector, false,
     "per-second derivative of a gauge by linear regression", deriv},
    {"predict_linear", takes({Type::kMatrix, Type::kScalar}), Type::kVector, true,
     "value of a gauge that many seconds from now, by linear regression", predict_linear},
}};

}  // namespace

std::span<const Function> regression_functions() { return kRows; }

}  // namespace daytwo::promql
