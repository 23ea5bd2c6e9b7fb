// Value: what an expression is worth while it is evaluated: a number or an uncertain quantity, with
// its unit and everything that is known of it without drawing; and arithmetic that keeps as much of
// that as can be kept.
//   law       the whole distribution: of literals, and of sums, products and bounds that keep one
//   linear    shift + sum of coefficient * variable: x - x is 0, and p1 - p2 knows its normal law
//   moments   the mean of any sum and of products of independent quantities, the variance likewise
// Thread rule: one evaluation's; not shared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/quantity/law.h"
#include "model/quantity/plan.h"
#include "model/quantity/unit.h"
#include "model/sentence.h"

namespace daytwo::model::quantity {

// shift + sum of coefficient * variable.
struct Linear {
  double shift = 0;
  std::map<std::size_t, double> terms;  // by variable; no coefficient is 0
};

struct Value {
  Unit unit;
  std::optional<double> number;  // exact, or from draws when `sampled`
  std::optional<double> error;   // standard error of a number from draws
  bool sampled = false;          // draws were used on the way
  std::optional<Law> law;
  std::optional<Linear> linear;
  std::optional<double> mean;
  std::optional<double> variance;
  bool endless_mean = false;           // the mean is infinite
  std::vector<std::size_t> variables;  // that it depends on, sorted
  std::size_t step = 0;                // in the plan
  // What it was written as, where a function needs it: a frequency, evidence (count of many).
  std::optional<Frequency> frequency;
  std::optional<std::pair<double, double>> evidence;
  bool is_list = false;
  std::vector<Value> items;

  [[nodiscard]] bool uncertain() const { return !number && !is_list; }
};

// A number in `unit`.
[[nodiscard]] Value number_value(Plan& plan, double number, Unit unit);
// A new variable with this law, in `unit`. REQUIRES: the law is no point.
[[nodiscard]] Value variable_value(Plan& plan, Law law, Unit unit, std::size_t node);
// What a law says, as a number where nothing is left to know.
[[nodiscard]] Value law_value(Plan& plan, chance::Distribution law, Unit unit, std::size_t node);

// Arithmetic. Errors: kInvalid for units that do not go together (dollars + hours), two currencies,
// a division by 0; the text says what would go. A list takes part in none.
[[nodiscard]] Result<Value> add(Plan& plan, const Value& a, const Value& b, std::size_t node);
[[nodiscard]] Result<Value> subtract(Plan& plan, const Value& a, const Value& b, std::size_t node);
[[nodiscard]] Result<Value> multiply(Plan& plan, const Value& a, const Value& b, std::size_t node);
[[nodiscard]] Result<Value> divide(Plan& plan, const Value& a, const Value& b, std::size_t node);
[[nodiscard]] Result<Value> power(Plan& plan, const Value& a, const Value& b, std::size_t node);
[[nodiscard]] Value negative(Plan& plan, const Value& a, std::size_t node);
// The smaller and the larger of two.
[[nodiscard]] Result<Value> least(Plan& plan, const Value& a, const Value& b, std::size_t node);
[[nodiscard]] Result<Value> most(Plan& plan, const Value& a, const Value& b, std::size_t node);
// exp, ln, square root, absolute value.
[[nodiscard]] Result<Value> apply(Plan& plan, Op op, const Value& a, std::size_t node);

// Why `a` and `b` do not add, or nothing when they do.
[[nodiscard]] std::optional<std::string> no_sum(const Unit& a, const Unit& b);

}  // namespace daytwo::model::quantity
