// Hashes: XXH3 for tables and identities, CRC32C for what lies on disk.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace daytwo {

// XXH3 64 bit of the bytes. Stable across versions: it may be stored.
[[nodiscard]] std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);

// CRC32C (Castagnoli, reflected 0x82F63B78) of the bytes, continued from `before` (0 to start). RFC
// 3720 appendix B.4 gives vectors.
[[nodiscard]] std::uint32_t crc32c(std::string_view bytes, std::uint32_t before = 0);

// Lower-case hex of the bytes.
[[nodiscard]] std::string to_hex(std::string_view bytes);

// The first 12 hex digits of hash64: short ids for people (48 bits).
[[nodiscard]] std::string short_id(std::string_view bytes);

}  // namespace daytwo
