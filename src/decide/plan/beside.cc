#include "decide/plan/beside.h"

#include <cstddef>

#include "decide/plan/problem.h"
#include "decide/plan/rules.h"

namespace daytwo::decide::plan {

Beside beside(const Problem& problem, Set chosen, std::size_t option) {
  const Rules rules(problem);
  if (!has(chosen, option)) {
    const Set joins = rules.with_needs(option);
    return {(chosen & ~rules.excluded_by(joins)) | joins, chosen};
  }
  Set without = chosen;
  for (const std::size_t other : Members(chosen)) {
    if (has(rules.with_needs(other), option)) without &= ~only(other);
  }
  return {chosen, without};
}

}  // namespace daytwo::decide::plan
