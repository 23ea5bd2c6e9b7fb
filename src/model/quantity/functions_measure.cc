// One figure of an uncertain quantity.
#include <array>
#include <cmath>
#include <span>
#include <utility>

#include "base/error.h"
#include "base/result.h"
#include "model/quantity/functions.h"
#include "model/quantity/measure.h"
#include "model/quantity/unit.h"
#include "model/quantity/value.h"

namespace daytwo::model::quantity {
namespace {

Result<const Value*> quantity(const Call& call) {
  const Value& given = call.value(0);
  if (given.is_list) {
    return fail(call.problem_at(0, "a list", "a quantity: empirical([...]) makes one"));
  }
  return &given;
}

// A draw's problem keeps its own place; any other is told under the argument.
Result<Value> told(const Call& call, Result<Figure> measured, Unit unit) {
  if (measured) return call.figure(*measured, std::move(unit));
  if (!measured.error().diagnostics.empty()) return fail(std::move(measured).error());
  if (measured.error().code != Code::kInvalid) return fail(std::move(measured).error());
  return fail(call.problem_at(0, measured.error().text));
}

Result<Value> mean(Call& call) {
  TRY(const Value* const x, quantity(call));
  return told(call, mean_of(call.plan(), *x), x->unit);
}

Result<Value> median(Call& call) {
  TRY(const Value* const x, quantity(call));
  return told(call, quantile_of(call.plan(), *x, .5), x->unit);
}

Result<Value> deviation(Call& call) {
  TRY(const Value* const x, quantity(call));
  return told(call, deviation_of(call.plan(), *x), x->unit);
}

Result<Value> variance(Call& call) {
  TRY(const Value* const x, quantity(call));
  auto out = deviation_of(call.plan(), *x);
  if (out) {
    const double error = out->error.value_or(0);
    if (out->error) out->error = 2 * out->value * error;
    out->value *= out->value;
  }
  return told(call, std::move(out), x->unit.to_power(2));
}

Result<Value> quantile(Call& call) {
  TRY(const Value* const x, quantity(call));
  TRY(const double p, call.probability(1, true));
  return told(call, quantile_of(call.plan(), *x, p), x->unit);
}

Result<Value> tail_mean(Call& call) {
  TRY(const Value* const x, quantity(call));
  TRY(const double p, call.probability(1, true));
  return told(call, tail_mean_of(call.plan(), *x, p), x->unit);
}

// The limit in the unit of the quantity; a bare one takes it.
Result<double> limit(const Call& call, const Value& x) {
  TRY(const double given, call.number(1));
  const Unit& unit = call.value(1).unit;
  if (unit.plain() && !unit.is_share() && !x.unit.plain()) return given * x.unit.factor();
  if (auto why = no_sum(x.unit, unit)) {
    return fail(call.problem_at(1, std::move(*why), "a limit in the unit of the quantity"));
  }
  return given;
}

Result<Value> exceed(Call& call) {
  TRY(const Value* const x, quantity(call));
  TRY(const double at, limit(call, *x));
  return told(call, chance_above_of(call.plan(), *x, at), Unit());
}

Result<Value> below(Call& call) {
  TRY(const Value* const x, quantity(call));
  TRY(const double at, limit(call, *x));
  return told(call, chance_below_of(call.plan(), *x, at), Unit());
}

constexpr std::array kFunctions = {
    Function{"mean", "quantity", "the mean", "mean($25k to $2.5M)", mean},
    Function{"median", "quantity", "as often above as below", "median($25k to $2.5M)", median},
    Function{"sd", "quantity", "the standard deviation", "sd(2h to 8h)", deviation},
    Function{"variance", "quantity", "its square", "variance(normal(0, 2))", variance},
    Function{"quantile", "quantity p", "what is not exceeded with chance p",
             "quantile($25k to $2.5M, 99%)", quantile},
    Function{"exceed", "quantity limit", "the chance to be above a limit",
             "exceed($25k to $2.5M, $1M)", exceed},
    Function{"below", "quantity limit", "the chance to be below a limit", "below(2h to 8h, 4h)",
             below},
    Function{"var", "quantity p", "value at risk: the same as quantile",
             "var(compound(30% a year, $25k to $2.5M), 95%)", quantile},
    Function{"tvar", "quantity p", "tail value at risk: the mean of the worst 1 - p",
             "tvar(compound(30% a year, $25k to $2.5M), 95%)", tail_mean},
};

}  // namespace

std::span<const Function> measure_functions() { return kFunctions; }

}  // namespace daytwo::model::quantity
