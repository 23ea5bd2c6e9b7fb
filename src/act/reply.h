// What people answer: ack, snooze, feedback. Pure: from the page and the answer to records.
#pragma once

#include <string>
#include <vector>

#include "act/page.h"
#include "base/result.h"

namespace daytwo::act {

// Longest snooze [acting.md 6].
inline constexpr Duration kMaxSnooze = hours(24);

// "I have it": stops everything still owed about this occurrence. A second ack changes nothing.
// Errors: kNotFound.
[[nodiscard]] Result<std::vector<facts::Record>> acknowledge(const facts::Snapshot& snapshot,
                                                             const std::string& page_id,
                                                             const std::string& by, Timestamp now);

// Tells again after `span` if it still burns. Errors: kNotFound; kInvalid unless 0 < span <=
// kMaxSnooze.
[[nodiscard]] Result<std::vector<facts::Record>> snooze(const facts::Snapshot& snapshot,
                                                        const std::string& page_id, Duration span,
                                                        const std::string& by, Timestamp now);

// One tap: useful, noise, not_mine, no_power. Errors: kNotFound; kInvalid for another word, with
// the nearest.
[[nodiscard]] Result<std::vector<facts::Record>> feedback(const facts::Snapshot& snapshot,
                                                          const std::string& page_id,
                                                          const std::string& vote,
                                                          const std::string& by, Timestamp now);

}  // namespace daytwo::act
