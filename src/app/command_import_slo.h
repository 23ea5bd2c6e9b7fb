// daytwo import slo: objectives of Sloth, Pyrra and OpenSLO as a catalog, without a server.
#pragma once

#include "app/command.h"

namespace daytwo::app {

// Prints the catalog to stdout, and each change to stderr; the exit code: findings when something
// cannot be evaluated. REQUIRES: the first positional word is "slo".
[[nodiscard]] int run_import_slo(World& world, const Arguments& arguments);

}  // namespace daytwo::app
