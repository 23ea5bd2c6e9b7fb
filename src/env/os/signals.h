// Signals as values: blocked in all threads, taken by one.
#pragma once

#include <optional>

#include "base/time.h"

namespace daytwo::env::os {

// What the outside asks of a server.
enum class Request { kStop, kReload };

// Blocks SIGINT, SIGTERM, SIGHUP and ignores SIGPIPE for this thread and all it starts. Call first
// in main.
void block_signals();

// Waits for the next request; nothing when `timeout` passes.
[[nodiscard]] std::optional<Request> wait_for_request(Duration timeout);

// Ends the process at once on the next SIGINT: the second Ctrl-C means now.
void let_interrupt_kill();

}  // namespace daytwo::env::os
