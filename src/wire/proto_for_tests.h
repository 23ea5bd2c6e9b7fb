// What tests write of protobuf besides proto_writer.h.
// Thread rule: plain functions.
#pragma once

#include <cstdint>
#include <string>

#include "wire/proto_writer.h"

namespace daytwo::wire {

// Appends a field of signed numbers in zigzag form (sint32, sint64).
inline void put_signed(std::string& out, std::uint32_t number, std::int64_t value) {
  put_field(out, number,
            (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63U));
}

}  // namespace daytwo::wire
