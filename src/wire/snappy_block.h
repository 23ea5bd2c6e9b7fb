// Snappy's block format, bounded: the packing of remote write and remote read.
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace daytwo::wire {

// Unpacks `body`. Errors: kInvalid (no snappy, damaged, or declares more
// than so few bytes can hold), kLimit (declares more than `max_bytes`;
// nothing is allocated for it).
[[nodiscard]] Result<std::string> unpack_snappy(std::string_view body, std::size_t max_bytes);

// Packs `bytes`.
[[nodiscard]] std::string pack_snappy(std::string_view bytes);

}  // namespace daytwo::wire
