// Reading objectives from the file of their service.
#pragma once

#include "base/diagnostic.h"
#include "base/id.h"
#include "model/objective.h"
#include "model/yaml.h"

namespace daytwo::model {

// One entry of `slos`. Problems are added, all of them.
[[nodiscard]] Objective read_objective(const YamlNode& node, const ServiceId& service,
                                       Diagnostics& problems);

}  // namespace daytwo::model
