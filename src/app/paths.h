// Paths that users write: globs in the last parts, relative to the file that names them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "env/files.h"

namespace daytwo::app {

// The folder of `path`; "." when it has none.
[[nodiscard]] std::string folder_of(const std::string& path);

// `path` below `folder`, unless it is absolute.
[[nodiscard]] std::string below(const std::string& folder, const std::string& path);

// Whether `name` fits `pattern`, in which * stands for any run of characters and ? for one.
[[nodiscard]] bool fits(std::string_view pattern, std::string_view name);

// Files that fit `pattern` ("services/*.yml"), sorted; a pattern without * or ? is the path itself,
// found or not. A folder that is not there gives none.
[[nodiscard]] std::vector<std::string> expand(const env::Files& files, const std::string& pattern);

}  // namespace daytwo::app
