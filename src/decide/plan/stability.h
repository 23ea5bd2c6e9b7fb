// Stability: whether a plan is still the best when its numbers are wrong in a way that people's
// are: stakes twice or half as large, and options that bring all that is stated of them. Thread
// rule: plain values, pure functions.
#pragma once

#include <optional>
#include <vector>

#include "decide/plan/problem.h"
#include "decide/plan/rank.h"
#include "decide/plan/years.h"

namespace daytwo::decide::plan {

// The plan with every loss `factor` times as large.
struct AtStakes {
  double factor = 1;
  std::optional<Set> best;  // nothing where no choice keeps the floors or the limit on the tail
  Agreement order;          // of the options by what they are worth beside the plan
};

// All of them.
struct Stability {
  std::vector<AtStakes> stakes;  // twice, and half
  std::optional<Set> stated;     // the best set by what is stated
  double net_stated = 0;         // of the plan
};

// Floors and limits stay as they are. `tail` may be null. REQUIRES: `chosen` keeps the rules of
// `problem`.
[[nodiscard]] Stability stability_of(const Problem& problem, Set chosen, const Tail* tail);

}  // namespace daytwo::decide::plan
