// Capacity: something that can be used up, as the file of its service declares it.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "base/time.h"
#include "model/yaml.h"

namespace daytwo::model {

// Something that fills: a use and its limit, as selectors, and how long new capacity takes.
struct Capacity {
  std::string used;
  std::string limit;
  Duration lead_time = days(14);
  bool operator==(const Capacity&) const = default;
};

// One entry of `capacity`. Problems are added, all of them.
[[nodiscard]] Capacity read_capacity(const YamlNode& node, Diagnostics& problems);

}  // namespace daytwo::model
