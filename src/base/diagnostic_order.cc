#include "base/diagnostic_order.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <tuple>

namespace daytwo {

void sort_by_place(Diagnostics& problems) {
  std::map<std::string, std::size_t> met;  // files in the order in which they were read
  for (const Diagnostic& problem : problems) met.emplace(problem.file, met.size());
  const auto place = [&](const Diagnostic& problem) {
    return std::tuple(met.at(problem.file), problem.line, problem.column);
  };
  std::stable_sort(problems.begin(), problems.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
}

}  // namespace daytwo
