// Holders: from a socket or a process to the service of the catalog that it is.
#pragma once

#include <string_view>
#include <vector>

#include "facts/sighting.h"
#include "model/service.h"
#include "orient/detector.h"

namespace daytwo::orient {

using Processes = std::vector<Seen<facts::ProcessSeen>>;

// Whether `command`, as a process shows it, runs what `runs` of a service names with its first
// arguments: "/usr/bin/daytwo demo service search" runs "daytwo demo service search".
[[nodiscard]] bool is_run_by(std::string_view command, std::string_view runs);

// The service that `process` is: by workload, executable, name or command, the first that the
// catalog knows; null if none. One executable may run several services.
[[nodiscard]] const model::Service* service_of(const facts::ProcessSeen& process,
                                               const model::Catalog& catalog);

// The process of `processes` that holds `listener`, or null when none of its pids is among them.
[[nodiscard]] const facts::ProcessSeen* holder_of(const facts::ListenerSeen& listener,
                                                  const Processes& processes);

// The service that holds `listener`: by its own workload and executable, else by its process.
[[nodiscard]] const model::Service* holding_service(const facts::ListenerSeen& listener,
                                                    const Processes& processes,
                                                    const model::Catalog& catalog);

}  // namespace daytwo::orient
