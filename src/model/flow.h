// Flow: a stage that is counted on both ends, as the file of its service declares it.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "base/id.h"
#include "model/yaml.h"

namespace daytwo::model {

// Both ends of a stage: counters of what was received, processed and dropped, and a gauge of what
// is in flight; selectors as text.
struct Flow {
  std::string name;
  ServiceId service;
  std::string received;
  std::string processed;
  std::string dropped;    // may be empty
  std::string in_flight;  // may be empty
  bool operator==(const Flow&) const = default;
};

// One entry of `flows`. Problems are added, all of them.
[[nodiscard]] Flow read_flow(const YamlNode& node, const ServiceId& service, Diagnostics& problems);

}  // namespace daytwo::model
