#include "decide/plan/stability.h"

#include <cstddef>
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

Stability stability_of(const Problem& problem, const Ranking& ranking, Set chosen,
                       const Tail* tail) {
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
  // What the shrinking takes is taken off what an option brings besides, so that the solvers see
  // it.
  Problem shrunk = problem;
  out.net_shrunk = outcome_of(problem, chosen).net;
  for (std::size_t i = 0; i < ranking.options.size(); ++i) {
    const double taken_off = ranking.options[i].raw - ranking.options[i].shrunk;
    shrunk.options[i].value -= taken_off;
    if (has(chosen, i)) out.net_shrunk -= taken_off;
  }
  if (const auto best = solve_again(shrunk, tail, limit)) {
    out.shrunk = settled(shrunk, chosen, *best, tail, limit);
  }
  return out;
}

}  // namespace daytwo::decide::plan
