// Taking a block away: as whole or not at all as its coming.
#pragma once

#include <string>

#include "base/result.h"
#include "env/files.h"

namespace daytwo::store {

// Removes the block `name` of `directory`. A tree goes entry by entry, so the block first gets a
// temporary name, durably: a crash leaves a whole block or a directory which the next open removes.
// Readers that hold the block keep its mapped files. Absent is fine.
// Cost: one sync of the directory. Errors: kUnavailable; then the block stands, or is half gone
// under its temporary name.
[[nodiscard]] Result<void> remove_block(env::Files& files, const std::string& directory,
                                        const std::string& name);

}  // namespace daytwo::store
