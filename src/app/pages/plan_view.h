// The plan as the API and the command line show it.
#pragma once

#include "api/view_plan.h"
#include "base/time.h"
#include "decide/plan/planner.h"
#include "decide/plan/register.h"

namespace daytwo::app {

// `years` is the horizon the plan was made for.
[[nodiscard]] api::PlanPage plan_view(const decide::plan::Plan& plan, double years, Timestamp now);

// What each option costs, takes and does, as it was drawn. REQUIRES: the register of the plan.
void take_inputs(api::PlanPage& page, const decide::plan::Register& reg);

}  // namespace daytwo::app
