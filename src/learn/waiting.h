// What waiting would have come to. The pager weighs waiting against waking for every page, in the
// shadow; this keeps the chance that it rested on, scores it in the morning, and says beside it
// what waiting would have cost. Only what nobody took tells: an acknowledged page is void, so that
// what is scored are the conditions that people left alone. Thread rule: pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "base/id.h"
#include "base/time.h"
#include "facts/record.h"

namespace daytwo::learn {

// How the truth is told (Lesson::truth_rule): whether it still goes on, and whether it ran full.
inline constexpr std::string_view kStillOpen = "still open";
inline constexpr std::string_view kRanFull = "ran full";
// What these forecasts are, in the input "source" of their lessons.
inline constexpr std::string_view kWaiting = "waiting";

// The key of the forecast for a worry, and back.
[[nodiscard]] WorryKey waiting_key(const WorryKey& worry);
[[nodiscard]] WorryKey worry_of_waiting(const WorryKey& forecast);

// The forecast that `shadow` (a kShadow Deed) rests on, about `finding`; nothing for one that says
// no chance (of another version), and for one that is so old that its truth may be known already.
[[nodiscard]] std::optional<facts::Record> waiting_foretold(const facts::Record& shadow,
                                                            const facts::Record& finding,
                                                            Timestamp now);

// Scores a forecast of waiting_foretold() by the worry's newest finding: Brier's score, and what
// waiting would have cost beside what was forecast and what waking costs ("waiting_came",
// input "in hindsight": wait, wake, or nothing where the two have no common unit).
// REQUIRES: the forecast is due, and nobody acted.
[[nodiscard]] facts::Record waiting_scored(const facts::Record& forecast,
                                           const facts::Record& finding, Timestamp now);

}  // namespace daytwo::learn
