// Use: when something was last used, by what is measured of it. Read backwards a day at a time, so
// that what is in use costs one day of samples. Inner header of the room.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "orient/detector.h"
#include "series/matcher.h"

namespace daytwo::orient {

// Samples are added up over pieces of this length before they are held against noise.
inline constexpr Duration kUsePiece = minutes(5);
// No further back; stores keep 35 days unless told otherwise.
inline constexpr Duration kUseReach = days(35);

// One sign of use: counters whose increase, or a gauge whose movement, says that somebody uses it.
struct UseSign {
  std::string what;  // "requests": as evidence says it
  std::vector<series::Matcher> matchers;
  bool gauge = false;
  double noise = 0;                // an increase or movement within a piece up to this is no use
  std::optional<Timestamp> used;   // the end of the newest piece with use
  std::optional<Timestamp> first;  // of its samples, as far back as was read
  std::optional<Timestamp> last;
};

// The signs of one thing.
struct UseOf {
  std::string name;
  std::vector<UseSign> signs;

  // Since when nothing was seen of use: the newest use; without any the oldest sample of the sign
  // that is watched longest. Nothing when nothing was measured.
  [[nodiscard]] std::optional<Timestamp> idle_since() const;
  [[nodiscard]] bool is_used() const;
};

// Fills used, first and last of every sign: back to the first use of any sign of a thing, or to
// kUseReach, or to where three days on end have no sample. Errors: as Source::select.
[[nodiscard]] Result<void> look_back(const View& view, std::span<UseOf> things);

}  // namespace daytwo::orient
