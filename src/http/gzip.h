// gzip members for bodies: what goes out compressed, and the console's files for clients that do
// not accept gzip. [RFC 1952, by zlib]
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace daytwo::http {

// One gzip member of `bytes`. `level` 1 (fast) to 9 (small). Never fails but for memory.
[[nodiscard]] std::string gzip(std::string_view bytes, int level);

// The content of one gzip member. Errors: kInvalid (broken), kLimit (larger than `max_bytes`).
[[nodiscard]] Result<std::string> gunzip(std::string_view bytes, std::size_t max_bytes);

// True when an Accept-Encoding header allows gzip: named (or "*") without q=0. [RFC 9110, 12.5.3]
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);

}  // namespace daytwo::http
