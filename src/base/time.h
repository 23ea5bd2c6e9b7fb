// Instants and spans: int64 milliseconds in a type, never a bare number.
// Ranges are half-open [from, to) unless a declaration says otherwise; PromQL's windows are (from,
// to].
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "base/result.h"

namespace daytwo {

// A span of time in milliseconds; may be negative. Arithmetic wraps nowhere: callers keep it within
// +-292 million years.
struct Duration {
  std::int64_t ms = 0;

  auto operator<=>(const Duration&) const = default;
  constexpr Duration operator-() const { return {-ms}; }
  constexpr Duration operator+(Duration other) const { return {ms + other.ms}; }
  constexpr Duration operator-(Duration other) const { return {ms - other.ms}; }
  constexpr Duration operator*(std::int64_t factor) const { return {ms * factor}; }
  [[nodiscard]] constexpr double seconds() const { return static_cast<double>(ms) / 1000.0; }
  [[nodiscard]] constexpr double hours() const { return static_cast<double>(ms) / 3.6e6; }
  [[nodiscard]] constexpr double days() const { return static_cast<double>(ms) / 8.64e7; }
};

// Spans by unit: `seconds(10)`.
constexpr Duration milliseconds(std::int64_t count) { return {count}; }
constexpr Duration seconds(std::int64_t count) { return {count * 1000}; }
constexpr Duration minutes(std::int64_t count) { return {count * 60'000}; }
constexpr Duration hours(std::int64_t count) { return {count * 3'600'000}; }
constexpr Duration days(std::int64_t count) { return {count * 86'400'000}; }

// One year as worth.md defines it: 365.25 days = 8,766 hours.
inline constexpr double kHoursPerYear = 8766.0;
inline constexpr double kDaysPerYear = 365.25;

// An instant: milliseconds since the epoch, UTC.
struct Timestamp {
  std::int64_t ms = 0;

  auto operator<=>(const Timestamp&) const = default;
  constexpr Timestamp operator+(Duration span) const { return {ms + span.ms}; }
  constexpr Timestamp operator-(Duration span) const { return {ms - span.ms}; }
  constexpr Duration operator-(Timestamp other) const { return {ms - other.ms}; }
};

// Bounds that sums of a timestamp and a duration stay clear of.
inline constexpr Timestamp kMinTimestamp{std::numeric_limits<std::int64_t>::min() / 4};
inline constexpr Timestamp kMaxTimestamp{std::numeric_limits<std::int64_t>::max() / 4};

// "2026-11-22T17:00:00.123Z"; milliseconds are dropped when 0.
[[nodiscard]] std::string to_rfc3339(Timestamp at);

// Reads RFC 3339 with zone ("Z" or +hh:mm), any number of fraction digits (cut at ms). Errors:
// kInvalid.
[[nodiscard]] Result<Timestamp> parse_rfc3339(std::string_view text);

// "2d 4h", "35s", "120ms": the two largest units, for people. "0s" for zero; a leading "-" when
// negative.
[[nodiscard]] std::string to_words(Duration span);

// Prometheus style, "1h30m", "5m", "500ms", exact. "0s" for zero.
[[nodiscard]] std::string to_string(Duration span);

// Reads Prometheus style: "1h30m", "2d", "1w", "1y" (365 d), "500ms"; units in falling order, each
// once. Errors: kInvalid.
[[nodiscard]] Result<Duration> parse_duration(std::string_view text);

}  // namespace daytwo
