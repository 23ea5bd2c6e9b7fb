// Routes of the process itself: health, readiness, reload, own metrics, version, the description
// of the API.
// Thread rule: called once, at start.
#pragma once

#include "api/route.h"
#include "api/services.h"
#include "base/metrics.h"

namespace daytwo::api {

// Adds them. `lifecycle` is --web.enable-lifecycle: without it /-/reload and /-/quit are refused.
// The description shows what `table` holds when it is asked for.
void add_system_routes(RouteTable& table, ProcessService& process, const Registry& registry,
                       bool lifecycle);

}  // namespace daytwo::api
