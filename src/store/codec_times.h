// The half of a frame that holds its times.
// Thread rule: pure functions.
#pragma once

#include <span>
#include <string>

#include "base/time.h"
#include "store/bytes.h"

namespace daytwo::store {

// How a frame's times are held; the number is in the file.
enum class TimeKind : std::uint8_t { kLinear = 0, kPacked = 1 };

// Appends the times and says in which form. Any values, also unsorted: arithmetic is modulo 2^64.
[[nodiscard]] TimeKind encode_times(std::span<const Timestamp> times, std::string& out);

// Fills `times`. Returns false when the bytes are no times.
[[nodiscard]] bool decode_times(TimeKind kind, ByteReader& in, std::span<Timestamp> times);

}  // namespace daytwo::store
