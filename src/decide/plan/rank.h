// Rank: the options of a plan in the order of what each is worth beside it, honestly: what is
// believed (belief.h of this folder) beside what is stated, with the chance of being among the
// best, near ties said, and the order under other stakes [worth.md 11.1]. Thread rule: pure
// functions.
#pragma once

#include <cstddef>
#include <vector>

#include "decide/plan/problem.h"
#include "decide/plan/worlds.h"

namespace daytwo::decide::plan {

// One option beside the plan: of what is chosen what would be lost without it, of the others what
// it would add, each less its cost.
struct Rank {
  double stated = 0;
  double believed = 0;
  double in_top = 0;      // share of worlds in which it is among the `top` worth most
  std::size_t place = 0;  // by what is believed; 0 is the first
  double beats_next = 1;  // share of worlds in which it is worth more than the one a place below
};

// All options.
struct Ranking {
  std::vector<Rank> options;  // by option
  std::size_t top = 1;        // as many as are chosen, at least one
};

// Same worlds, same bits. REQUIRES: the columns of `shape`.
[[nodiscard]] Ranking rank(const Problem& shape, const Worlds& worlds, Set chosen);

// What options are worth beside the plan when every loss is `factor` times as large, as expected.
[[nodiscard]] std::vector<double> worth_at(const Problem& means, Set chosen, double factor);

// Pairs of options, and those of them that stand in the same order by `one` and by `other`.
struct Agreement {
  std::size_t pairs = 0;
  std::size_t same = 0;
};
[[nodiscard]] Agreement agreement(const std::vector<double>& one, const std::vector<double>& other);

}  // namespace daytwo::decide::plan
