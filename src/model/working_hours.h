// Working hours: when somebody is awake and at work anyway, so that a page costs them no sleep.
// Written "Mon-Fri 09:00-17:00 Europe/Berlin"; the zone may also be UTC or an offset.
// Thread rule: plain values.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "model/zone/zone.h"

namespace daytwo::model {

// A weekly pattern. REQUIRES (kept by parse_working_hours): at least one day; from before to.
struct WorkingHours {
  std::array<bool, 7> days{true, true, true, true, true, false, false};  // Monday first
  Duration from = hours(9);                                              // since local midnight
  Duration to = hours(17);                                               // up to hours(24)
  Zone zone;
  bool operator==(const WorkingHours&) const = default;

  // True inside [from, to) of a working day.
  [[nodiscard]] bool include(Timestamp at) const;
  // The next instant after `at` at which a working day begins: about a week ahead at most, two
  // where a change of the clock swallows a day's hours whole.
  [[nodiscard]] Timestamp next_start(Timestamp at) const;
};

// Reads days (a day, a range or several with commas), hours, and an optional zone, found by `find`.
// Errors: kInvalid, with what was expected; those of `find`.
[[nodiscard]] Result<WorkingHours> parse_working_hours(std::string_view text, const FindZone& find);

// "Mon-Fri 09:00-17:00 UTC": reads back to the same hours.
[[nodiscard]] std::string to_words(const WorkingHours& hours);

// An instant as those who keep these hours say it: "Mon 09:00 UTC".
[[nodiscard]] std::string clock_words(const WorkingHours& hours, Timestamp at);

}  // namespace daytwo::model
