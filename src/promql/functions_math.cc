// Functions of single values.
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "promql/ast.h"
#include "promql/evaluation.h"
#include "promql/families.h"
#include "promql/frame.h"
#include "promql/functions.h"
#include "promql/vectors.h"

namespace daytwo::promql {
namespace {

double absolute(double x) { return std::abs(x); }
double arc_cosine(double x) { return std::acos(x); }
double area_cosine(double x) { return std::acosh(x); }
double arc_sine(double x) { return std::asin(x); }
double area_sine(double x) { return std::asinh(x); }
double arc_tangent(double x) { return std::atan(x); }
double area_tangent(double x) { return std::atanh(x); }
double ceiling(double x) { return std::ceil(x); }
double cosine(double x) { return std::cos(x); }
double hyperbolic_cosine(double x) { return std::cosh(x); }
double to_degrees(double x) { return x * 180 / std::numbers::pi; }
double exponential(double x) { return std::exp(x); }
double floor_of(double x) { return std::floor(x); }
double natural_logarithm(double x) { return std::log(x); }
double decimal_logarithm(double x) { return std::log10(x); }
double binary_logarithm(double x) { return std::log2(x); }
double to_radians(double x) { return x * std::numbers::pi / 180; }
double sine(double x) { return std::sin(x); }
double hyperbolic_sine(double x) { return std::sinh(x); }
double square_root(double x) { return std::sqrt(x); }
double tangent(double x) { return std::tan(x); }
double hyperbolic_tangent(double x) { return std::tanh(x); }
// Zero and NaN stay as they are, the sign of zero included.
double sign_of(double x) { return x < 0 ? -1 : (x > 0 ? 1 : x); }

template <double (*function)(double)>
Result<Outcome> each(Evaluation& evaluation, const Call& call) {
  return map_floats(evaluation, *call.arguments[0],
                    [](double number, std::size_t /*step*/) { return function(number); });
}

Result<Outcome> round(Evaluation& evaluation, const Call& call) {
  std::vector<double> to(evaluation.steps().count, 1.0);
  if (call.arguments.size() > 1) {
    TRY(Outcome given, evaluation.eval(*call.arguments[1]));
    to = std::move(given.scalars);
  }
  return map_floats(evaluation, *call.arguments[0], [&](double number, std::size_t step) {
    const double inverse = 1.0 / to[step];
    return std::floor(number * inverse + 0.5) / inverse;
  });
}

// Like std::fmin, but NaN on either side gives NaN, as Go's math.Min does.
double lesser(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::nan("");
  return std::fmin(a, b);
}

double greater(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::nan("");
  return std::fmax(a, b);
}

Result<Outcome> clamp(Evaluation& evaluation, const Call& call) {
  TRY(const Outcome low, evaluation.eval(*call.arguments[1]));
  TRY(const Outcome high, evaluation.eval(*call.arguments[2]));
  TRY(Outcome out, map_floats(evaluation, *call.arguments[0], [&](double number, std::size_t step) {
        return greater(low.scalars[step], lesser(high.scalars[step], number));
      }));
  for (Line& line : out.lines) {
    for (std::size_t i = 0; i < line.cells.size(); ++i) {
      if (high.scalars[i] < low.scalars[i]) line.erase(i);
    }
  }
  drop_empty(out.lines);
  return out;
}

Result<Outcome> clamp_max(Evaluation& evaluation, const Call& call) {
  TRY(const Outcome high, evaluation.eval(*call.arguments[1]));
  return map_floats(evaluation, *call.arguments[0], [&](double number, std::size_t step) {
    return lesser(high.scalars[step], number);
  });
}

Result<Outcome> clamp_min(Evaluation& evaluation, const Call& call) {
  TRY(const Outcome low, evaluation.eval(*call.arguments[1]));
  return map_floats(evaluation, *call.arguments[0], [&](double number, std::size_t step) {
    return greater(low.scalars[step], number);
  });
}

Result<Outcome> pi(Evaluation& evaluation, const Call& /*call*/) {
  return Outcome(std::vector<double>(evaluation.steps().count, std::numbers::pi));
}

constexpr Parameters kVector = takes({Type::kVector});

// A row of a function of one value.
template <double (*function)(double)>
constexpr Function row(std::string_view name, std::string_view description) {
  return {name, kVector, Type::kVector, false, description, each<function>};
}

constexpr std::array<Function, 28> kRows = {{
    row<absolute>("abs", "absolute value"),
    row<arc_cosine>("acos", "arccosine in radians"),
    row<area_cosine>("acosh", "inverse hyperbolic cosine"),
    row<arc_sine>("asin", "arcsine in radians"),
    row<area_sine>("asinh", "inverse hyperbolic sine"),
    row<arc_tangent>("atan", "arctangent in radians"),
    row<area_tangent>("atanh", "inverse hyperbolic tangent"),
    row<ceiling>("ceil", "rounded up to an integer"),
    {"clamp", takes({Type::kVector, Type::kScalar, Type::kScalar}), Type::kVector, false,
     "limited to at least the first and at most the second number", clamp},
    {"clamp_max", takes({Type::kVector, Type::kScalar}), Type::kVector, false,
     "limited to at most the number", clamp_max},
    {"clamp_min", takes({Type::kVector, Type::kScalar}), Type::kVector, false,
     "limited to at least the number", clamp_min},
    row<cosine>("cos", "cosine of radians"),
    row<hyperbolic_cosine>("cosh", "hyperbolic cosine"),
    row<to_degrees>("deg", "radians to degrees"),
    row<exponential>("exp", "e to the power of the value"),
    row<floor_of>("floor", "rounded down to an integer"),
    row<natural_logarithm>("ln", "natural logarithm"),
    row<decimal_logarithm>("log10", "decimal logarithm"),
    row<binary_logarithm>("log2", "binary logarithm"),
    {"pi", takes({}), Type::kScalar, false, "3.14159...", pi},
    row<to_radians>("rad", "degrees to radians"),
    {"round", takes({Type::kVector, Type::kScalar}, Arity::kLastOptional), Type::kVector, false,
     "rounded to the nearest multiple of the number (default 1), halves up", round},
    row<sign_of>("sgn", "1, 0 or -1 by the sign"),
    row<sine>("sin", "sine of radians"),
    row<hyperbolic_sine>("sinh", "hyperbolic sine"),
    row<square_root>("sqrt", "square root"),
    row<tangent>("tan", "tangent of radians"),
    row<hyperbolic_tangent>("tanh", "hyperbolic tangent"),
}};

}  // namespace

std::span<const Function> math_functions() { return kRows; }

}  // namespace daytwo::promql
