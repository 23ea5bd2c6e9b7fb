// The half of a frame that holds its values.
// Thread rule: pure functions.
#pragma once

#include <span>
#include <string>

#include "store/bytes.h"

namespace daytwo::store {

// How a frame's values are held; the number is in the file.
enum class ValueKind : std::uint8_t { kConstant = 0, kDecimal = 1, kXor = 2, kRaw = 3, kRanks = 4 };

// Appends the values and says in which form.
[[nodiscard]] ValueKind encode_values(std::span<const double> values, std::string& out);

// Fills `values` bit for bit. Returns false when the bytes are no values.
[[nodiscard]] bool decode_values(ValueKind kind, ByteReader& in, std::span<double> values);

}  // namespace daytwo::store
