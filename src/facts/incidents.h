// What the journal knows of incidents that ended.
#pragma once

#include "facts/journal.h"
#include "model/mending.h"

namespace daytwo::facts {

// Hours of each incident that ended, by service. Cost: one pass over the incidents.
[[nodiscard]] model::IncidentHours incident_hours(const Snapshot& snapshot);

}  // namespace daytwo::facts
