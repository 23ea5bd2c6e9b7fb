// From prior to posterior, and from several experts to one belief.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "chance/learning.h"
#include "chance/pool.h"
#include "model/quantity/functions.h"
#include "model/quantity/measure.h"
#include "model/quantity/unit.h"
#include "model/quantity/value.h"

namespace daytwo::model::quantity {
namespace {

// What was counted: "3 in 2.5 years", "7 of 60".
struct Counted {
  double hits = 0;
  double many = 0;
};

bool is_count(double x) { return x >= 0 && x == std::floor(x) && x < 1e15; }

// The second argument as evidence; or the second and third as a count and what it was counted in.
Result<Counted> counted(const Call& call) {
  const Value& given = call.value(1);
  Counted out;
  if (given.evidence && !call.has(2)) {
    out = {given.evidence->first, given.evidence->second};
  } else if (call.has(2)) {
    TRY(out.hits, call.plain(1));
    TRY(out.many, call.number(2));
  } else {
    return fail(call.problem_at(1, "no evidence", "a count such as '3 in 2.5 years' or '7 of 60'"));
  }
  if (!is_count(out.hits)) return fail(call.problem_at(1, "a count is a whole number from 0 on"));
  if (!(out.many > 0)) return fail(call.problem_at(1, "nothing to count in"));
  return out;
}

// The distribution of the prior, in the words of which it can be updated.
Result<chance::Distribution> prior_of(const Call& call) {
  const Value& given = call.value(0);
  const auto law = given.law ? given.law->as_distribution() : std::nullopt;
  if (law && !law->is_truncated() && !law->is_clipped() &&
      (law->family == chance::Family::kGamma || law->family == chance::Family::kBeta)) {
    return *law;
  }
  return fail(call.problem_at(0, "no prior that counts update",
                              "a rate (gamma(2, 4 years), '0.5 to 4 a year') or a share (beta(1, "
                              "9), '2% to 20%'); nig(...) for sizes"));
}

Result<Value> update(Call& call) {
  TRY(chance::Distribution prior, prior_of(call));
  TRY(const Counted seen, counted(call));
  Unit unit = call.value(0).unit;
  const auto hits = static_cast<std::int64_t>(seen.hits);
  if (prior.family == chance::Family::kBeta) {
    if (!is_count(seen.many) || seen.hits > seen.many) {
      return fail(call.problem_at(1, "more hits than trials", "a count such as 7 of 60"));
    }
    return call.variable(chance::updated_share(prior, hits, static_cast<std::int64_t>(seen.many)),
                         unit);
  }
  // gamma(2, 4) beside '3 in 2.5 years': shape and years.
  const Unit yearly = Unit().over(Unit::of(*find_unit_word("year")));
  const bool timed =
      call.has(2) ? call.value(2).unit.same(Unit().over(yearly)) : call.value(1).unit.same(yearly);
  if (unit.plain() && timed) {
    prior = chance::scaled(prior, 1 / kHoursPerYear);
    unit = yearly;
    call.workshop().notes.emplace_back("the prior says no time: it was taken as a rate a year");
  }
  // The exposure has the unit below the line of the rate.
  const bool in_time =
      call.has(2) ? call.value(2).unit.same(Unit().over(unit)) : call.value(1).unit.same(unit);
  if (!in_time) {
    return fail(
        call.problem_at(call.has(2) ? 2 : 1, "not counted in what the rate is of",
                        "a rate and a count of one thing: gamma(2, 4 years) and 3 in 2.5 years"));
  }
  return call.variable(chance::updated_rate(prior, hits, seen.many), unit);
}

// nig(m, k, a, b, [sizes]): belief about ln X after the sizes; the predictive of the next one.
Result<Value> next_size(Call& call) {
  chance::LogBelief belief;
  TRY(belief.m, call.plain(0));
  TRY(belief.k, call.plain(1));
  TRY(belief.a, call.plain(2));
  TRY(belief.b, call.plain(3));
  if (!(belief.k > 0 && belief.a > 0 && belief.b > 0)) {
    return fail(call.problem("k, a and b must be above 0"));
  }
  Unit unit;
  if (call.has(4)) {
    TRY(const std::vector<double> sizes, call.list(4, unit));
    for (const double size : sizes) {
      if (!(size > 0)) return fail(call.problem_at(4, "a size is above 0"));
    }
    belief = belief.after(sizes);
  }
  return call.variable(
      chance::log_student(belief.m, std::sqrt(belief.b * (belief.k + 1) / (belief.a * belief.k)),
                          2 * belief.a),
      std::move(unit));
}

// Weights of experts: numbers above 0.
Result<std::vector<double>> shares(const Call& call, std::size_t count) {
  std::vector<double> out(count, 1.0);
  if (call.has(1)) {
    Unit unit;
    TRY(out, call.list(1, unit));
  }
  if (out.size() != count) {
    return fail(call.problem_at(
        1, std::to_string(out.size()) + " weights for " + std::to_string(count) + " experts"));
  }
  for (const double each : out) {
    if (!(each > 0)) return fail(call.problem_at(1, "a weight must be above 0"));
  }
  return out;
}

// Experts in one unit, each with a distribution of its own.
Result<std::vector<chance::Distribution>> experts(const Call& call) {
  std::vector<chance::Distribution> out;
  const Unit& unit = call.value_of_node(call.rest().front()).unit;
  for (const std::size_t node : call.rest()) {
    const Value& each = call.value_of_node(node);
    if (auto why = no_sum(unit, each.unit)) {
      return fail(call.problem_under(node, std::move(*why), "all experts in one unit"));
    }
    if (each.is_list) return fail(call.problem_under(node, "a list", "a range"));
    TRY(const Law law, law_of(call.plan(), each));
    const auto distribution = law.as_distribution();
    if (!distribution) {
      return fail(call.problem_under(node, "not a distribution of its own", "a range"));
    }
    out.push_back(*distribution);
  }
  return out;
}

// `weights` is made to add to 1 by the pool itself.
Result<Value> pooled(Call& call, decltype(&chance::linear_pool) rule) {
  TRY(const auto parts, experts(call));
  TRY(const auto weights, shares(call, parts.size()));
  return call.variable(rule(parts, weights), call.value_of_node(call.rest().front()).unit);
}

Result<Value> pool(Call& call) { return pooled(call, chance::linear_pool); }
Result<Value> logarithmic_pool(Call& call) { return pooled(call, chance::log_pool); }

constexpr std::array kFunctions = {
    Function{"update", "prior data exposure?",
             "a rate or a share after what was counted: 'hits in time', 'hits of trials'",
             "update(gamma(2, 4 years), 3 in 2.5 years)", update},
    Function{
        "nig", "m k a b sizes[]?",
        "the next size when ln X is normal of unknown mean and variance (normal-inverse-gamma), "
        "after these sizes; its mean is infinite",
        "nig(12, 1, 2, 1, [120k, 300k, 90k, 700k])", next_size},
    Function{"pool", "experts... weights?", "the linear pool: keeps disagreement",
             "pool($50k to $500k, $100k to $2M, $20k to $300k)", pool},
    Function{"logpool", "experts... weights?", "the logarithmic pool: a compromise of lognormals",
             "logpool($50k to $500k, $100k to $2M, $20k to $300k)", logarithmic_pool},
};

}  // namespace

std::span<const Function> learning_functions() { return kFunctions; }

}  // namespace daytwo::model::quantity
