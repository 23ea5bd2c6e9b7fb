// What this binary was built from.
// Thread rule: constants; any thread may read.
#pragma once

#include <string_view>

namespace daytwo {

// Version of the product and revision of its source.
struct BuildFacts {
  std::string_view version;   // "0.1.0"
  std::string_view revision;  // twelve hex digits of the commit, or "unknown"
  std::string_view compiler;  // "Clang 19.1.7"
  std::string_view kind;      // "release" or "debug"
};

// The facts of the running binary. Never fails; the text lives as long as the program.
BuildFacts build_facts();

}  // namespace daytwo
