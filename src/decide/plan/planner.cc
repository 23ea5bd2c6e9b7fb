#include "decide/plan/planner.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "chance/estimate.h"
#include "chance/seed.h"
#include "decide/plan/attribution.h"
#include "decide/plan/investigation.h"
#include "decide/plan/problem.h"
#include "decide/plan/rank.h"
#include "decide/plan/register.h"
#include "decide/plan/rules.h"
#include "decide/plan/scan.h"
#include "decide/plan/solve.h"
#include "decide/plan/stability.h"
#include "decide/plan/tripwire.h"
#include "decide/plan/worlds.h"

namespace daytwo::decide::plan {
namespace {

Problem without_limits(Problem problem) {
  problem.money = kNoLimit;
  problem.team_days.clear();
  return problem;
}

// The best next thing of each kind, as if money and days were there.
std::vector<NextStep> next_steps(const Problem& problem, Set chosen) {
  const Rules rules(problem);
  const Problem rich = without_limits(problem);
  const Outcome now = outcome_of(problem, chosen);
  std::map<std::string, NextStep> best;
  for (std::size_t i = 0; i < problem.options.size(); ++i) {
    if (has(chosen, i)) continue;
    const Set with = chosen | rules.with_needs(i);
    if (!broken_rule(rich, with).empty()) continue;
    const Outcome then = outcome_of(problem, with);
    NextStep step;
    step.kind = problem.options[i].kind;
    step.adds = with & ~chosen;
    step.cost = then.cost - now.cost;
    step.days = then.days.empty() ? 0 : then.days[kEverybody] - now.days[kEverybody];
    step.gain = then.net + then.cost - now.net - now.cost;
    if (step.gain > step.cost) step.blocked = broken_rule(problem, with);
    const auto [at, fresh] = best.try_emplace(step.kind, step);
    if (!fresh && step.gain * at->second.cost > at->second.gain * step.cost) at->second = step;
  }
  std::vector<NextStep> out;
  for (auto& [kind, step] : best) out.push_back(std::move(step));
  std::stable_sort(out.begin(), out.end(), [](const NextStep& a, const NextStep& b) {
    return a.gain * b.cost > b.gain * a.cost;
  });
  return out;
}

// Each number of a plan enters its net worth as a straight line, so the factor at which a rival
// overtakes is where two lines cross.
class Flips {
 public:
  Flips(const Register& reg, const Problem& problem, std::span<const Candidate> rivals)
      : reg_(reg), problem_(problem), rivals_(rivals) {}

  std::vector<Flip> run() {
    const std::set<std::string> worries(reg_.worry_of.begin(), reg_.worry_of.end());
    for (const std::string& worry : worries) {
      consider(fmt::format("the loss of '{}'", worry),
               [&](Set set) { return avoided(worry, set); });
    }
    for (std::size_t i = 0; i < problem_.options.size(); ++i) {
      const Option& option = problem_.options[i];
      if (option.cost > 0) {
        consider(fmt::format("the cost of '{}'", option.name),
                 [&](Set set) { return has(set, i) ? -option.cost : 0; });
      }
      if (option.value != 0) {
        consider(fmt::format("the worth of '{}'", option.name),
                 [&](Set set) { return has(set, i) ? option.counted_value() : 0; });
      }
    }
    std::stable_sort(out_.begin(), out_.end(), [](const Flip& a, const Flip& b) {
      return std::fabs(std::log(a.factor)) < std::fabs(std::log(b.factor));
    });
    if (out_.size() > kFlips) out_.resize(kFlips);
    return std::move(out_);
  }

 private:
  // `slope` is what a set's net worth gains when the number doubles.
  template <class Slope>
  void consider(const std::string& what, const Slope& slope) {
    const Candidate& plan = rivals_.front();
    Flip nearest;
    for (const Candidate& rival : rivals_.subspan(1)) {
      const double gains = slope(rival.set) - slope(plan.set);
      if (gains == 0) continue;
      const double factor = 1 + (plan.net - rival.net) / gains;
      if (factor <= 0 || factor == 1) continue;
      if (nearest.factor == 1 ||
          std::fabs(std::log(factor)) < std::fabs(std::log(nearest.factor))) {
        nearest = {what, factor, rival.set};
      }
    }
    if (nearest.factor != 1) out_.push_back(std::move(nearest));
  }

