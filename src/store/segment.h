// One file of the write-ahead log, as a reader sees it: a header, then records.
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/damage.h"
#include "store/record.h"

namespace daytwo::store {

// The eight bytes every segment begins with: a magic, and the format's version twice, so that a
// flipped bit is not taken for a newer format.
inline constexpr std::string_view kSegmentHeader{"D2-WAL\1\1", 8};

// The version in the eight bytes if they are the header of another version of the same magic; 0 if
// they are this version's, or no header at all.
[[nodiscard]] std::uint8_t other_version(std::string_view bytes, std::string_view header);

// "00000012.log".
[[nodiscard]] std::string segment_name(std::uint64_t number);

// The number in a name; nothing if the name is no segment's.
[[nodiscard]] std::optional<std::uint64_t> segment_number(std::string_view name);

// What reading a segment gave.
struct SegmentFound {
  std::size_t records = 0;
  std::size_t good_bytes = 0;   // up to the end of the last whole record
  bool torn = false;            // bytes after that are no record: an append that was cut off
  std::vector<Damage> damages;  // broken places with whole records after them
};

// Visits all whole records. A broken place is skipped up to the next whole record and named; what
// is broken up to the very end is `torn`, which is what a crash leaves of an unacknowledged append.
// Cost: one pass; after damage one CRC per plausible header.
[[nodiscard]] SegmentFound read_segment(std::string_view bytes, const std::string& path,
                                        const RecordVisitor& visitor);

}  // namespace daytwo::store
