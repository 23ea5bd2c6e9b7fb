// Study: what could be found out first, by how much work, and how much it would teach.
// Thread rule: plain values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "decide/worth/knowing.h"

namespace daytwo::decide::worth {

// What a study tells about some inputs together.
struct Finding {
  std::string about;  // as it was named: "ransom.size", "ransom"
  std::vector<std::size_t> inputs;
  double share = 0;          // of their spread that it explains
  std::optional<Test> test;  // of the only input
};

// A study, read. Without findings it looks at everything at once, and explains `share` of it.
struct Study {
  std::string name;
  std::vector<Finding> findings;
  double share = 0;
  double hours = 0;  // of work
  double money = 0;  // besides
  double delay_days = 0;
};

// Half a day, two days and five days of looking, always on the list (decide/worlds.h).
[[nodiscard]] std::vector<Study> generic();

}  // namespace daytwo::decide::worth
