// Distributions by name: what a range cannot say.
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "chance/fit.h"
#include "model/quantity/functions.h"
#include "model/quantity/law.h"
#include "model/quantity/measure.h"
#include "model/quantity/unit.h"
#include "model/quantity/value.h"

namespace daytwo::model::quantity {
namespace {

using chance::Family;

// A family whose parameters are all in the unit of the quantity.
Result<Value> of_one_unit(Call& call, Family family, std::size_t count) {
  constexpr std::array<std::size_t, 3> kPlaces = {0, 1, 2};
  Unit unit;
  TRY(const std::vector<double> given, call.alike(std::span(kPlaces).first(count), unit));
  return call.variable(chance::make(family, given), std::move(unit));
}

Result<Value> point(Call& call) { return call.value(0); }

Result<Value> normal(Call& call) { return of_one_unit(call, Family::kNormal, 2); }
Result<Value> uniform(Call& call) { return of_one_unit(call, Family::kUniform, 2); }
Result<Value> triangular(Call& call) { return of_one_unit(call, Family::kTriangular, 3); }

// lognormal(mu, s) of a plain number, or lognormal(median=..., s=...), lognormal(mean=..., sd=...).
Result<Value> lognormal(Call& call) {
  const bool by_scale = call.has(0) && call.has(1);
  const bool by_median = call.has(2) && call.has(1) && !call.has(0);
  const bool by_mean = call.has(3) && call.has(4) && !call.has(0) && !call.has(1);
  if (by_scale + by_median + by_mean != 1) {
    return fail(call.problem("a lognormal needs two parameters",
                             "lognormal(mu, s), (median=, s=) or (mean=, sd=)"));
  }
  if (by_mean) {
    constexpr std::array<std::size_t, 2> kPlaces = {3, 4};
    Unit unit;
    TRY(const std::vector<double> given, call.alike(kPlaces, unit));
    if (!(given[0] > 0 && given[1] >= 0)) {
      return fail(call.problem("the mean of a lognormal is above 0, its sd not below"));
    }
    const double square = std::log1p(given[1] * given[1] / (given[0] * given[0]));
    return call.variable(chance::lognormal(std::log(given[0]) - square / 2, std::sqrt(square)),
                         std::move(unit));
  }
  TRY(const double s, call.plain(1));
  if (by_median) {
    TRY(const double median, call.number(2));
    if (!(median > 0)) return fail(call.problem_at(2, "the median of a lognormal is above 0"));
    const std::array<double, 2> given = {std::log(median), s};
    return call.variable(chance::make(Family::kLognormal, given), call.value(2).unit);
  }
  TRY(const double mu, call.plain(0));
  const std::array<double, 2> given = {mu, s};
  return call.variable(chance::make(Family::kLognormal, given), Unit());
}

// The rate carries the unit below the line: gamma(2, 4 years) is 0.5 a year on average.
Result<Value> gamma(Call& call) {
  TRY(const double shape, call.plain(0));
  TRY(const double rate, call.number(1));
  const std::array<double, 2> given = {shape, rate};
  return call.variable(chance::make(Family::kGamma, given), Unit().over(call.value(1).unit));
}

Result<Value> beta(Call& call) {
  TRY(const double a, call.plain(0));
  TRY(const double b, call.plain(1));
  const std::array<double, 2> given = {a, b};
  return call.variable(chance::make(Family::kBeta, given), Unit::share());
}

Result<Value> pert(Call& call) {
  constexpr std::array<std::size_t, 3> kPlaces = {0, 1, 2};
  Unit unit;
  TRY(std::vector<double> given, call.alike(kPlaces, unit));
  TRY(const double weight, call.plain_or(3, 4));
  given.push_back(weight);
  return call.variable(chance::make(Family::kPert, given), std::move(unit));
}

Result<Value> exponential(Call& call) {
  TRY(const double mean, call.number(0));
  if (!(mean > 0)) return fail(call.problem_at(0, "the mean must be above 0"));
  return call.variable(chance::gamma(1, 1 / mean), call.value(0).unit);
}

Result<Value> weibull(Call& call) {
  TRY(const double shape, call.plain(0));
  TRY(const double scale, call.number(1));
  const std::array<double, 2> given = {shape, scale};
  return call.variable(chance::make(Family::kWeibull, given), call.value(1).unit);
}

Result<Value> pareto(Call& call) {
  constexpr std::array<std::size_t, 2> kPlaces = {0, 1};
  Unit unit;
  TRY(std::vector<double> given, call.alike(kPlaces, unit));
  TRY(const double shape, call.plain(2));
  given.push_back(shape);
  return call.variable(chance::make(Family::kPareto, given), std::move(unit));
}

Result<Value> poisson(Call& call) {
  TRY(double mean, call.number(0));
  if (call.value(0).unit.same(Unit().over(Unit::of(*find_unit_word("year"))))) {
    mean *= kHoursPerYear;
    call.workshop().notes.emplace_back("a rate in poisson(...) is counted over a year");
  } else {
    TRY(mean, call.plain(0));
  }
  const std::array<double, 1> given = {mean};
  return call.variable(chance::make(Family::kPoisson, given), Unit());
}

Result<Value> negbin(Call& call) {
  TRY(const double r, call.plain(0));
  TRY(const double b, call.plain(1));
  const std::array<double, 2> given = {r, b};
  return call.variable(chance::make(Family::kNegativeBinomial, given), Unit());
}

Result<Value> binomial(Call& call) {
  TRY(const double trials, call.plain(0));
  TRY(const double chance, call.probability(1, false));
  const std::array<double, 2> given = {trials, chance};
  return call.variable(chance::make(Family::kBinomial, given), Unit());
}

Result<Value> bernoulli(Call& call) {
  TRY(const double chance, call.probability(0, false));
  const std::array<double, 2> given = {1, chance};
  return call.variable(chance::make(Family::kBinomial, given), Unit());
}

Result<Value> metalog(Call& call) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  std::vector<std::size_t> places = {0, 1, 2};
  for (const std::size_t at : {4U, 5U}) {
    if (call.has(at)) places.push_back(at);
  }
  Unit unit;
  TRY(const std::vector<double> given, call.alike(places, unit));
  double confidence = 0.9;
  if (call.has(3)) TRY_VOID(call.probability(3, true).map([&](double p) { confidence = p; }));
  const double least = call.has(4) ? given[3] : -kInfinity;
  const double most = call.has(5) ? given.back() : kInfinity;
  return call.variable(
      chance::fit_metalog({given[0], given[1], given[2], (1 - confidence) / 2}, least, most),
      std::move(unit));
}

// Weights as numbers above 0; they need not add to 1.
Result<std::vector<double>> weights(const Call& call, std::size_t at, std::size_t count) {
  if (!call.has(at)) return std::vector<double>(count, 1.0);
  Unit unit;
  TRY(std::vector<double> out, call.list(at, unit));
  if (out.size() != count) {
    return fail(call.problem_at(
        at, std::to_string(out.size()) + " weights for " + std::to_string(count) + " parts"));
  }
  for (const double weight : out) {
    if (!(weight >= 0)) return fail(call.problem_at(at, "a weight below 0"));
  }
  return out;
}

Result<Value> empirical(Call& call) {
  Unit unit;
  TRY(const std::vector<double> values, call.list(0, unit));
  if (!call.has(1)) return call.variable(chance::empirical(values), std::move(unit));
  TRY(const std::vector<double> shares, weights(call, 1, values.size()));
  std::vector<chance::Distribution> parts;
  std::vector<double> kept;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (shares[i] == 0) continue;
    parts.push_back(chance::point(values[i]));
    kept.push_back(shares[i]);
  }
  return call.variable(chance::mixture(parts, kept), std::move(unit));
}

