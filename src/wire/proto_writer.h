// Writes protobuf fields [Protocol Buffers encoding specification]: what requests of ours, and
// messages that tests build from the numbers of a specification, are made of.
// Thread rule: plain functions.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace daytwo::wire {

// Appends a base-128 varint.
inline void put_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80U; value >>= 7U) out += static_cast<char>(value | 0x80U);
  out += static_cast<char>(value);
}

// Appends a varint field. Negative int64 values go as their two's complement.
inline void put_field(std::string& out, std::uint32_t number, std::uint64_t value) {
  put_varint(out, std::uint64_t{number} << 3U);
  put_varint(out, value);
}

// Appends a double field.
inline void put_double(std::string& out, std::uint32_t number, double value) {
  put_varint(out, std::uint64_t{number} << 3U | 1U);
  const auto bits = std::bit_cast<std::uint64_t>(value);
  for (unsigned shift = 0; shift < 64; shift += 8) out += static_cast<char>(bits >> shift);
}

// Appends a text, bytes or message field.
inline void put_bytes(std::string& out, std::uint32_t number, std::string_view bytes) {
  put_varint(out, std::uint64_t{number} << 3U | 2U);
  put_varint(out, bytes.size());
  out += bytes;
}

}  // namespace daytwo::wire
