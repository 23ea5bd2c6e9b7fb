// Worlds of a plan: what is not known about its losses, costs and effects, drawn together. A plan
// is chosen by its mean over the worlds, and judged by how it stands in each of them. Thread rule:
// plain values.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "chance/estimate.h"
#include "chance/seed.h"
#include "decide/plan/problem.h"
#include "decide/plan/scan.h"

namespace daytwo::decide::plan {

using Draws = std::vector<double>;  // one a world

// One column for each uncertain number of a problem; all columns have `count` draws.
struct Worlds {
  std::size_t count = 0;
  std::vector<Draws> losses;              // by cause
  std::vector<Draws> costs;               // by option
  std::vector<Draws> values;              // by option
  std::vector<std::vector<Draws>> days;   // by option, team
  std::vector<std::vector<Draws>> stops;  // by option, effect
  std::vector<std::vector<Draws>> cuts;   // by option, effect
};

// `shape` with each number replaced by its mean over the worlds. Options act independently and
// nothing but a loss itself is shared between causes, so the best set of the means is the best set
// in expectation. REQUIRES: the columns of `shape`.
[[nodiscard]] Problem means(Problem shape, const Worlds& worlds);

// Net worth of `set` in each world, by the formula of outcome_of: as far as it is believed.
[[nodiscard]] Draws nets(const Problem& shape, const Worlds& worlds, Set set);

// How one set stands over the worlds.
struct Standing {
  chance::Estimate net;
  double chance_pays = 0;  // share of worlds in which it is worth more than doing nothing
  double chance_best = 0;  // share in which no rival is worth more
  double regret = 0;       // mean of what the best rival of each world is worth more
};

// How the rivals stand beside each other.
struct Standings {
  std::vector<Standing> sets;   // in the order of the rivals
  std::vector<double> in_best;  // by option: share of worlds in which it is in the best rival
};

// Compares the rivals in the same worlds. REQUIRES: at least one rival; the columns of `shape`.
// Cost: rivals times worlds times effects.
[[nodiscard]] Standings compare(const Problem& shape, const Worlds& worlds,
                                std::span<const Candidate> rivals, chance::Seed seed);

// The loss that `set` leaves, over the worlds, as far as it is believed.
[[nodiscard]] chance::Estimate remaining_loss(const Problem& shape, const Worlds& worlds, Set set,
                                              chance::Seed seed);

}  // namespace daytwo::decide::plan
