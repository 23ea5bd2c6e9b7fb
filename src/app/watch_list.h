// URLs that people asked to watch by command, kept beside the data: a file of its own, so that the
// configuration stays the user's.
#pragma once

#include <string>
#include <vector>

#include "app/config.h"
#include "env/files.h"

namespace daytwo::app {

// The list in `path`; empty when there is none. Errors: kInvalid with line and column.
[[nodiscard]] Result<std::vector<Watch>> read_watch_list(const env::Files& files,
                                                         const std::string& path);

// Replaces the list, durably.
[[nodiscard]] Result<void> write_watch_list(env::Files& files, const std::string& path,
                                            const std::vector<Watch>& watches);

}  // namespace daytwo::app
