#include "decide/plan/rules.h"

#include <cstddef>

#include "decide/plan/problem.h"

namespace daytwo::decide::plan {

Rules::Rules(const Problem& problem)
    : needs_(problem.options.size()), closures_(needs_), excludes_(needs_) {
  for (std::size_t i = 0; i < needs_.size(); ++i) {
    for (const std::size_t other : problem.options[i].needs) needs_[i] |= only(other);
    for (const std::size_t other : problem.options[i].excludes) {
      excludes_[i] |= only(other);
      excludes_[other] |= only(i);
    }
    closures_[i] = only(i) | needs_[i];
    if (!problem.options[i].barred.empty()) barred_ |= only(i);
  }
  bool grows = true;
  while (grows) {
    grows = false;
    for (Set& closure : closures_) {
      Set next = closure;
      for (const std::size_t member : Members(closure)) {
        next |= closures_[member];
      }
      grows = grows || next != closure;
      closure = next;
    }
  }
  for (std::size_t i = 0; i < needs_.size(); ++i) {
    if (problem.options[i].must) musts_ |= closures_[i];
  }
}

bool Rules::may(Set set, Set known) const {
  if ((musts_ & known & ~set) != 0 || (set & barred_) != 0) return false;
  for (const std::size_t option : Members(set)) {
    if ((needs_[option] & known & ~set) != 0 || (excludes_[option] & set) != 0) return false;
  }
  return true;
}

Set Rules::excluded_by(Set set) const {
  Set out = barred_;
  for (const std::size_t member : Members(set)) out |= excludes_[member];
  return out;
}

}  // namespace daytwo::decide::plan
