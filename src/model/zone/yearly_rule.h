// The rule at the end of a compiled zone: what holds after its last listed change, for ever. It is
// written as POSIX writes TZ: "CET-1CEST,M3.5.0,M10.5.0/3" (RFC 8536, 3.3.1). It is followed
// through the years 1 to 9998. Thread rule: plain values.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/time.h"

namespace daytwo::model {

// A day of each year, and a time since its midnight that may lie outside the day.
struct YearlyDay {
  enum class Kind { kMonthWeekday, kJulian, kDayOfYear };
  Kind kind = Kind::kMonthWeekday;
  int month = 1;    // 1 to 12
  int week = 1;     // 1 to 5; 5 is the last
  int weekday = 0;  // 0 is Sunday
  int day = 0;      // kJulian: 1 to 365, never 29 February; kDayOfYear: 0 to 365
  Duration time = hours(2);
};

// Standard time, and summer time where there is one (it may be the smaller of the two).
struct YearlyRule {
  Duration standard;  // ahead of UTC
  struct Summer {
    Duration offset;  // ahead of UTC
    YearlyDay start;  // by the clock of standard time
    YearlyDay end;    // by the clock of summer time
  };
  std::optional<Summer> summer;

  [[nodiscard]] Duration offset_at(Timestamp at) const;
  // The first change after `at`; none without summer time.
  [[nodiscard]] std::optional<Timestamp> next_change(Timestamp at) const;
};

// Reads a rule; nothing if it is not one.
[[nodiscard]] std::optional<YearlyRule> parse_yearly_rule(std::string_view text);

}  // namespace daytwo::model