  double avoided(const std::string& worry, Set set) const {
    double out = 0;
    for (std::size_t cause = 0; cause < problem_.causes.size(); ++cause) {
      if (reg_.worry_of[cause] != worry) continue;
      out += problem_.causes[cause].loss - loss_left(problem_, cause, set);
    }
    return out;
  }

  const Register& reg_;
  const Problem& problem_;
  const std::span<const Candidate> rivals_;
  std::vector<Flip> out_;
};

UnderLimit under(const Tail& tail, Set chosen, const Candidate& free) {
  UnderLimit out;
  out.limit = tail.limit;
  out.measure = tail.years.measure(chosen);
  out.fresh = tail.fresh.measure(chosen);
  out.nothing = tail.years.measure(0);
  out.years = tail.years.years();
  out.without = free;
  out.tail_without = tail.years.tail(free.set);
  for (const std::size_t option : Members(chosen)) {
    if (tail.years.tail(chosen & ~only(option)) > tail.limit.loss) out.holds |= only(option);
  }
  return out;
}

// `problem` under the limits of another.
Problem within(Problem problem, const Problem& limits) {
  problem.money = limits.money;
  problem.team_days = limits.team_days;
  return problem;
}

// REQUIRES: what investigations bring is known.
Result<Plan> plan_of(const Register& reg, const Problem& limits, chance::Seed seed,
                     const Tail* tail) {
  Plan out;
  out.problem = within(reg.shape, limits);
  TRY(Found found, solve(out.problem));
  const Candidate free = found.best.front();
  if (tail != nullptr) {
    TRY(found, solve(out.problem, found, *tail));
    out.tail = under(*tail, found.best.front().set, free);
  }
  out.exact = found.exact;
  const Candidate& best = found.best.front();
  out.currency = reg.currency;
  out.chosen = best.set;
  out.outcome = outcome_of(out.problem, best.set);
  const std::vector<Candidate> pair = {best, found.best[found.best.size() > 1 ? 1 : 0]};
  out.second = pair[1];
  const Standings all = compare(reg.shape, reg.worlds, found.best, seed);
  out.standing = all.sets.front();
  out.in_best = all.in_best;
  // Ties go to the plan, which stands first.
  out.beats_second = compare(reg.shape, reg.worlds, pair, seed).sets.front().chance_best;
  out.remaining = remaining_loss(reg.shape, reg.worlds, best.set, seed);
  out.parts = attribute(out.problem, best.set, seed);
  out.frontier = std::move(found.frontier);
  out.next = next_steps(out.problem, best.set);
  out.flips = Flips(reg, out.problem, found.best).run();
  out.ranking = rank(reg.shape, reg.worlds, best.set);
  out.stability = stability_of(out.problem, best.set, tail);
  out.left.resize(out.problem.options.size());
  for (std::size_t i = 0; i < out.left.size(); ++i) {
    if (!has(best.set, i)) out.left[i] = tripwires_of(out.problem, reg.worry_of, best.set, i);
  }
  out.gap = std::max(0.0, found.bound - best.net);
  out.looked_at = found.looked_at;
  out.seed = seed;
  out.accepted = reg.accepted;
  out.notes = reg.notes;
  return out;
}

}  // namespace

Result<Plan> make_plan(const Register& reg, const Problem& limits, chance::Seed seed,
                       const Tail* tail) {
  if (reg.investigations.empty()) return plan_of(reg, limits, seed, tail);
  const Problem problem = within(reg.shape, limits);
  TRY_VOID(validate(problem));
  std::vector<Studied> studied = weigh_investigations(reg, problem);
  TRY(Plan out, plan_of(with_worth(reg, studied), limits, seed, tail));
  out.studied = std::move(studied);
  return out;
}

}  // namespace daytwo::decide::plan
