#include "model/zone/zone.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "model/zone/yearly_rule.h"

namespace daytwo::model {
namespace {

// Widest offset there may be (RFC 8536, 3.2: strictly within -25 and 26 hours is expected of all).
constexpr Duration kWidest = hours(26);
constexpr std::size_t kHeaderBytes = 44;
constexpr std::size_t kTypeBytes = 6;
// Instants beyond these are in no zone file that makes sense; kept clear of overflow.
constexpr std::int64_t kFarSeconds = std::int64_t{1} << 40U;

// Counts of a header, in the order in which they stand (RFC 8536, 3.1).
struct Header {
  char version = 0;
  std::uint32_t ut_flags = 0;
  std::uint32_t standard_flags = 0;
  std::uint32_t leaps = 0;
  std::uint32_t changes = 0;
  std::uint32_t types = 0;
  std::uint32_t letters = 0;

  // Of the data that follow, with times of `time_bytes`.
  [[nodiscard]] std::uint64_t data_bytes(std::uint64_t time_bytes) const {
    return std::uint64_t{changes} * (time_bytes + 1) + std::uint64_t{types} * kTypeBytes + letters +
           std::uint64_t{leaps} * (time_bytes + 4) + standard_flags + ut_flags;
  }
};

template <typename T>
T big_endian(std::string_view bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    value = (value << 8U) | static_cast<std::uint8_t>(bytes[at + i]);
  }
  return static_cast<T>(value);
}

std::optional<Header> parse_header(std::string_view bytes) {
  if (bytes.size() < kHeaderBytes || !bytes.starts_with("TZif")) return std::nullopt;
  const auto count = [&](std::size_t place) { return big_endian<std::uint32_t>(bytes, place); };
  return Header{bytes[4], count(20), count(24), count(28), count(32), count(36), count(40)};
}

// Where the offset of one instant ends and the next begins.
struct Change {
  Timestamp at;
  Duration offset;
};

}  // namespace

struct Zone::Rules {
  Duration first;               // before all changes
  std::vector<Change> changes;  // in order
  std::optional<YearlyRule> after;

  // The changes up to `at`, as a count.
  [[nodiscard]] std::size_t passed(Timestamp at) const {
    const auto next =
        std::upper_bound(changes.begin(), changes.end(), at,
                         [](Timestamp wanted, const Change& each) { return wanted < each.at; });
    return static_cast<std::size_t>(next - changes.begin());
  }
};

namespace {

// The listed changes of one block of data; nothing if it is damaged.
struct Block {
  Duration first;
  std::vector<Change> changes;
};

std::optional<Block> parse_block(std::string_view bytes, const Header& header,
                                 std::size_t time_bytes) {
  if (header.types == 0 || header.types > 256) return std::nullopt;
  const std::size_t kinds = header.changes * time_bytes;
  const std::size_t types = kinds + header.changes;
  std::vector<Duration> offsets;
  for (std::size_t i = 0; i < header.types; ++i) {
    const Duration offset = seconds(big_endian<std::int32_t>(bytes, types + i * kTypeBytes));
    if (offset > kWidest || -offset > kWidest) return std::nullopt;
    offsets.push_back(offset);
  }
  Block out{offsets.front(), {}};
  out.changes.reserve(header.changes);
  for (std::size_t i = 0; i < header.changes; ++i) {
    const std::int64_t at = time_bytes == 8 ? big_endian<std::int64_t>(bytes, i * 8)
                                            : big_endian<std::int32_t>(bytes, i * 4);
    const auto kind = static_cast<std::uint8_t>(bytes[kinds + i]);
    if (kind >= header.types) return std::nullopt;
    const Timestamp when{std::clamp(at, -kFarSeconds, kFarSeconds) * 1000};
    if (!out.changes.empty() && when < out.changes.back().at) return std::nullopt;
    out.changes.push_back({when, offsets[kind]});
  }
  return out;
}

}  // namespace

Zone Zone::fixed(Duration east) {
  Zone out;
  out.fixed_ = east;
  if (east.ms == 0) return out;
  const std::int64_t minutes = (east.ms < 0 ? -east.ms : east.ms) / 60'000;
  out.name_ = fmt::format("{}{:02}:{:02}", east.ms < 0 ? '-' : '+', minutes / 60, minutes % 60);
  return out;
}

