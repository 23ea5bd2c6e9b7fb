#include "model/quantity/measure.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "chance/distribution.h"
#include "model/quantity/plan.h"
#include "model/quantity/unit.h"
#include "model/quantity/value.h"

namespace daytwo::model::quantity {
namespace {

// Mean of f over the draws, with its standard error.
template <class F>
Figure average(std::span<const double> draws, F f) {
  const auto n = static_cast<double>(draws.size());
  double mean = 0;
  for (const double x : draws) mean += f(x) / n;
  double squares = 0;
  for (const double x : draws) squares += (f(x) - mean) * (f(x) - mean);
  const double deviation = n > 1 ? std::sqrt(squares / (n - 1)) : 0;
  return {mean, deviation / std::sqrt(n), true};
}

Result<std::vector<double>> sorted_draws(Plan& plan, const Value& value) {
  TRY(const std::span<const double> draws, plan.draws(value.step));
  std::vector<double> out(draws.begin(), draws.end());
  std::sort(out.begin(), out.end());
  return out;
}

// The order statistic ceil(p n), counted from 0.
std::size_t rank_of(double p, std::size_t n) {
  const double rank = std::ceil(p * static_cast<double>(n)) - 1;
  return static_cast<std::size_t>(std::clamp(rank, 0.0, static_cast<double>(n - 1)));
}

Result<void> needs_end(Plan& plan, const Value& value) {
  if (!value.endless_mean) return {};
  return fail(Code::kInvalid, endless_words(plan, value));
}

}  // namespace

std::string endless_words(Plan& plan, const Value& value) {
  const auto bound = quantile_of(plan, value, 0.999);
  std::string out = "the mean is infinite: state what it can be at most";
  if (bound) out += ", such as min(..., " + figure_words(bound->value, value.unit) + ")";
  return out;
}

Result<Figure> mean_of(Plan& plan, const Value& value) {
  CHECK(!value.is_list, "a list has no mean: its items have");
  TRY_VOID(needs_end(plan, value));
  if (value.number) return Figure{*value.number, value.error, value.sampled};
  if (value.mean) return Figure{*value.mean, {}, value.sampled};
  TRY(const std::span<const double> draws, plan.draws(value.step));
  return average(draws, [](double x) { return x; });
}

Result<Figure> deviation_of(Plan& plan, const Value& value) {
  if (value.number) return Figure{0, {}, value.sampled};
  if (value.variance) return Figure{std::sqrt(*value.variance), {}, value.sampled};
  TRY_VOID(needs_end(plan, value));
  if (value.law && !std::isfinite(value.law->deviation())) {
    return fail(Code::kInvalid, "the standard deviation is infinite: the tail is too heavy");
  }
  TRY(const std::span<const double> draws, plan.draws(value.step));
  const double mean = average(draws, [](double x) { return x; }).value;
  const Figure square = average(draws, [&](double x) { return (x - mean) * (x - mean); });
  const double deviation = std::sqrt(square.value);
  return Figure{deviation, deviation > 0 ? square.error.value_or(0) / (2 * deviation) : 0, true};
}

Result<Figure> quantile_of(Plan& plan, const Value& value, double p) {
  CHECK(p > 0 && p < 1, "a quantile is asked for a probability inside (0, 1)");
  if (value.number) return Figure{*value.number, value.error, value.sampled};
  if (value.law) return Figure{value.law->quantile(p), {}, value.sampled};
  TRY(const std::vector<double> sorted, sorted_draws(plan, value));
  // Half of the distance between the order statistics one binomial deviation away on both sides.
  const double away = std::sqrt(p * (1 - p) / static_cast<double>(sorted.size()));
  const double low = sorted[rank_of(p - away, sorted.size())];
  const double high = sorted[rank_of(p + away, sorted.size())];
  return Figure{sorted[rank_of(p, sorted.size())], (high - low) / 2, true};
}

Result<Figure> chance_above_of(Plan& plan, const Value& value, double x) {
  if (value.number) return Figure{*value.number > x ? 1.0 : 0.0, {}, value.sampled};
  if (value.law) return Figure{value.law->chance_above(x), {}, value.sampled};
  TRY(const std::span<const double> draws, plan.draws(value.step));
  return average(draws, [&](double draw) { return draw > x ? 1.0 : 0.0; });
}

Result<Figure> chance_below_of(Plan& plan, const Value& value, double x) {
  if (value.number) return Figure{*value.number < x ? 1.0 : 0.0, {}, value.sampled};
  if (value.law) return Figure{value.law->times(-1).chance_above(-x), {}, value.sampled};
  TRY(const std::span<const double> draws, plan.draws(value.step));
  return average(draws, [&](double draw) { return draw < x ? 1.0 : 0.0; });
}

Result<Figure> tail_mean_of(Plan& plan, const Value& value, double p) {
  TRY_VOID(needs_end(plan, value));
  if (value.number) return Figure{*value.number, value.error, value.sampled};
  if (value.law) {
    if (const auto exact = value.law->tail_mean(p)) return Figure{*exact, {}, value.sampled};
  }
  TRY(const std::vector<double> sorted, sorted_draws(plan, value));
  const std::size_t from = rank_of(p, sorted.size());
  const auto n = static_cast<double>(sorted.size());
  const double tail = n * (1 - p);
  // The part of the boundary draw that belongs to the tail, then all above it.
  double sum = sorted[from] * (static_cast<double>(from + 1) - p * n);
  double squares = 0;
  for (std::size_t i = from + 1; i < sorted.size(); ++i) sum += sorted[i];
  const double mean = sum / tail;
  for (std::size_t i = from; i < sorted.size(); ++i) {
    squares += (sorted[i] - mean) * (sorted[i] - mean);
  }
  // Variance of the tail and of where it begins [Manistre, Hancock 2005, NAAJ 9:129].
  const double spread = squares / tail + p * (mean - sorted[from]) * (mean - sorted[from]);
  return Figure{mean, std::sqrt(spread / tail), true};
}

Result<Figure> mean_above_zero_of(Plan& plan, const Value& value) {
  TRY_VOID(needs_end(plan, value));
  if (value.number) return Figure{std::max(0.0, *value.number), {}, value.sampled};
  if (value.law) {
    if (const auto exact = value.law->mean_above_zero()) return Figure{*exact, {}, value.sampled};
  }
  TRY(const std::span<const double> draws, plan.draws(value.step));
  return average(draws, [](double x) { return std::max(0.0, x); });
}

Result<Law> law_of(Plan& plan, const Value& value) {
  if (value.number) return Law(chance::point(*value.number));
  if (value.law) return *value.law;
  TRY(const std::span<const double> draws, plan.draws(value.step));
  TRY(chance::Distribution drawn, chance::empirical(draws));
  return Law(std::move(drawn));
}

}  // namespace daytwo::model::quantity
