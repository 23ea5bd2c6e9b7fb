// Solve: the best sets of a problem, by whichever way is exact for its size, with or without a
// limit on the tail.
// Thread rule: pure functions.
#pragma once

#include <cstddef>

#include "base/result.h"
#include "decide/plan/problem.h"
#include "decide/plan/scan.h"
#include "decide/plan/years.h"

namespace daytwo::decide::plan {

// Sets that are compared world by world.
inline constexpr std::size_t kRivals = 64;
// Nodes of the search above kScanOptions options: seconds, the same on every machine.
inline constexpr std::size_t kNodes = 200'000;
// Nodes under a limit on the tail, which cost more.
inline constexpr std::size_t kTailNodes = 10'000;

// Without a limit on the tail. Errors: as scan().
[[nodiscard]] Result<Found> solve(const Problem& problem);

// The best of the best sets without the limit that keeps it is the best that keeps it; where none
// of them does, a search with the limit in its bound. A point of the frontier that keeps the limit
// is one of the frontier under it. `free` is solve(problem). Errors: as search_under_limit().
[[nodiscard]] Result<Found> solve(const Problem& problem, const Found& free, const Tail& tail);

// The best set of a problem that is near one solved before, by a search of a fraction of the nodes;
// `limit` is the tail's for this problem. Errors: as above.
[[nodiscard]] Result<Candidate> solve_again(const Problem& problem, const Tail* tail, double limit);

}  // namespace daytwo::decide::plan
