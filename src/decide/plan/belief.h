// Belief: how much of what an option is said to bring may be counted on. Of many estimates the
// highest is too high on average, the more so the wider it is (the optimizer's curse) [Smith,
// Winkler 2006, Management Science 52:311]; whoever chooses by them as stated buys wide guesses. So
// what each option brings for a unit of its cost is drawn towards what the others bring for theirs,
// on X Thread rule: pure functions.
#pragma once

#include <vector>

#include "decide/plan/problem.h"
#include "decide/plan/worlds.h"

namespace daytwo::decide::plan {

// Fewer options that bring something have no group to be drawn to.
inline constexpr std::size_t kLeastGroup = 3;

// By option the share of what it brings by itself that is believed, in (0, 1]. Never above 1: what
// is below the group is not drawn up to it, since that would reward width where little is promised.
// Of two options that promise the same for the same cost, the wider is believed no more. 1 where an
// option costs nothing, may do harm or is certain. REQUIRES: the columns of `shape`.
// Cost: worlds times effects.
[[nodiscard]] std::vector<double> beliefs(const Problem& shape, const Worlds& worlds);

}  // namespace daytwo::decide::plan
