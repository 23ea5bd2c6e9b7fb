// The zones that this host knows: the compiled files of the IANA database.
#pragma once

#include "env/files.h"
#include "model/zone/zone.h"

namespace daytwo::app {

// Finds zones below /usr/share/zoneinfo. `files` must outlive what is returned.
// Errors of a find: kInvalid with the nearest name, or with what to do where this host has none.
[[nodiscard]] model::FindZone zones_of(const env::Files& files);

}  // namespace daytwo::app
