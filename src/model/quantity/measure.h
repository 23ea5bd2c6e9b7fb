// Measures: one figure of an uncertain value, exact where its law is known, else from draws with
// the standard error of that.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "model/quantity/plan.h"
#include "model/quantity/value.h"

namespace daytwo::model::quantity {

// A figure, in base measures. `error` is its standard error; `sampled` says that draws were used.
struct Figure {
  double value = 0;
  std::optional<double> error;
  bool sampled = false;
};

// Each REQUIRES a value that is no list, and probabilities inside (0, 1). Errors: kInvalid for a
// mean (deviation, tail mean) that is infinite, with the bound that would end it; a draw's.
[[nodiscard]] Result<Figure> mean_of(Plan& plan, const Value& value);
[[nodiscard]] Result<Figure> deviation_of(Plan& plan, const Value& value);
[[nodiscard]] Result<Figure> quantile_of(Plan& plan, const Value& value, double p);
// P(X > x) and P(X < x), both strict.
[[nodiscard]] Result<Figure> chance_above_of(Plan& plan, const Value& value, double x);
[[nodiscard]] Result<Figure> chance_below_of(Plan& plan, const Value& value, double x);
[[nodiscard]] Result<Figure> tail_mean_of(Plan& plan, const Value& value, double p);
// E max(X, 0).
[[nodiscard]] Result<Figure> mean_above_zero_of(Plan& plan, const Value& value);

// The law, or else the draws as a law of their own.
[[nodiscard]] Result<Law> law_of(Plan& plan, const Value& value);

// "the mean is infinite: ..., such as min(X, $12M)": the bound is what 1 in 1,000 exceeds.
[[nodiscard]] std::string endless_words(Plan& plan, const Value& value);

}  // namespace daytwo::model::quantity
