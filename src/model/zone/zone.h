// Time zones by the rules of the IANA database: what a wall clock shows at an instant, and when it
// shows a given time. Nothing is assumed about a change's size, sign or hour.
// Thread rule: plain values.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace daytwo::model {

// What a wall clock shows: milliseconds since its own 1970-01-01 00:00, without a zone.
struct WallTime {
  Duration since_epoch;
  auto operator<=>(const WallTime&) const = default;
};

// One zone; UTC unless said. Copies share their rules.
class Zone {
 public:
  Zone() = default;
  // Always `east` of UTC; its name is "UTC" or "+05:30".
  static Zone fixed(Duration east);
  // A compiled zone (RFC 8536, versions 1 to 4; of version 1 only the years up to 2037 are known).
  // Errors: kCorrupt, with what was expected. Cost: linear in the bytes; any bytes are safe.
  [[nodiscard]] static Result<Zone> parse(std::string name, std::string_view bytes);

  // "Europe/Berlin", "UTC", "+05:30".
  [[nodiscard]] const std::string& name() const { return name_; }
  // How far the wall clock is ahead of UTC. Cost: a binary search.
  [[nodiscard]] Duration offset_at(Timestamp at) const;
  [[nodiscard]] WallTime wall(Timestamp at) const;
  // The first instant at which the wall clock shows `wall`, or has gone past it: an ambiguous time
  // is its first instant, a missing one the first instant after the gap.
  [[nodiscard]] Timestamp instant(WallTime wall) const;
  // The first instant after `at` from which another offset may hold; none if there is none.
  [[nodiscard]] std::optional<Timestamp> next_change(Timestamp at) const;

  // Zones are the same if they are called the same.
  bool operator==(const Zone& other) const { return name_ == other.name_; }

 private:
  struct Rules;
  std::string name_ = "UTC";
  Duration fixed_;
  std::shared_ptr<const Rules> rules_;  // null: `fixed_` holds for ever
};

// Finds a zone by its name: "Europe/Berlin". Errors: kInvalid with the nearest name, kCorrupt.
using FindZone = std::function<Result<Zone>(std::string_view name)>;

// "UTC", "Z", "+05:30" without asking anybody; other names by `find`.
// Errors: those of `find`; kInvalid for an offset beyond 14 hours.
[[nodiscard]] Result<Zone> zone_of(std::string_view text, const FindZone& find);

}  // namespace daytwo::model
