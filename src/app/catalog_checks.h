// What the files of services say that only other rooms can check: queries parse, probes are URLs,
// whoever is to be paged is known. A mistake found here is one that nobody would see later: an
// objective whose query does not parse measures nothing, silently.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "model/people.h"
#include "model/service.h"

namespace daytwo::app {

// Adds the mistakes in `files` to `problems`, each at its word. Somebody to page who is not under
// `people` is a warning: pages go to the fallback. Files that are no YAML are passed over: reading
// the catalog tells of them.
void check_catalog(std::span<const model::CatalogFile> files, const model::People& people,
                   std::vector<std::string>& warnings, Diagnostics& problems);

}  // namespace daytwo::app
