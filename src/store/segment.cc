// segment:  8 bytes header, records back to back (record.cc)
#include "store/segment.h"

#include <fmt/format.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "base/result.h"
#include "store/record.h"

namespace daytwo::store {
namespace {

// The next offset at which a whole record begins; bytes.size() if there is none.
std::size_t next_record(std::string_view bytes, std::size_t offset) {
  FoundRecord found;
  while (offset < bytes.size() && !find_record(bytes, offset, found)) ++offset;
  return offset;
}

}  // namespace

std::uint8_t other_version(std::string_view bytes, std::string_view header) {
  const std::size_t magic = header.size() - 2;
  if (bytes.size() < header.size() || bytes.substr(0, magic) != header.substr(0, magic)) return 0;
  const auto version = static_cast<std::uint8_t>(bytes[magic]);
  if (bytes[magic] != bytes[magic + 1] || bytes[magic] == header[magic]) return 0;
  return version;
}

std::string segment_name(std::uint64_t number) { return fmt::format("{:08}.log", number); }

std::optional<std::uint64_t> segment_number(std::string_view name) {
  if (!name.ends_with(".log")) return std::nullopt;
  name.remove_suffix(4);
  std::uint64_t out = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), out);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return out;
}

SegmentFound read_segment(std::string_view bytes, const std::string& path,
                          const RecordVisitor& visitor) {
  SegmentFound out;
  std::size_t offset = 0;
  if (bytes.starts_with(kSegmentHeader)) {
    offset = kSegmentHeader.size();
    out.good_bytes = offset;
  }
  while (offset < bytes.size()) {
    FoundRecord record;
    if (!find_record(bytes, offset, record)) {
      const std::size_t next = next_record(bytes, offset + 1);
      if (next >= bytes.size()) {
        out.torn = true;
        break;
      }
      out.damages.push_back({path, offset, next - offset,
                             fmt::format("{} bytes of the log are no record", next - offset)});
      offset = next;
      continue;
    }
    if (const Result<void> visited = visit_record(record, visitor); !visited) {
      out.damages.push_back({path, offset, record.end - offset, visited.error().text});
    }
    ++out.records;
    offset = record.end;
    out.good_bytes = offset;
  }
  return out;
}

}  // namespace daytwo::store
