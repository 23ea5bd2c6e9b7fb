// Dependency: what a service needs to work, as its file declares it.
#pragma once

#include <cstdint>
#include <vector>

#include "base/diagnostic.h"
#include "base/id.h"
#include "model/yaml.h"

namespace daytwo::model {

// What a service needs. Several names in `on` are alternatives of which `need` must work.
struct Dependency {
  std::vector<ServiceId> on;
  bool critical = true;
  std::int64_t need = 1;
  double share = 1;  // of requests that need it
  bool fallback = false;
  bool operator==(const Dependency&) const = default;
};

// One entry of `depends`: a name, or a map. Problems are added, all of them.
[[nodiscard]] Dependency read_dependency(const YamlNode& node, Diagnostics& problems);

}  // namespace daytwo::model
