// The rules between options, as masks.
// Thread rule: immutable after construction.
#pragma once

#include <cstddef>
#include <vector>

#include "decide/plan/problem.h"

namespace daytwo::decide::plan {

class Rules {
 public:
  // REQUIRES: indices of the problem are in range.
  explicit Rules(const Problem& problem);

  // Whether a set that holds `set` and nothing else of `known` can keep the rules.
  [[nodiscard]] bool may(Set set, Set known) const;
  // `option` with all that it needs, and what they need.
  [[nodiscard]] Set with_needs(std::size_t option) const { return closures_[option]; }
  // Options that cannot stand beside `set`, with those that cannot be taken at all.
  [[nodiscard]] Set excluded_by(Set set) const;
  // The smallest set with all must-dos and all that they need.
  [[nodiscard]] Set musts() const { return musts_; }

 private:
  Set musts_ = 0;
  Set barred_ = 0;
  std::vector<Set> needs_;
  std::vector<Set> closures_;
  std::vector<Set> excludes_;  // both ways
};

}  // namespace daytwo::decide::plan
