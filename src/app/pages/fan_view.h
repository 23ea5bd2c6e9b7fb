// The forecast of something that runs out, ready to be drawn.
#pragma once

#include <optional>

#include "api/view_base.h"
#include "facts/record.h"

namespace daytwo::app {

// The bands of the forecast that `record`, a run-out finding, was made from: as it was stored, not
// as it would be made now. Nothing for a finding without a trend.
[[nodiscard]] std::optional<api::Fan> fan_of(const facts::Record& record);

}  // namespace daytwo::app
