// Beside: one option beside a plan: the set with it, and the set without.
// Thread rule: pure functions.
#pragma once

#include <cstddef>

#include "decide/plan/problem.h"

namespace daytwo::decide::plan {

struct Beside {
  Set with = 0;
  Set without = 0;
};

// Of a chosen option: the plan, and the plan without it and without what needs it. Of another: the
// plan with it, with what it needs and without what those exclude; and the plan. REQUIRES: a valid
// problem.
[[nodiscard]] Beside beside(const Problem& problem, Set chosen, std::size_t option);

}  // namespace daytwo::decide::plan
