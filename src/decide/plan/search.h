// The answer for more options than can be looked at one set at a time: best first branch and bound.
// The bound: what an option adds falls the more others are taken (losses multiply), so the gain of
// any larger set is at most what its options add one by one to the set at hand, and of those the
// budget pays at best a fractional knapsack [Nemhauser, Wolsey, Fisher 1978, prop. 2.1;
// Dantzig 1957].
#pragma once

#include <cstddef>

#include "base/result.h"
#include "decide/plan/problem.h"
#include "decide/plan/scan.h"

namespace daytwo::decide::plan {

// The `most` best sets met, the best of them proven when `bound` equals its net; else the
// difference is the gap. Stops after `nodes` nodes: work, not time, so that the answer is the same
// everywhere. The frontier is empty. Errors: as scan(). REQUIRES: most > 0, nodes > 0. Cost: a node
// takes options times causes operations, about a microsecond, and 32 bytes.
[[nodiscard]] Result<Found> search(const Problem& problem, std::size_t most, std::size_t nodes);

}  // namespace daytwo::decide::plan
