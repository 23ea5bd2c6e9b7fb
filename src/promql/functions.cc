#include "promql/functions.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "promql/families.h"

namespace daytwo::promql {
namespace {

std::vector<Function> collect() {
  std::vector<Function> all;
  for (const auto family : {counter_functions(), over_time_functions(), regression_functions(),
                            math_functions(), date_functions(), label_functions(),
                            shape_functions(), bucket_functions(), native_functions()}) {
    all.insert(all.end(), family.begin(), family.end());
  }
  std::sort(all.begin(), all.end(),
            [](const Function& a, const Function& b) { return a.name < b.name; });
  return all;
}

}  // namespace

std::span<const Function> functions() {
  static const std::vector<Function> kTable = collect();
  return kTable;
}

const Function* find_function(std::string_view name) {
  const auto all = functions();
  const auto it = std::lower_bound(
      all.begin(), all.end(), name,
      [](const Function& function, std::string_view wanted) { return function.name < wanted; });
  return it != all.end() && it->name == name ? &*it : nullptr;
}

}  // namespace daytwo::promql
