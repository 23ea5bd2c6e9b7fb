// Objectives and flows as pages show them.
#pragma once

#include <vector>

#include "api/view_service.h"
#include "app/pages/context.h"
#include "orient/objectives.h"

namespace daytwo::app {

// One row for each objective, in the order given.
[[nodiscard]] std::vector<api::ObjectiveRow> objective_rows(
    const std::vector<orient::ObjectiveStatus>& statuses);

// One row for each declared flow: its counters over the last hour, and what its newest finding
// says.
[[nodiscard]] std::vector<api::FlowRow> flow_rows(const PageContext& context);

}  // namespace daytwo::app
