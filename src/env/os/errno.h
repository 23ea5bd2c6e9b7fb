// From errno to Error: one table for all of env/os.
#pragma once

#include <source_location>
#include <string_view>

#include "base/error.h"

namespace daytwo::env::os {

// "opening PATH: No space left on device", with the code that env/files.h promises for this errno.
[[nodiscard]] Error errno_error(std::string_view doing, std::string_view path, int number,
                                std::source_location where = std::source_location::current());

}  // namespace daytwo::env::os
