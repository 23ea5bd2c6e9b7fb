#include "decide/plan/stability.h"

#include <vector>

#include "decide/plan/problem.h"
#include "decide/plan/rank.h"
#include "decide/plan/scan.h"
#include "decide/plan/solve.h"
#include "decide/plan/years.h"

namespace daytwo::decide::plan {
namespace {

// The plan itself where it still holds and nothing that was found is worth more.
Set settled(const Problem& problem, Set chosen, const Candidate& found, const Tail* tail,
            double limit) {
  if (outcome_of(problem, chosen).net < found.net) return found.set;
  const bool holds = broken_rule(problem, chosen).empty() &&
                     (tail == nullptr || tail->years.tail(chosen) <= limit);
  return holds ? chosen : found.set;
}

}  // namespace

Stability stability_of(const Problem& problem, Set chosen, const Tail* tail) {
  Stability out;
  const double limit = tail == nullptr ? 0 : tail->limit.loss;
  const std::vector<double> now = worth_at(problem, chosen, 1);
  for (const double factor : {2.0, 0.5}) {
    Problem scaled = problem;
    for (Cause& cause : scaled.causes) cause.loss *= factor;
    AtStakes each;
    each.factor = factor;
    each.order = agreement(now, worth_at(problem, chosen, factor));
    // A tail that is twice as large keeps a limit when the tail as it is keeps half of it.
    if (const auto best = solve_again(scaled, tail, limit / factor)) {
      each.best = settled(scaled, chosen, *best, tail, limit / factor);
    }
    out.stakes.push_back(each);
  }
  const Problem stated = as_stated(problem);
  out.net_stated = outcome_of(stated, chosen).net;
  if (const auto best = solve_again(stated, tail, limit)) {
    out.stated = settled(stated, chosen, *best, tail, limit);
  }
  return out;
}

}  // namespace daytwo::decide::plan
