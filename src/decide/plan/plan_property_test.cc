// What must hold of every plan, on random registers: never worse than greedy or than nothing, money
// conserved, stakes times ten move money by ten, less knowledge moves towards finding out, evidence
// removed lowers the worth, and what cannot be is named.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/time.h"
#include "chance/seed.h"
#include "decide/plan/attribution.h"
#include "decide/plan/beside.h"
#include "decide/plan/planner.h"
#include "decide/plan/problem.h"
#include "decide/plan/register.h"
#include "decide/plan/worlds.h"

namespace daytwo::decide::plan {
namespace {

constexpr chance::Seed kSeed{7};
constexpr std::size_t kCount = 64;  // worlds

Draws drawn(double low, double high) {
  const auto seed = *rc::gen::arbitrary<std::uint32_t>();
  chance::Stream stream(chance::Seed{seed}, 0);
  Draws out(kCount);
  for (double& each : out) each = low + (high - low) * stream.uniform();
  return out;
}

// A register of a few worries and options, their numbers uncertain, no rules but those asked for.
Register random_register() {
  Register out;
  out.currency = "USD";
  out.worlds.count = kCount;
  out.shape.teams = {"all teams"};
  const auto causes = *rc::gen::inRange<std::size_t>(1, 5);
  for (std::size_t i = 0; i < causes; ++i) {
    out.shape.causes.push_back({"c" + std::to_string(i), 0});
    out.worry_of.push_back("c" + std::to_string(i));
    out.common_of.emplace_back();
    const double low = *rc::gen::inRange(0, 1000);
    out.worlds.losses.push_back(drawn(low, low + *rc::gen::inRange(0, 3000)));
  }
  const auto options = *rc::gen::inRange<std::size_t>(1, 8);
  for (std::size_t i = 0; i < options; ++i) {
    Option option;
    option.name = "o" + std::to_string(i);
    option.kind = "any";
    const double cost = *rc::gen::inRange(1, 600);
    out.worlds.costs.push_back(drawn(cost, 1.5 * cost));
    const double value = *rc::gen::inRange(0, 2) == 0 ? 0 : *rc::gen::inRange(0, 500);
    out.worlds.values.push_back(drawn(0, value));
    out.worlds.days.push_back({drawn(0, *rc::gen::inRange(0, 9))});
    out.worlds.stops.emplace_back();
    out.worlds.cuts.emplace_back();
    for (std::size_t cause = 0; cause < causes; ++cause) {
      if (*rc::gen::inRange(0, 2) == 0) continue;
      option.effects.push_back({cause, 0, 0});
      out.worlds.stops.back().push_back(drawn(0, *rc::gen::inRange(0, 11) / 10.0));
      out.worlds.cuts.back().push_back(drawn(0, *rc::gen::inRange(0, 11) / 10.0));
    }
    out.shape.options.push_back(std::move(option));
  }
  out.shape = means(out.shape, out.worlds);
  return out;
}

Problem limits(double money, double days) {
  Problem out;
  out.money = money;
  out.team_days = {days};
  return out;
}

Plan planned(const Register& reg, const Problem& within) {
  auto out = make_plan(reg, within, kSeed);
  RC_ASSERT(out.has_value());
  return *std::move(out);
}

// What a hurried person does: the option that brings most for its cost, then the next that fits.
double greedy(const Plan& made) {
  const Problem& problem = made.problem;
  std::vector<std::size_t> order(problem.options.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto per_cost = [&](std::size_t i) {
    return (outcome_of(problem, only(i)).net) / (1 + problem.options[i].cost);
  };
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return per_cost(a) > per_cost(b); });
  Set set = 0;
  for (const std::size_t i : order) {
    const Set with = set | only(i);
    const bool better = outcome_of(problem, with).net > outcome_of(problem, set).net;
    if (better && broken_rule(problem, with).empty()) set = with;
  }
  return outcome_of(problem, set).net;
}

RC_GTEST_PROP(PlanLaws, NeverWorseThanGreedyOrNothing, ()) {
  const Register reg = random_register();
  const Plan made = planned(reg, limits(*rc::gen::inRange(0, 1500), *rc::gen::inRange(0, 30)));
  RC_ASSERT(made.outcome.net >= -1e-9);
  RC_ASSERT(made.outcome.net >= greedy(made) - 1e-9);
  RC_ASSERT(broken_rule(made.problem, made.chosen).empty());
}

RC_GTEST_PROP(PlanLaws, MoneyIsConserved, ()) {
  const Register reg = random_register();
  const Plan made = planned(reg, limits(*rc::gen::inRange(0, 1500), kNoLimit));
  double untreated = 0;
  for (const Cause& cause : made.problem.causes) untreated += cause.loss;
  double cost = 0;
  double value = 0;
  for (const std::size_t option : Members(made.chosen)) {
    cost += made.problem.options[option].cost;
    value += made.problem.options[option].value;
  }
  RC_ASSERT(std::fabs(made.outcome.cost - cost) < 1e-6);
  RC_ASSERT(made.outcome.cost <= made.problem.money + 1e-6);
  // What was to be lost is lost still, or avoided; what is avoided and brought pays costs and
  // worth.
  RC_ASSERT(std::fabs(untreated - made.outcome.remaining + value - cost - made.outcome.net) < 1e-6);
  double shares = 0;
  for (const Contribution& part : made.parts) shares += part.share;
  RC_ASSERT(std::fabs(shares - made.outcome.net - made.outcome.cost) < 1e-6);
}

RC_GTEST_PROP(PlanLaws, StakesTimesTenMoveMoneyByTen, ()) {
  const Register reg = random_register();
  Register ten = reg;
  for (auto* columns : {&ten.worlds.losses, &ten.worlds.costs, &ten.worlds.values}) {
    for (Draws& column : *columns) {
      for (double& each : column) each *= 10;
    }
  }
  ten.shape = means(ten.shape, ten.worlds);
  const double money = *rc::gen::inRange(0, 1500);
  const Plan one = planned(reg, limits(money, 20));
  const Plan more = planned(ten, limits(10 * money, 20));
  RC_ASSERT(std::fabs(more.outcome.net - 10 * one.outcome.net) < 1e-6 * (1 + more.outcome.net));
  RC_ASSERT(std::fabs(more.standing.regret - 10 * one.standing.regret) <
            1e-6 * (1 + more.standing.regret));
  for (std::size_t i = 0; i < reg.shape.options.size(); ++i) {
    const double tenfold = 10 * one.ranking.options[i].believed;
    if (one.chosen != more.chosen) break;  // a tie: another set of the same worth
    RC_ASSERT(std::fabs(more.ranking.options[i].believed - tenfold) <
              1e-6 * (1 + std::fabs(tenfold)));
  }
}

// The same means, each draw of the losses twice as far from them.
Register widened(const Register& reg, double factor) {
  Register out = reg;
  for (std::size_t cause = 0; cause < out.worlds.losses.size(); ++cause) {
    const double mean = reg.shape.causes[cause].loss;
    for (double& each : out.worlds.losses[cause]) each = mean + factor * (each - mean);
  }
  return out;
}

RC_GTEST_PROP(PlanLaws, WidthMovesTowardsFindingOutAndNotTowardsWorth, ()) {
  const Register reg = widened(random_register(), 0.4);
  const Register wide = widened(reg, 2);
  Option look;
  look.name = "look";
  look.kind = "investigation";
  Investigation what;
  what.option = reg.shape.options.size();
  const auto weighed = [&](Register of) {
    what.causes.clear();
    for (std::size_t cause = 0; cause < of.shape.causes.size(); ++cause) {
      what.causes.push_back({cause, 1, of.worlds.losses[cause]});
    }
    of.shape.options.push_back(look);
    of.investigations = {what};
    of.worlds.costs.emplace_back(kCount, 0);
    of.worlds.values.emplace_back(kCount, 0);
    of.worlds.days.push_back({Draws(kCount, 0)});
    of.worlds.stops.emplace_back();
    of.worlds.cuts.emplace_back();
    of.shape = means(of.shape, of.worlds);
    const Plan made = planned(of, limits(900, kNoLimit));
    RC_ASSERT(made.studied.size() == 1);
    return made.studied[0].knows;
  };
  const double narrow_knows = weighed(reg);
  const double wide_knows = weighed(wide);
  RC_ASSERT(narrow_knows >= 0);
  RC_ASSERT(wide_knows >= narrow_knows * (1 - 0.05) - 1e-6);
  // The plan itself goes by the means.
  const Plan one = planned(reg, limits(900, kNoLimit));
  const Plan two = planned(wide, limits(900, kNoLimit));
  RC_ASSERT(std::fabs(one.outcome.net - two.outcome.net) < 1e-6 * (1 + one.outcome.net));
}

RC_GTEST_PROP(PlanLaws, RemovingTheEvidenceLowersTheWorth, ()) {
  const Register reg = random_register();
  Register none = reg;
  const auto gone = *rc::gen::inRange<std::size_t>(0, reg.shape.causes.size());
  const double left = *rc::gen::inRange(0, 10) / 10.0;  // of the loss that incidents had shown
  for (double& each : none.worlds.losses[gone]) each *= left;
  none.shape = means(none.shape, none.worlds);
  const Problem within = limits(*rc::gen::inRange(0, 1500), kNoLimit);
  const Plan with = planned(reg, within);
  const Plan without = planned(none, within);
  RC_ASSERT(without.outcome.net <= with.outcome.net + 1e-9);
  for (std::size_t i = 0; i < reg.shape.options.size(); ++i) {
    RC_ASSERT(outcome_of(none.shape, only(i)).net <= outcome_of(reg.shape, only(i)).net + 1e-9);
  }
}

RC_GTEST_PROP(PlanLaws, WhatCannotBeIsNamed, ()) {
  Register reg = random_register();
  const std::size_t count = reg.shape.options.size();
  const auto one = *rc::gen::inRange<std::size_t>(0, count);
  const std::string name = "'" + reg.shape.options[one].name + "'";
  const auto refusal = [&](const Problem& within) {
    const auto made = make_plan(reg, within, kSeed);
    RC_ASSERT(!made.has_value());
    return made.error().text;
  };
  const Register whole = reg;
  reg.shape.options[one].must = true;
  const std::string dear = refusal(limits(reg.shape.options[one].cost * 0.5, kNoLimit));
  RC_ASSERT(dear.find("what must be done cannot be: it costs ") == 0);
  reg = whole;
  reg.shape.causes[0].loss += 100;
  reg.shape.floors = {{{0}, -1}};
  RC_ASSERT(refusal({}).find("'c0', more than the ") != std::string::npos);
  if (count < 2) return;
  reg = whole;
  const std::size_t other = (one + 1) % count;
  reg.shape.options[one].needs = {other};
  reg.shape.options[other].needs = {one};
  const std::string circle = refusal({});
  RC_ASSERT(circle.find(name) != std::string::npos);
  RC_ASSERT(circle.find("need each other in a circle") != std::string::npos);
}

}  // namespace
}  // namespace daytwo::decide::plan
