// The manifest of a block: what it is, what it holds, and the checksums of its index. It is written
// last, so a block without a whole manifest was never finished.
// Thread rule: plain values.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "series/source.h"

namespace daytwo::store {

// A checked run of bytes of the index file.
struct Section {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::uint32_t crc = 0;
};

// Sections of the index, in this order in the file.
enum class SectionKind : std::uint8_t { kSymbols, kSeries, kPostings };
inline constexpr std::size_t kSectionCount = 3;
inline constexpr std::array<std::string_view, kSectionCount> kSectionNames = {"symbols", "series",
                                                                              "postings"};

struct Manifest {
  std::uint64_t id = 0;
  std::uint64_t order = 0;        // of equal times the sample of the lower order wins
  std::uint64_t log_through = 0;  // log segments up to this one are in the block; 0 = none
  series::TimeRange range;        // first and last sample
  std::uint64_t series = 0;
  std::uint64_t samples = 0;
  std::uint64_t frames_bytes = 0;
  std::array<Section, kSectionCount> sections;
  std::vector<std::uint64_t> replaces;  // blocks that were merged into this one
};

// The file's bytes, with magic, version and CRC32C.
[[nodiscard]] std::string encode_manifest(const Manifest& manifest);

// Errors: kCorrupt (no manifest, cut, CRC), kConflict (a version this program does not know).
[[nodiscard]] Result<Manifest> decode_manifest(std::string_view bytes);

// Before the name of a block that is not whole: one being written or being removed. The next open
// removes it.
inline constexpr std::string_view kTemporaryPrefix = "tmp-";

// Name of a block's directory: 16 hex digits of its id.
[[nodiscard]] std::string block_name(std::uint64_t id);

}  // namespace daytwo::store
