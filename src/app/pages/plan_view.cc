#include "app/pages/plan_view.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "api/view_base.h"
#include "chance/estimate.h"
#include "decide/plan/problem.h"
#include "decide/plan/register.h"
#include "decide/plan/say.h"

namespace daytwo::app {
namespace {

using decide::plan::Plan;

api::Amount amount(const chance::Estimate& estimate, const Plan& plan, Timestamp now) {
  api::Amount out;
  out.p05 = estimate.p05;
  out.p25 = estimate.p25;
  out.p50 = estimate.p50;
  out.p75 = estimate.p75;
  out.p95 = estimate.p95;
  out.mean = estimate.mean;
  out.samples = estimate.samples;
  out.seed = plan.seed.value;
  out.unit = plan.currency;
  out.as_of = now;
  out.version = std::string(decide::plan::kEngine);
  return out;
}

api::PlanOption option_view(const Plan& plan, std::size_t index) {
  const decide::plan::Option& option = plan.problem.options[index];
  api::PlanOption out;
  out.name = option.name;
  out.kind = option.kind;
  out.taken = decide::plan::has(plan.chosen, index);
  out.cost = option.cost;
  out.days = option.days.empty() ? 0 : option.days[decide::plan::kEverybody];
  out.in_best = plan.in_best[index];
  out.why = decide::plan::why(plan, index);
  const decide::plan::Rank& rank = plan.ranking.options[index];
  out.worth = rank.believed;
  out.stated = rank.stated;
  out.in_top = rank.in_top;
  out.place = static_cast<std::int64_t>(rank.place) + 1;
  for (const decide::plan::Tripwire& wire : plan.left[index]) {
    // No limit is no number.
    const double now = std::isfinite(wire.now) ? wire.now : wire.at;
    out.tripwires.push_back({std::string(to_string(wire.wire)), wire.what, wire.at, now});
  }
  for (const decide::plan::Studied& study : plan.studied) {
    if (study.option != index) continue;
    out.study = api::PlanStudy{study.knows, study.waiting, study.flips,
                               decide::plan::names(plan.problem, study.then)};
  }
  if (!out.taken) out.joins = decide::plan::tripwire_words(plan, index);
  const auto part = std::find_if(plan.parts.begin(), plan.parts.end(),
                                 [&](const auto& each) { return each.option == index; });
  if (part != plan.parts.end()) {
    out.brings = part->share;
    out.last_in = part->last_in;
  } else {
    const auto then =
        decide::plan::outcome_of(plan.problem, plan.chosen | decide::plan::only(index));
    out.brings = then.net + then.cost - plan.outcome.net - plan.outcome.cost;
  }
  return out;
}

api::PlanTail tail_view(const Plan& plan, const decide::plan::UnderLimit& under) {
  api::PlanTail out;
  out.limit = under.limit.loss;
  out.level = under.limit.level;
  out.tail = under.measure.tail;
  out.error = under.measure.error;
  out.at_risk = under.measure.at_risk;
  out.again = under.fresh.tail;
  out.nothing = under.nothing.tail;
  out.without = under.tail_without;
  out.costs = under.without.net - plan.outcome.net;
  out.years = static_cast<std::int64_t>(under.years);
  out.sentence = decide::plan::tail_words(plan, under);
  return out;
}

api::PlanInput input_of(std::string what, const decide::plan::Draws& draws, std::string unit) {
  const chance::Estimate seen = chance::estimate_of(draws, {});
  return {std::move(what), std::move(unit), seen.p05, seen.p50, seen.p95, seen.mean};
}

bool is_nothing(const decide::plan::Draws& draws) {
  return std::all_of(draws.begin(), draws.end(), [](double each) { return each == 0; });
}

// What the register knows of one option; what is nothing in every world is left out.
std::vector<api::PlanInput> inputs_of(const decide::plan::Register& reg, std::size_t option) {
  std::vector<api::PlanInput> out;
  const auto take = [&](std::string what, const decide::plan::Draws& draws, const char* unit) {
    if (!is_nothing(draws)) out.push_back(input_of(std::move(what), draws, unit));
  };
  const char* currency = reg.currency.c_str();
  take("cost, work included", reg.worlds.costs[option], currency);
  take("days", reg.worlds.days[option][decide::plan::kEverybody], "days");
  take("worth besides", reg.worlds.values[option], currency);
  const auto& effects = reg.shape.options[option].effects;
  for (std::size_t i = 0; i < effects.size(); ++i) {
    const std::string& cause = reg.shape.causes[effects[i].cause].name;
    take("stops " + cause, reg.worlds.stops[option][i], "share");
    take("cuts " + cause, reg.worlds.cuts[option][i], "share");
    take("loss by " + cause + " untreated", reg.worlds.losses[effects[i].cause], currency);
  }
  const double share = reg.shape.options[option].believed;
  if (share < 1) out.push_back({"believed of what it brings", "share", share, share, share, share});
  return out;
}

}  // namespace

void take_inputs(api::PlanPage& page, const decide::plan::Register& reg) {
  for (std::size_t i = 0; i < reg.shape.options.size(); ++i) {
    for (api::PlanOption& option : page.options) {
      if (option.name == reg.shape.options[i].name) option.inputs = inputs_of(reg, i);
    }
  }
}

api::PlanPage plan_view(const Plan& plan, double years, Timestamp now) {
  api::PlanPage out;
  out.as_of = now;
  out.sentence = decide::plan::sentence(plan);
  for (const decide::plan::Remark& remark : decide::plan::remarks(plan)) {
    out.remarks.push_back({std::string(to_string(remark.kind)), remark.lead, remark.text});
  }
  out.currency = plan.currency;
  out.years = years;
  if (plan.problem.money != decide::plan::kNoLimit) out.budget = plan.problem.money;
  const double days = plan.problem.days_of(decide::plan::kEverybody);
  if (days != decide::plan::kNoLimit) out.days = days;
  out.net = amount(plan.standing.net, plan, now);
  out.remaining = amount(plan.remaining, plan, now);
  out.chance_pays = plan.standing.chance_pays;
  out.chance_best = plan.standing.chance_best;
  out.regret = plan.standing.regret;
  std::map<std::string, api::PlanKind> kinds;
  for (std::size_t i = 0; i < plan.problem.options.size(); ++i) {
    out.options.push_back(option_view(plan, i));
    const api::PlanOption& option = out.options.back();
    out.most_cost += option.cost;
    out.most_days += option.days;
    api::PlanKind& kind = kinds[option.kind];
    kind.kind = option.kind;
    if (!option.taken) continue;
    kind.cost += option.cost;
    kind.days += option.days;
    kind.brings += option.brings;
  }
  // The taken first, then by shrunk worth.
  std::stable_sort(out.options.begin(), out.options.end(), [](const auto& a, const auto& b) {
    return a.taken != b.taken ? a.taken : a.place < b.place;
  });
  for (const decide::plan::NextStep& step : plan.next) {
    kinds[step.kind].next = decide::plan::words(plan, step);
  }
  for (auto& [name, kind] : kinds) out.kinds.push_back(std::move(kind));
  std::stable_sort(out.kinds.begin(), out.kinds.end(),
                   [](const auto& a, const auto& b) { return a.cost > b.cost; });
  for (const decide::plan::FrontierPoint& point : plan.frontier) {
    out.frontier.push_back({point.cost, point.net, decide::plan::names(plan.problem, point.set)});
  }
  for (const decide::plan::Flip& flip : plan.flips) {
    out.flips.push_back(decide::plan::words(plan, flip));
  }
  out.net_stated = plan.stability.net_stated;
  out.top = static_cast<std::int64_t>(plan.ranking.top);
  out.stability = decide::plan::stability_words(plan);
  out.ties = decide::plan::near_ties(plan);
  for (const decide::plan::Accepted& each : plan.accepted) {
    out.accepted.push_back({each.worry, each.until, each.days_left, each.loss,
                            each.days_left > 0 ? decide::plan::accepted_words(plan, each) : ""});
  }
  if (plan.tail) out.tail = tail_view(plan, *plan.tail);
  out.gap = plan.gap;
  out.proof = decide::plan::proof(plan);
  out.notes = plan.notes;
  return out;
}

}  // namespace daytwo::app
