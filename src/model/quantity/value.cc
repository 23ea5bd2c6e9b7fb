#include "model/quantity/value.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "chance/distribution.h"
#include "model/quantity/law.h"
#include "model/quantity/plan.h"
#include "model/quantity/unit.h"

namespace daytwo::model::quantity {
namespace {

std::vector<std::size_t> joined(const Value& a, const Value& b) {
  std::vector<std::size_t> out;
  std::set_union(a.variables.begin(), a.variables.end(), b.variables.begin(), b.variables.end(),
                 std::back_inserter(out));
  return out;
}

// An uncertain value of nothing but its step.
Value drawn(Plan& plan, Op op, const Value& a, const Value& b, Unit unit, std::size_t node) {
  Value out;
  out.unit = std::move(unit);
  out.variables = joined(a, b);
  out.step = plan.step(op, a.step, b.step, node);
  out.sampled = a.sampled || b.sampled;
  out.endless_mean = a.endless_mean || b.endless_mean;
  return out;
}

// Sets the law and the moments that the law tells.
void keep_law(Value& value, Law law) {
  const double mean = law.mean();
  value.endless_mean = !std::isfinite(mean);
  value.mean = value.endless_mean ? std::nullopt : std::optional(mean);
  const double deviation = law.deviation();
  value.variance = std::isfinite(deviation) ? std::optional(deviation * deviation) : std::nullopt;
  value.law = std::move(law);
}

// Mean and variance of shift + sum of coefficient * variable, and its law where it has one: of one
// variable, or of normal ones [the normal law is closed under sums, correlated or not].
void keep_linear(Plan& plan, Value& value, Linear linear) {
  std::erase_if(linear.terms, [](const auto& term) { return term.second == 0; });
  if (linear.terms.size() == 1) {
    const auto [variable, coefficient] = *linear.terms.begin();
    keep_law(value, plan.law_of(variable).times(coefficient).plus(linear.shift));
  } else if (linear.terms.size() > 1) {
    double mean = linear.shift;
    double variance = 0;
    bool normal = true;
    bool correlated = false;
    for (const auto& [one, a] : linear.terms) {
      const Law& law = plan.law_of(one);
      mean += a * law.mean();
      normal = normal && law.as_normal().has_value();
      for (const auto& [other, b] : linear.terms) {
        const double correlation = plan.correlation(one, other);
        correlated = correlated || (one != other && correlation != 0);
        variance += a * b * correlation * law.deviation() * plan.law_of(other).deviation();
      }
    }
    value.mean = std::isfinite(mean) ? std::optional(mean) : std::nullopt;
    // The correlation is of normal scores: a variance only where the quantities are normal.
    const bool known = std::isfinite(variance) && (normal || !correlated);
    value.variance = known ? std::optional(std::max(0.0, variance)) : std::nullopt;
    if (normal && known && variance > 0) {
      value.law = Law(chance::normal(mean, std::sqrt(variance)));
    }
  }
  value.linear = std::move(linear);
}

// A linear form that is left without variables is its shift.
Value settled(Plan& plan, Value value) {
  if (!value.linear || !value.linear->terms.empty()) return value;
  return number_value(plan, value.linear->shift, std::move(value.unit));
}

// Sums of two laws that stay in their family.
std::optional<Law> law_of_sum(const Law& a, const Law& b) {
  using chance::Family;
  if (a.as_year() != nullptr && b.as_year() != nullptr) {
    auto both = Year::sum(*a.as_year(), *b.as_year());
    return both == nullptr ? std::nullopt : std::optional(Law(std::move(both)));
  }
  if (a.is_year() || b.is_year()) return std::nullopt;
  const auto x = a.as_distribution();
  const auto y = b.as_distribution();
  if (!x || !y || x->family != y->family || x->is_truncated() || y->is_truncated() ||
      x->is_clipped() || y->is_clipped()) {
    return std::nullopt;
  }
  if (x->family == Family::kPoisson) return Law(chance::poisson(x->a + y->a));
  if (x->family == Family::kGamma && x->b == y->b) return Law(chance::gamma(x->a + y->a, x->b));
  return std::nullopt;
}

// a + sign * b, units checked.
Value sum(Plan& plan, const Value& a, const Value& b, double sign, std::size_t node) {
  if (a.number && b.number) {
    Value out = number_value(plan, *a.number + sign * *b.number, a.unit);
    out.sampled = a.sampled || b.sampled;
    return out;
  }
  Value out = drawn(plan, sign > 0 ? Op::kAdd : Op::kSubtract, a, b, a.unit, node);
  const auto linear = [](const Value& x) {
    return x.number ? std::optional(Linear{*x.number, {}}) : x.linear;
  };
  const auto left = linear(a);
  const auto right = linear(b);
  if (left && right) {
    Linear both = *left;
    both.shift += sign * right->shift;
    for (const auto& [variable, coefficient] : right->terms) {
      both.terms[variable] += sign * coefficient;
    }
    keep_linear(plan, out, std::move(both));
    out = settled(plan, std::move(out));
    if (out.number) return out;
  }
  const bool independent = plan.independent(a.variables, b.variables);
  if (out.law) return out;
  if (a.number && b.law) keep_law(out, (sign > 0 ? *b.law : b.law->times(-1)).plus(*a.number));
  if (b.number && a.law) keep_law(out, a.law->plus(sign * *b.number));
  if (sign > 0 && independent && a.law && b.law) {
    if (auto law = law_of_sum(*a.law, *b.law)) keep_law(out, std::move(*law));
  }
  if (!out.mean && a.mean && b.mean) out.mean = *a.mean + sign * *b.mean;
  if (!out.variance && independent && a.variance && b.variance) {
    out.variance = *a.variance + *b.variance;
  }
  return out;
}

Value scaled_by(Plan& plan, const Value& a, const Value& factor, Unit unit, std::size_t node) {
  const double by = factor.number.value_or(1);
  if (by == 0) return number_value(plan, 0, std::move(unit));
  Value out = drawn(plan, Op::kMultiply, a, factor, std::move(unit), node);
  if (a.linear) {
    Linear linear = *a.linear;
    linear.shift *= by;
    for (auto& [variable, coefficient] : linear.terms) coefficient *= by;
    out.linear = std::move(linear);
  }
  if (a.law) keep_law(out, a.law->times(by));
  if (!out.law && a.mean) out.mean = *a.mean * by;
  if (!out.law && a.variance) out.variance = *a.variance * by * by;
  return out;
}

// Lognormals are closed under products and powers.
std::optional<Law> law_of_product(const Law& a, const Law& b, double sign) {
  const auto x = a.as_lognormal();
  const auto y = b.as_lognormal();
  if (!x || !y) return std::nullopt;
  return Law(chance::lognormal(x->first + sign * y->first, std::hypot(x->second, y->second)));
}

Error wrong(std::string text) { return make_error(Code::kInvalid, std::move(text)); }

Result<void> no_lists(const Value& a, const Value& b) {
  if (a.is_list || b.is_list) return fail(wrong("a list stands where a quantity is wanted"));
  return {};
}

// Of a sum or a choice of the two; a bare 0 is nothing of anything.
Result<Unit> unit_of_both(const Value& a, const Value& b) {
  TRY_VOID(no_lists(a, b));
  if (a.number && *a.number == 0 && a.unit.plain()) return b.unit;
  if (b.number && *b.number == 0 && b.unit.plain()) return a.unit;
  if (auto why = no_sum(a.unit, b.unit)) return fail(wrong(std::move(*why)));
  return a.unit;
}

Result<Value> number_power(Plan& plan, double base, double exponent, Unit unit) {
  const double value = std::pow(base, exponent);
  if (!std::isfinite(value)) return fail(wrong("a power that is no number"));
  return number_value(plan, value, std::move(unit));
}

// The unit of a^exponent.
Result<Unit> unit_of_power(const Unit& unit, double exponent) {
  if (unit.plain()) return Unit();
  if (exponent == std::floor(exponent) && std::abs(exponent) <= 4) {
    return unit.to_power(static_cast<int>(exponent));
  }
  const auto root = unit.root();
  if (exponent == 0.5 && root) return *root;
  return fail(wrong(unit.words() + " has no such power: only whole ones, up to 4"));
}

// min(a, b) when `smaller`, else max(a, b).
Result<Value> bounded(Plan& plan, const Value& a, const Value& b, bool smaller, std::size_t node) {
  TRY(const Unit unit, unit_of_both(a, b));
  if (a.number && b.number) {
    const double value = smaller ? std::min(*a.number, *b.number) : std::max(*a.number, *b.number);
    Value out = number_value(plan, value, unit);
    out.sampled = a.sampled || b.sampled;
    return out;
  }
  Value out = drawn(plan, smaller ? Op::kLeast : Op::kMost, a, b, unit, node);
  const Value& limit = a.number ? a : b;
  const Value& other = a.number ? b : a;
  if (!limit.number) return out;
  // A mean without end is ended by a cap, as what is endless here ends below.
  if (smaller) out.endless_mean = false;
  if (!other.law) return out;
  auto law = smaller ? other.law->at_most(*limit.number) : other.law->at_least(*limit.number);
  if (law) keep_law(out, std::move(*law));
  return out;
}

}  // namespace

std::optional<std::string> no_sum(const Unit& a, const Unit& b) {
  if (a.same(b)) return std::nullopt;
  const std::string one = a.some_currency();
  const std::string other = b.some_currency();
  if (!one.empty() && !other.empty() && one != other) {
    return one + " and " + other + " do not add: multiply by a rate first, such as 1.1 " + one +
           "/" + other;
  }
  return a.words() + " and " + b.words() + " do not add";
}

Value number_value(Plan& plan, double number, Unit unit) {
  Value out;
  out.unit = std::move(unit);
  out.number = number;
  out.mean = number;
  out.variance = 0;
  out.step = plan.constant(number);
  return out;
}

Value variable_value(Plan& plan, Law law, Unit unit, std::size_t node) {
  Value out;
  out.unit = std::move(unit);
  const std::size_t variable = plan.variable(law, node);
  out.variables = {variable};
  out.step = plan.step_of(variable);
  out.linear = Linear{0, {{variable, 1.0}}};
  keep_law(out, std::move(law));
  return out;
}

Value law_value(Plan& plan, chance::Distribution law, Unit unit, std::size_t node) {
  if (law.is_point()) return number_value(plan, law.quantile(.5), std::move(unit));
  return variable_value(plan, Law(std::move(law)), std::move(unit), node);
}

Result<Value> add(Plan& plan, const Value& a, const Value& b, std::size_t node) {
  TRY(const Unit unit, unit_of_both(a, b));
  Value out = sum(plan, a, b, 1, node);
  out.unit = unit;
  return out;
}

Result<Value> subtract(Plan& plan, const Value& a, const Value& b, std::size_t node) {
  TRY(const Unit unit, unit_of_both(a, b));
  Value out = sum(plan, a, b, -1, node);
  out.unit = unit;
  return out;
}

Value negative(Plan& plan, const Value& a, std::size_t node) {
  if (a.number) {
    Value out = number_value(plan, -*a.number, a.unit);
    out.sampled = a.sampled;
    out.error = a.error;
    return out;
  }
  return scaled_by(plan, a, number_value(plan, -1, Unit()), a.unit, node);
}

Result<Value> multiply(Plan& plan, const Value& a, const Value& b, std::size_t node) {
  TRY_VOID(no_lists(a, b));
  Unit unit = a.unit.times(b.unit);
  if (a.number && b.number) {
    Value out = number_value(plan, *a.number * *b.number, std::move(unit));
    out.sampled = a.sampled || b.sampled;
    return out;
  }
  if (a.number) return scaled_by(plan, b, a, std::move(unit), node);
  if (b.number) return scaled_by(plan, a, b, std::move(unit), node);
  Value out = drawn(plan, Op::kMultiply, a, b, std::move(unit), node);
  if (!plan.independent(a.variables, b.variables)) return out;
  if (a.law && b.law) {
    if (auto law = law_of_product(*a.law, *b.law, 1)) keep_law(out, std::move(*law));
  }
  if (!out.law && a.mean && b.mean) {
    out.mean = *a.mean * *b.mean;
    if (a.variance && b.variance) {
      out.variance = *a.variance * *b.variance + *a.variance * *b.mean * *b.mean +
                     *b.variance * *a.mean * *a.mean;
    }
  }
  return out;
}

Result<Value> divide(Plan& plan, const Value& a, const Value& b, std::size_t node) {
  TRY_VOID(no_lists(a, b));
  Unit unit = a.unit.over(b.unit);
  if (b.number) {
    if (*b.number == 0) return fail(wrong("a division by 0"));
    const double by = 1 / *b.number;
    if (!std::isfinite(by)) return fail(wrong("a division by next to nothing"));
    if (a.number) {
      Value out = number_value(plan, *a.number / *b.number, std::move(unit));
      out.sampled = a.sampled || b.sampled;
      return out;
    }
    return scaled_by(plan, a, number_value(plan, by, Unit()), std::move(unit), node);
  }
  Value out = drawn(plan, Op::kDivide, a, b, std::move(unit), node);
  if (!b.law || !plan.independent(a.variables, b.variables)) return out;
  const auto below = b.law->as_lognormal();
  if (!below) return out;
  const Law inverse(chance::lognormal(-below->first, below->second));
  if (a.number && *a.number != 0) {
    keep_law(out, inverse.times(*a.number));
  } else if (a.law && a.law->as_lognormal()) {
    if (auto law = law_of_product(*a.law, inverse, 1)) keep_law(out, *std::move(law));
  } else if (a.mean) {
    out.mean = *a.mean * inverse.mean();
  }
  return out;
}

Result<Value> power(Plan& plan, const Value& a, const Value& b, std::size_t node) {
  TRY_VOID(no_lists(a, b));
  if (!b.unit.plain()) return fail(wrong("an exponent is a plain number"));
  if (!b.number && !a.unit.plain()) {
    return fail(wrong("only a plain number has an uncertain power"));
  }
  if (!b.number) return drawn(plan, Op::kPower, a, b, Unit(), node);
  const double exponent = *b.number;
  TRY(Unit unit, unit_of_power(a.unit, exponent));
  if (a.number) return number_power(plan, *a.number, exponent, std::move(unit));
  if (exponent == 0) return number_value(plan, 1, Unit());
  Value out = drawn(plan, Op::kPower, a, b, std::move(unit), node);
  if (const auto base = a.law ? a.law->as_lognormal() : std::nullopt) {
    keep_law(out,
             Law(chance::lognormal(exponent * base->first, std::abs(exponent) * base->second)));
  }
  return out;
}

Result<Value> least(Plan& plan, const Value& a, const Value& b, std::size_t node) {
  return bounded(plan, a, b, true, node);
}

Result<Value> most(Plan& plan, const Value& a, const Value& b, std::size_t node) {
  return bounded(plan, a, b, false, node);
}

Result<Value> apply(Plan& plan, Op op, const Value& a, std::size_t node) {
  TRY_VOID(no_lists(a, a));
  Unit unit = a.unit;
  if (op == Op::kRoot) {
    const auto root = a.unit.root();
    if (!root) return fail(wrong(a.unit.words() + " has no root"));
    unit = *root;
  } else if (op != Op::kAbsolute && !a.unit.plain()) {
    return fail(
        wrong("a plain number is wanted here, not " + a.unit.words() + ": divide by a unit first"));
  }
  if (a.number) {
    const double x = *a.number;
    const double value = op == Op::kExponential ? std::exp(x)
                         : op == Op::kLogarithm ? std::log(x)
                         : op == Op::kRoot      ? std::sqrt(x)
                                                : std::abs(x);
    if (!std::isfinite(value)) return fail(wrong("that is no finite number"));
    return number_value(plan, value, std::move(unit));
  }
  Value out = drawn(plan, op, a, a, std::move(unit), node);
  const auto normal = a.law ? a.law->as_normal() : std::nullopt;
  const auto lognormal = a.law ? a.law->as_lognormal() : std::nullopt;
  if (op == Op::kExponential && normal) {
    keep_law(out, Law(chance::lognormal(normal->first, normal->second)));
  } else if (op == Op::kLogarithm && lognormal) {
    keep_law(out, Law(chance::normal(lognormal->first, lognormal->second)));
  } else if (op == Op::kRoot && lognormal) {
    keep_law(out, Law(chance::lognormal(lognormal->first / 2, lognormal->second / 2)));
  }
  return out;
}

}  // namespace daytwo::model::quantity