Result<Zone> Zone::parse(std::string name, std::string_view bytes) {
  const auto damaged = [&](std::string_view what) {
    return fail(Code::kCorrupt, fmt::format("zone {} is damaged: {}", name, what));
  };
  auto header = parse_header(bytes);
  if (!header) return damaged("it does not begin as a compiled zone (TZif)");
  std::size_t time_bytes = 4;
  std::string_view data = bytes.substr(kHeaderBytes);
  if (header->data_bytes(time_bytes) > data.size()) return damaged("it ends too early");
  if (header->version >= '2') {
    // All again with 8 bytes a time; what went before is for readers of version 1.
    data.remove_prefix(static_cast<std::size_t>(header->data_bytes(time_bytes)));
    header = parse_header(data);
    if (!header) return damaged("its second part does not begin as one");
    data.remove_prefix(kHeaderBytes);
    time_bytes = 8;
    if (header->data_bytes(time_bytes) > data.size()) return damaged("it ends too early");
  }
  auto block = parse_block(data, *header, time_bytes);
  if (!block) return damaged("its changes are out of order or have no offset");
  auto rules = std::make_shared<Rules>();
  rules->first = block->first;
  rules->changes = std::move(block->changes);
  std::string_view footer = data.substr(static_cast<std::size_t>(header->data_bytes(time_bytes)));
  if (time_bytes == 8) {
    if (!footer.starts_with('\n') || footer.find('\n', 1) == std::string_view::npos) {
      return damaged("the rule at its end is missing");
    }
    footer = footer.substr(1, footer.find('\n', 1) - 1);
    if (!footer.empty()) {
      rules->after = parse_yearly_rule(footer);
      if (!rules->after) return damaged(fmt::format("'{}' is no yearly rule", to_utf8(footer)));
    }
  }
  Zone out;
  out.name_ = std::move(name);
  out.rules_ = std::move(rules);
  return out;
}

Duration Zone::offset_at(Timestamp at) const {
  if (rules_ == nullptr) return fixed_;
  const std::size_t passed = rules_->passed(at);
  const std::optional<YearlyRule>& after = rules_->after;
  if (passed == rules_->changes.size() && after) return after->offset_at(at);
  return passed == 0 ? rules_->first : rules_->changes[passed - 1].offset;
}

WallTime Zone::wall(Timestamp at) const { return {Duration{at.ms} + offset_at(at)}; }

std::optional<Timestamp> Zone::next_change(Timestamp at) const {
  if (rules_ == nullptr) return std::nullopt;
  const std::size_t passed = rules_->passed(at);
  if (passed < rules_->changes.size()) return rules_->changes[passed].at;
  const std::optional<YearlyRule>& after = rules_->after;
  return after ? after->next_change(at) : std::nullopt;
}

Timestamp Zone::instant(WallTime wall) const {
  // The clock shows less than `wall` here, whatever the zone; from here on, change by change.
  Timestamp from = Timestamp{wall.since_epoch.ms} - kWidest - hours(1);
  while (true) {
    const Timestamp shown = Timestamp{wall.since_epoch.ms} - offset_at(from);
    const auto next = next_change(from);
    if (!next || shown < *next) return std::max(shown, from);
    from = *next;
  }
}

Result<Zone> zone_of(std::string_view text, const FindZone& find) {
  if (text == "UTC" || text == "Z") return Zone();
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return find(text);
  const auto two = [&](std::size_t place) {
    int value = -1;
    const char* const end = text.data() + place + 2;
    const auto done = std::from_chars(text.data() + place, end, value);
    return done.ec == std::errc() && done.ptr == end ? value : -1;
  };
  const bool formed = text.size() == 6 && text[3] == ':';
  const int hour = formed ? two(1) : -1;
  const int minute = formed ? two(4) : -1;
  const Duration span = hours(hour) + minutes(minute);
  if (hour < 0 || minute < 0 || minute > 59 || span > hours(14)) {
    return fail(Code::kInvalid,
                fmt::format("'{}' is no offset: +hh:mm is, up to 14 hours", to_utf8(text)));
  }
  return Zone::fixed(text[0] == '-' ? -span : span);
}

}  // namespace daytwo::model
