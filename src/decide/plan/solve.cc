#include "decide/plan/solve.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "base/result.h"
#include "decide/plan/problem.h"
#include "decide/plan/scan.h"
#include "decide/plan/search.h"
#include "decide/plan/tail_search.h"
#include "decide/plan/years.h"

namespace daytwo::decide::plan {
namespace {

// Nodes of a problem that is asked beside another.
constexpr std::size_t kNodesAgain = 20'000;
constexpr std::size_t kTailNodesAgain = 1'000;

}  // namespace

Result<Found> solve(const Problem& problem) {
  return problem.options.size() <= kScanOptions ? scan(problem, kRivals)
                                                : search(problem, kRivals, kNodes);
}

Result<Found> solve(const Problem& problem, const Found& free, const Tail& tail) {
  Found out = free;
  const auto breaks = [&](const Candidate& each) {
    return tail.years.tail(each.set) > tail.limit.loss;
  };
  std::erase_if(out.best, breaks);
  std::erase_if(out.frontier, breaks);
  const bool free_holds = !out.best.empty() && out.best.front().set == free.best.front().set;
  if (free_holds || (free.exact && !out.best.empty())) {
    if (free.exact) out.bound = out.best.front().net;
    return out;
  }
  TRY(Found searched,
      search_under_limit(problem, tail.years, tail.limit.loss, kRivals, kTailNodes));
  searched.frontier = std::move(out.frontier);
  return searched;
}

Result<Candidate> solve_again(const Problem& problem, const Tail* tail, double limit) {
  if (tail == nullptr) {
    TRY(const Found found, search(problem, 1, kNodesAgain));
    return found.best.front();
  }
  TRY(const Found found, search_under_limit(problem, tail->years, limit, 1, kTailNodesAgain));
  return found.best.front();
}

}  // namespace daytwo::decide::plan
