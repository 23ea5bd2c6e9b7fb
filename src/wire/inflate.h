// Unpacking of gzip [RFC 1952] and zstd [RFC 8878] bytes, bounded: a small file that unpacks to
// terabytes costs its bound and an error.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace daytwo::wire {

// How bytes are packed, by their first ones.
enum class Packing { kNone, kGzip, kZstd };

// The packing that the magic number tells.
[[nodiscard]] Packing packing_of(std::string_view bytes);

// The plain bytes; `bytes` themselves when they are not packed. Several members or frames one after
// the other are joined. Errors: kLimit above `max_bytes`, kInvalid when broken or cut.
[[nodiscard]] Result<std::string> inflate(std::string_view bytes, std::size_t max_bytes);

}  // namespace daytwo::wire
