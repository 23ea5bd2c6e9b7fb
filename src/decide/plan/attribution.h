// Who earned what in a plan whose options overlap: standalone benefits count the same loss twice.
#pragma once

#include <vector>

#include "chance/seed.h"
#include "decide/plan/problem.h"

namespace daytwo::decide::plan {

// What one option of a plan contributes, before its cost.
struct Contribution {
  std::size_t option = 0;
  double alone = 0;    // if it were the only one
  double share = 0;    // Shapley value: its part of the whole; the parts sum to the whole
  double last_in = 0;  // what would be lost without it
};

// For each option of `set`, by number. Shares are exact up to kExactShares options [Shapley 1953],
// above by kOrders sampled orders [Castro, Gomez, Tejada 2009]. Same seed, same bits.
// REQUIRES: a valid problem.
[[nodiscard]] std::vector<Contribution> attribute(const Problem& problem, Set set,
                                                  chance::Seed seed);

// Options up to which all subsets are looked at: 2^15 of them.
inline constexpr std::size_t kExactShares = 15;
// Orders that are drawn above it: the error of a share is below 2 % of the option's worth alone.
inline constexpr std::size_t kOrders = 2000;

}  // namespace daytwo::decide::plan