Result<Value> mixture(Call& call) {
  std::vector<chance::Distribution> parts;
  const Unit unit = call.value_of_node(call.rest().front()).unit;
  bool sampled = false;
  std::size_t numbers = 0;
  for (const std::size_t node : call.rest()) {
    const Value& each = call.value_of_node(node);
    if (each.is_list) return fail(call.problem_under(node, "a list", "a quantity"));
    if (auto why = no_sum(unit, each.unit)) {
      return fail(call.problem_under(node, std::move(*why), "all of them in one unit"));
    }
    TRY(const Law law, law_of(call.plan(), each));
    const auto distribution = law.as_distribution();
    if (!distribution) {
      return fail(call.problem_under(node, "not a distribution of its own",
                                     "a range or a distribution, neither shifted nor reversed"));
    }
    parts.push_back(*distribution);
    sampled = sampled || (each.uncertain() && !each.law) || each.sampled;
    if (each.number) ++numbers;
  }
  if (numbers > 0 && numbers * 2 == parts.size() && !call.has(1)) {
    call.workshop().notes.emplace_back(
        "the numbers are parts of the mixture, not its weights; those are weights=[30%, 70%]");
  }
  TRY(const std::vector<double> shares, weights(call, 1, parts.size()));
  TRY(Value out, call.variable(chance::mixture(parts, shares), unit));
  out.sampled = sampled;
  return out;
}

