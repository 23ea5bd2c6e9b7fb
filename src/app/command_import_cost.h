// daytwo import cost FILE...: bills in FOCUS.
#pragma once

#include "app/command.h"

namespace daytwo::app {

struct World;

// Reads every FILE here, prints what it adds up to, and sends the sums to the server, unless
// --dry-run. The exit code: 3 when rows were left out.
[[nodiscard]] int run_import_cost(World& world, const Arguments& arguments);

}  // namespace daytwo::app
