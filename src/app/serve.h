// Running a server until somebody asks it to stop; shared by serve and demo.
#pragma once

#include "app/settings.h"
#include "app/world.h"

namespace daytwo::app {

// Serves in the foreground; SIGINT or SIGTERM stops it in order, a second SIGINT at once, SIGHUP
// reloads. The exit code.
int serve(World& world, Settings settings);

}  // namespace daytwo::app