constexpr std::array kFunctions = {
    Function{"point", "value", "one number, known", "point($40k)", point},
    Function{"normal", "mean sd", "the bell; can be below 0", "normal($20k, $80k)", normal},
    Function{"lognormal", "mu? s? median? mean? sd?",
             "skewed, above 0: by mu and s of its logarithm, or in money by median and s, or mean "
             "and sd",
             "lognormal(mean=$400k, sd=$320k)", lognormal},
    Function{"gamma", "shape rate", "of mean shape / rate: a rate that is not known exactly",
             "gamma(2, 4 years)", gamma},
    Function{"beta", "a b", "a share of mean a / (a + b)", "beta(1, 9)", beta},
    Function{"pert", "least likely most weight?", "bounded on both sides; clips the tail",
             "pert(10k, 40k, 250k)", pert},
    Function{"triangular", "least likely most", "bounded, with straight sides",
             "triangular(1h, 2h, 8h)", triangular},
    Function{"uniform", "least most", "nothing but two bounds", "uniform(2h, 6h)", uniform},
    Function{"exponential", "mean", "times between events, if those come at random",
             "exponential(25 min)", exponential},
    Function{"weibull", "shape scale", "lifetimes: a shape below 1 fails early, above 1 wears out",
             "weibull(0.6, 400 days)", weibull},
    Function{"pareto", "threshold scale shape",
             "the tail above a threshold; from shape 1 on its mean is infinite",
             "pareto($1M, $500k, 0.5)", pareto},
    Function{"poisson", "mean", "how many events, if those come at random", "poisson(3)", poisson},
    Function{"negbin", "r b", "how many, more uneven: mean r b, variance r b (1 + b)",
             "negbin(1.5, 2)", negbin},
    Function{"binomial", "trials chance", "how many of a number of trials", "binomial(60, 5%)",
             binomial},
    Function{"bernoulli", "chance", "1 with this chance, else 0", "bernoulli(30%)", bernoulli},
    Function{"metalog", "low middle high confidence? least? most?",
             "through three quantiles: 5, 50 and 95 % unless a confidence is given",
             "metalog(20, 50, 140, confidence=80%)", metalog},
    Function{"empirical", "values[] weights?", "own observations, each as likely or by weight",
             "empirical([0, 100, 500], weights=[70%, 20%, 10%])", empirical},
    Function{"mixture", "parts... weights?", "one of several, by weight: keeps disagreement",
             "mixture($1k to $5k, $50k to $90k, weights=[0.8, 0.2])", mixture},
};

}  // namespace

std::span<const Function> distribution_functions() { return kFunctions; }

}  // namespace daytwo::model::quantity
