// Writes protobuf fields, so that tests build messages from the numbers of a specification.
// Thread rule: plain functions.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace daytwo::wire {

// Appends a base-128 varint.
inline void put_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80U; value >>= 7U) out += static_cast<char>(value | 0x80U);
  out += static_cast<char>(value);
}

// Appends a varint field.
inline void put_field(std::string& out, std::uint32_t number, std::uint64_t value) {
  put_varint(out, std::uint64_t{number} << 3U);
  put_varint(out, value);
}

// Appends a field of signed numbers in zigzag form (sint32, sint64).
inline void put_signed(std::string& out, std::uint32_t number, std::int64_t value) {
  put_field(out, number,
            (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63U));
}

// Appends a double field.
inline void put_double(std::string& out, std::uint32_t number, double value) {
  put_varint(out, std::uint64_t{number} << 3U | 1U);
  char bytes[sizeof(value)];
  std::memcpy(bytes, &value, sizeof(value));
  out.append(bytes, sizeof(value));
}

// Appends a text, bytes or message field.
inline void put_bytes(std::string& out, std::uint32_t number, std::string_view bytes) {
  put_varint(out, std::uint64_t{number} << 3U | 2U);
  put_varint(out, bytes.size());
  out += bytes;
}

}  // namespace daytwo::wire
