// Dependency: what a service needs to work, as its file declares it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/diagnostic.h"
#include "base/id.h"
#include "model/place.h"
#include "model/yaml.h"

namespace daytwo::model {

// What a service needs. Several names in `on` are alternatives of which `need` must work.
struct Dependency {
  std::vector<ServiceId> on;
  bool critical = true;
  std::int64_t need = 1;
  double share = 1;  // of requests that need it
  bool fallback = false;
  // Of several: the share of the failures of one that takes all of them; p05, p50, p95.
  std::array<double, 3> beta = {0, 0, 0};
  std::int64_t tries = 1;
  double persistent = 1;  // the share of failures that the next try meets again
  Place place;            // where it is written

  // Of the requests, those that fail with it: none where there is a way around it.
  [[nodiscard]] double needed_share() const { return critical && !fallback ? share : 0; }
  bool operator==(const Dependency&) const = default;
};

// One entry of `depends`: a name, or a map. Problems are added, all of them.
[[nodiscard]] Dependency read_dependency(const YamlNode& node, Diagnostics& problems);

}  // namespace daytwo::model
