// The best set under a limit on the tail: best first branch and bound. The tail of a set is at
// least its mean under any weights of years that make a tail (the dual form of CVaR), and that mean
// falls by at most what its options take off one by one, as the expected loss does; so the limit
// enters the bound as one more row: what joins must reach what is still too much [Rockafellar,
// Uryasev 2000; Nemhauser, Wolsey, Fisher 1978]. Sets that break the limit with all that may still
// join are dropped, since the tail never rises when an option joins.
#pragma once

#include <cstddef>

#include "base/result.h"
#include "decide/plan/problem.h"
#include "decide/plan/scan.h"
#include "decide/plan/tail.h"

namespace daytwo::decide::plan {

// The `most` best sets met that keep all rules and the limit; the best is proven when `bound`
// equals its net, else the difference is the gap. Stops after `nodes` nodes: work, not time. The
// frontier is empty. Errors: as scan(); kInvalid when no set keeps the limit: what the rules allow
// at least, and with what. REQUIRES: most > 0, nodes > 0; the options of `years` are those of
// `problem`. Cost: a node takes some operations an event that matters, and some an option.
[[nodiscard]] Result<Found> search_under_limit(const Problem& problem, const TailYears& years,
                                               double limit, std::size_t most, std::size_t nodes);

// The set of the least tail that keeps the rules.
struct LeastTail {
  Set set = 0;
  double tail = 0;
  double bound = 0;  // no set can be below; equals `tail` when proven
  bool found = false;
};
[[nodiscard]] LeastTail least_tail(const Problem& problem, const TailYears& years,
                                   std::size_t nodes);

}  // namespace daytwo::decide::plan
