// What knowing more is worth, before it is paid for. NB is the net benefit of acting; not acting is
// worth 0 [worth.md 9].
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "chance/distribution.h"
#include "chance/knowing.h"
#include "model/quantity/functions.h"
#include "model/quantity/measure.h"
#include "model/quantity/plan.h"
#include "model/quantity/unit.h"
#include "model/quantity/value.h"

namespace daytwo::model::quantity {
namespace {

// E max(X, 0) - max(E X, 0), never below 0.
Result<Figure> perfect(Plan& plan, const Value& net) {
  TRY(const Figure mean, mean_of(plan, net));
  TRY(const Figure above, mean_above_zero_of(plan, net));
  return Figure{std::max(0.0, above.value - std::max(mean.value, 0.0)), above.error,
                above.sampled || mean.sampled};
}

// The options of an evpi, in one unit; a lone one stands against doing nothing.
Result<Value> evpi(Call& call) {
  Plan& plan = call.plan();
  std::vector<const Value*> options;
  for (const std::size_t node : call.rest()) {
    const Value& each = call.value_of_node(node);
    if (each.is_list) return fail(call.problem_under(node, "a list", "a net benefit"));
    if (!options.empty()) {
      if (auto why = no_sum(options.front()->unit, each.unit)) {
        return fail(call.problem_under(node, std::move(*why), "all options in one unit"));
      }
    }
    options.push_back(&each);
  }
  const Unit unit = options.front()->unit;
  if (options.size() == 1) {
    TRY(const Figure figure, perfect(plan, *options.front()));
    return call.figure(figure, unit);
  }
  double best = -INFINITY;
  std::vector<double> top(plan.samples(), -INFINITY);
  for (const Value* const option : options) {
    TRY(const Figure mean, mean_of(plan, *option));
    TRY(const std::span<const double> draws, plan.draws(option->step));
    // Draws about the exact mean: the same sample must not pay for its own luck.
    double drawn = 0;
    for (const double x : draws) drawn += x / static_cast<double>(draws.size());
    const double shift = mean.value - drawn;
    best = std::max(best, mean.value);
    for (std::size_t i = 0; i < top.size(); ++i) top[i] = std::max(top[i], draws[i] + shift);
  }
  double sum = 0;
  for (const double x : top) sum += x / static_cast<double>(top.size());
  double squares = 0;
  for (const double x : top) squares += (x - sum) * (x - sum);
  const auto n = static_cast<double>(top.size());
  return call.figure({std::max(0.0, sum - best), std::sqrt(squares / n / n), true}, unit);
}

// Where NB depends on a parameter by a straight line, all else apart: E[NB | x] = intercept + slope
// x.
struct Line {
  double intercept = 0;
  double slope = 0;
};

// Nothing when NB is no straight line in the parameter alone, or goes with it in another way.
std::optional<Line> line_in(const Call& call, const Value& net, const Value& parameter) {
  if (!net.linear || !parameter.linear || parameter.linear->terms.size() != 1) return {};
  const auto [variable, coefficient] = *parameter.linear->terms.begin();
  Line out;
  out.intercept = net.linear->shift;
  for (const auto& [each, slope] : net.linear->terms) {
    if (each == variable) {
      out.slope = slope / coefficient;
      out.intercept -= out.slope * parameter.linear->shift;
    } else {
      if (call.plan().correlation(each, variable) != 0) return {};
      const double mean = call.plan().law_of(each).mean();
      if (!std::isfinite(mean)) return {};
      out.intercept += slope * mean;
    }
  }
  return out;
}

Result<void> check_parameter(const Call& call) {
  if (call.value(0).is_list) return fail(call.problem_at(0, "a list", "a net benefit"));
  if (call.value(1).uncertain()) return {};
  return fail(call.problem_at(1, "nothing is unknown about this", "the name of a quantity"));
}

// A straight line of the parameter's law has its own law: exact. Else regression on draws.
Result<Value> evppi(Call& call) {
  TRY_VOID(check_parameter(call));
  Plan& plan = call.plan();
  const Value& net = call.value(0);
  const Value& parameter = call.value(1);
  const auto line = line_in(call, net, parameter);
  if (line && line->slope == 0) return number_value(plan, 0, net.unit);
  if (line && parameter.law) {
    Value given;
    given.unit = net.unit;
    given.law = parameter.law->times(line->slope).plus(line->intercept);
    given.mean = given.law->mean();
    TRY(const Figure figure, perfect(plan, given));
    return call.figure(figure, net.unit);
  }
  TRY(const std::span<const double> drawn, plan.draws(net.step));
  // Doing nothing is an option too.
  const std::array<std::vector<double>, 2> nets = {std::vector<double>(drawn.begin(), drawn.end()),
                                                   std::vector<double>(drawn.size(), 0.0)};
  TRY(const std::span<const double> values, plan.draws(parameter.step));
  const std::array<std::vector<double>, 1> known = {
      std::vector<double>(values.begin(), values.end())};
  const chance::Knowing worth = chance::knowing_about(nets, known);
  return call.figure({worth.value, worth.standard_error, true}, net.unit);
}

// Error of a reading, or of the mean of several.
Result<Value> by_reading(const Call& call, const Line& line) {
  const Value& parameter = call.value(1);
  const auto normal = parameter.law ? parameter.law->as_normal() : std::nullopt;
  if (!normal) {
    return fail(call.problem_at(1, "a reading is priced of a normal quantity",
                                "normal(mean, sd); or share= of what a study would explain"));
  }
  TRY(const double error, call.number(2));
  TRY(const double readings, call.plain_or(3, 1));
  if (!(error > 0)) return fail(call.problem_at(2, "the error of a reading must be above 0"));
  if (!(readings >= 1)) return fail(call.problem_at(3, "one reading at least"));
  if (auto why = no_sum(parameter.unit, call.value(2).unit)) {
    return fail(call.problem_at(2, std::move(*why), "an error in the unit of the quantity"));
  }
  const double before = chance::preposterior_deviation(normal->second, error, readings);
  const double mean = line.intercept + line.slope * normal->first;
  return call.figure({chance::knowing_normal(mean, std::abs(line.slope) * before), {}, false},
                     call.value(0).unit);
}

Result<Value> by_trials(const Call& call, const Line& line) {
  const auto& own = call.value(1).law;
  const auto law = own ? own->as_distribution() : std::nullopt;
  if (!law || law->family != chance::Family::kBeta) {
    return fail(call.problem_at(1, "trials teach of a share", "beta(2, 18) or '2% to 20%'"));
  }
  TRY(const double trials, call.plain(4));
  if (!(trials >= 1 && trials <= 1e6 && trials == std::floor(trials))) {
    return fail(call.problem_at(4, "a whole number of trials from 1 to 1,000,000"));
  }
  const auto study = chance::knowing_by_trials(law->a, law->b, static_cast<std::int64_t>(trials),
                                               line.intercept, line.slope);
  return call.figure({std::max(0.0, study.value), {}, false}, call.value(0).unit);
}

Result<Value> by_exposure(const Call& call, const Line& line) {
  const Value& rate = call.value(1);
  const auto law = rate.law ? rate.law->as_distribution() : std::nullopt;
  if (!law || law->family != chance::Family::kGamma) {
    return fail(call.problem_at(1, "years of logs teach of a rate",
                                "gamma(2, 4 years) or '0.5 to 4 a year'"));
  }
  TRY(const double exposure, call.number(5));
  if (!(exposure > 0) || !call.value(5).unit.same(Unit().over(rate.unit))) {
    return fail(call.problem_at(5, "no exposure of this rate", "such as years=3 years"));
  }
  const auto study = chance::knowing_by_years(law->a, law->b, exposure, line.intercept, line.slope);
  return call.figure({std::max(0.0, study.value), {}, false}, call.value(0).unit);
}

// A study that explains a share of the variance of NB, whatever it looks at.
Result<Value> by_share(const Call& call) {
  TRY(const double share, call.probability(6, false));
  TRY(const std::span<const double> net, call.plan().draws(call.value(0).step));
  const chance::Study study = chance::knowing_share(net, share, 0);
  return call.figure({std::max(0.0, study.value), {}, true}, call.value(0).unit);
}

Result<Value> evsi(Call& call) {
  const bool share = call.has(6);
  const int ways = static_cast<int>(call.has(2)) + static_cast<int>(call.has(4)) +
                   static_cast<int>(call.has(5)) + static_cast<int>(share);
  if (ways != 1) {
    return fail(call.problem("what the study would tell is not said, or said in several ways",
                             "one of error= (of a reading), trials=, years= (of logs), share=, "
                             "such as evsi(net, rate, years=3)"));
  }
  if (call.value(0).is_list) return fail(call.problem_at(0, "a list", "a net benefit"));
  if (share) return by_share(call);
  if (!call.has(1)) return fail(call.problem("a study looks at something", "evsi(net, NAME, ...)"));
  TRY_VOID(check_parameter(call));
  const auto line = line_in(call, call.value(0), call.value(1));
  if (!line || !call.value(1).law) {
    return fail(call.problem_at(0, "no straight line in what the study looks at",
                                "share= of the variance that the study would explain"));
  }
  if (call.has(2)) return by_reading(call, *line);
  return call.has(4) ? by_trials(call, *line) : by_exposure(call, *line);
}

// A test before a fix: fix now, or run the risk of the loss.
Result<Value> evsi_test(Call& call) {
  constexpr std::array<std::size_t, 2> kAmounts = {0, 2};
  Unit unit;
  TRY(const std::vector<double> amounts, call.alike(kAmounts, unit));
  TRY(const double chance, call.probability(1, false));
  TRY(const double sensitivity, call.probability(3, false));
  TRY(const double specificity, call.probability(4, false));
  const auto study =
      chance::knowing_by_test(amounts[0], chance, amounts[1], sensitivity, specificity);
  if (!study) return fail(call.problem(study.error().text));
  return call.figure({study->value, {}, false}, unit);
}

constexpr std::array kFunctions = {
    Function{"evpi", "options...",
             "the worth of knowing everything: one option stands against doing nothing",
             "evpi(normal($20k, $80k))", evpi},
    Function{"evppi", "net parameter", "the worth of knowing one quantity",
             "a = normal(1, 1); b = normal(0, 2); evppi(a - b, b)", evppi},
    Function{"evsi", "net parameter? error? readings? trials? years? share?",
             "the worth of a study: a reading with an error, trials, years of logs, or a share of "
             "the variance that it explains",
             "a = normal($20k, $80k); evsi(a, a, error=$60k)", evsi},
    Function{"evsi_test", "fix chance loss sensitivity specificity",
             "the worth of a test before a fix", "evsi_test($60k, 20%, $500k, 90%, 85%)",
             evsi_test},
};

}  // namespace

std::span<const Function> knowing_functions() { return kFunctions; }

}  // namespace daytwo::model::quantity
