// Bounds and transformations, and stated correlations.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "model/quantity/expression.h"
#include "model/quantity/functions.h"
#include "model/quantity/plan.h"
#include "model/quantity/unit.h"
#include "model/quantity/value.h"

namespace daytwo::model::quantity {
namespace {

using Fold = Result<Value> (*)(Plan&, const Value&, const Value&, std::size_t);

Result<Value> fold(Call& call, Fold operation) {
  Value out = call.value_of_node(call.rest().front());
  for (const std::size_t node : call.rest().subspan(1)) {
    auto next = operation(call.plan(), out, call.value_of_node(node), call.node());
    if (!next) return fail(call.problem_under(node, next.error().text, "all of them in one unit"));
    out = *std::move(next);
  }
  return out;
}

Result<Value> min(Call& call) { return fold(call, least); }
Result<Value> max(Call& call) { return fold(call, most); }
Result<Value> sum(Call& call) { return fold(call, add); }

Result<Value> truncate(Call& call) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const Value& given = call.value(0);
  if (!given.uncertain()) return fail(call.problem_at(0, "a number has nothing to cut off"));
  if (!given.law) {
    return fail(call.problem_at(0, "no closed form to cut off",
                                "a range or a distribution; or min() and max(), which hold"));
  }
  std::array<double, 2> ends = {-kInfinity, kInfinity};
  for (const std::size_t at : {1U, 2U}) {
    if (!call.has(at)) continue;
    TRY(double end, call.number(at));
    const Unit& unit = call.value(at).unit;
    if (unit.plain() && !given.unit.plain()) {
      end *= given.unit.factor();
    } else if (auto why = no_sum(given.unit, unit)) {
      return fail(call.problem_at(at, std::move(*why), "the unit of what is cut"));
    }
    ends.at(at - 1) = end;
  }
  if (!(ends[0] < ends[1])) {
    return fail(call.problem_at(1, "lower end must be below upper end"));
  }
  auto law = given.law->inside(ends[0], ends[1]);
  if (!law) return fail(call.problem(law.error().text));
  return variable_value(call.plan(), *std::move(law), given.unit, call.node());
}

Result<Value> transformed(Call& call, Op op) {
  auto out = apply(call.plan(), op, call.value(0), call.node());
  if (!out) return fail(call.problem_at(0, out.error().text));
  return out;
}

Result<Value> absolute(Call& call) { return transformed(call, Op::kAbsolute); }
Result<Value> exponential(Call& call) { return transformed(call, Op::kExponential); }
Result<Value> logarithm(Call& call) { return transformed(call, Op::kLogarithm); }
Result<Value> root(Call& call) { return transformed(call, Op::kRoot); }

Result<Value> log10(Call& call) {
  TRY(const Value natural, transformed(call, Op::kLogarithm));
  return multiply(call.plan(), natural, number_value(call.plan(), 1 / std::log(10.0), Unit()),
                  call.node());
}

// The one variable that a name stands for.
Result<std::size_t> variable_of(const Call& call, std::size_t at) {
  const Value& given = call.value(at);
  if (call.node_of(at).kind == NodeKind::kName && given.linear && given.variables.size() == 1 &&
      given.linear->shift == 0 && given.linear->terms.begin()->second == 1) {
    return given.variables.front();
  }
  return fail(call.problem_at(at, "no quantity of its own",
                              "the name of a range or a distribution ('a = 2h to 8h')"));
}

// Whether something was made of the variable that a later correlation would change.
bool is_used(const Workshop& workshop, std::size_t variable) {
  return std::ranges::any_of(workshop.values, [&](const Value& value) {
    const bool both = value.variables.size() > 1 || (value.uncertain() && !value.linear);
    return both && std::ranges::find(value.variables, variable) != value.variables.end();
  });
}

// What the program calls a variable. REQUIRES: it was given to correlate.
std::string name_of(const Workshop& workshop, std::size_t variable) {
  for (const Statement& statement : workshop.program.statements) {
    if (statement.name.empty() || statement.node >= workshop.values.size()) continue;
    const Value& value = workshop.values[statement.node];
    if (value.linear && value.variables == std::vector{variable}) return statement.name;
  }
  return "one";
}

Result<Value> correlate(Call& call) {
  TRY(const std::size_t one, variable_of(call, 0));
  TRY(const std::size_t other, variable_of(call, 1));
  TRY(const double correlation, call.plain(2));
  if (one == other) return fail(call.problem_at(1, "a quantity goes with itself", "another name"));
  if (!(correlation > -1 && correlation < 1)) {
    return fail(call.problem_at(2, "a correlation lies between -1 and 1"));
  }
  if (is_used(call.workshop(), one) || is_used(call.workshop(), other)) {
    return fail(call.problem("one of these was used already",
                             "correlate(...) right after the definitions"));
  }
  call.plan().correlate(one, other, correlation);
  return number_value(call.plan(), correlation, Unit());
}

constexpr std::array kFunctions = {
    Function{"min", "quantities...", "the smallest: a cap ('never above')",
             "min($25k to $2.5M, $1M)", min},
    Function{"max", "quantities...", "the largest: a floor", "max(normal(0, 1), 0)", max},
    Function{"sum", "quantities...", "all of them together", "sum(1h, 2h to 3h, 30 min)", sum},
    Function{"truncate", "quantity low? high?",
             "a new quantity: as the given one, where it lies between the ends",
             "truncate(normal(10, 5), low=0)", truncate},
    Function{"abs", "quantity", "without its sign", "abs(normal(0, 1))", absolute},
    Function{"sqrt", "quantity", "the square root", "sqrt(4 h * 9 h)", root},
    Function{"exp", "number", "e to that power", "exp(normal(0, 1))", exponential},
    Function{"ln", "number", "the natural logarithm", "ln(2 to 6)", logarithm},
    Function{"log10", "number", "the decimal logarithm: nines", "-log10(1 - 99.95%)", log10},
    Function{"correlate", "one other correlation",
             "a statement: these two go together, by the correlation of their normal scores",
             "a = 1 to 2; b = 1 to 2; correlate(a, b, 0.6); a + b", correlate},
};

}  // namespace

std::span<const Function> shape_functions() { return kFunctions; }

Result<void> settle_correlations(Workshop& workshop, std::size_t node) {
  auto changes = workshop.plan.settle();
  if (!changes) return fail(std::move(changes).error());
  for (const Plan::Change& change : *changes) {
    for (const std::size_t each : workshop.plan.group_of(change.one)) {
      if (!is_used(workshop, each)) continue;
      return fail({workshop.program.problem(
          node, "the correlations cannot hold together, and one of their quantities was used",
          "correlate(...) right after the definitions")});
    }
    workshop.notes.push_back(fmt::format(
        "the correlations cannot hold together (what is not stated counts as 0); the "
        "nearest that can were taken: most changed is that of {} and {}, from {} to "
        "{:.3f}",
        name_of(workshop, change.one), name_of(workshop, change.other), change.from, change.to));
  }
  return {};
}

}  // namespace daytwo::model::quantity
