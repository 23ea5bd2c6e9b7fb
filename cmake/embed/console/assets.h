// The web console inside the binary: every file of its build, gzip-compressed when we were built.
// Thread rule: constants; any thread may read.
#pragma once

#include <span>
#include <string_view>

namespace daytwo::console {

// One file of the console.
struct Asset {
  std::string_view path;          // from the root, without prefix: "/index.html"
  std::string_view content_type;  // with charset where it is text
  std::string_view etag;          // quoted, of the uncompressed bytes
  std::string_view gzip;          // the whole file as one gzip member
  bool immutable;                 // its name carries a hash of its bytes: may be cached for ever
};

// All files, ordered by path. Holds "/index.html" always: a stub page when built without console.
std::span<const Asset> assets();

}  // namespace daytwo::console
