#include "app/pages/plan_view.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "api/view_base.h"
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

}  // namespace

api::PlanPage plan_view(const Plan& plan, double years, Timestamp now) {
  api::PlanPage out;
  out.as_of = now;
  out.sentence = decide::plan::sentence(plan);
  out.currency = plan.currency;
  out.years = years;
  if (plan.problem.money != decide::plan::kNoLimit) out.budget = plan.problem.money;
  out.net = amount(plan.standing.net, plan, now);
  out.remaining = amount(plan.remaining, plan, now);
  out.chance_pays = plan.standing.chance_pays;
  out.chance_best = plan.standing.chance_best;
  out.regret = plan.standing.regret;
  std::map<std::string, api::PlanKind> kinds;
  for (std::size_t i = 0; i < plan.problem.options.size(); ++i) {
    out.options.push_back(option_view(plan, i));
    const api::PlanOption& option = out.options.back();
    api::PlanKind& kind = kinds[option.kind];
    kind.kind = option.kind;
    if (!option.taken) continue;
    kind.cost += option.cost;
    kind.days += option.days;
    kind.brings += option.brings;
  }
  // The taken first, then by what they bring for their cost.
  std::stable_sort(out.options.begin(), out.options.end(), [](const auto& a, const auto& b) {
    if (a.taken != b.taken) return a.taken;
    return a.brings * b.cost > b.brings * a.cost;
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
  out.proof = decide::plan::proof(plan);
  out.notes = plan.notes;
  return out;
}

}  // namespace daytwo::app
