// Firings: each time that an alert spoke within a window, and what followed while it spoke. Alerts
// of other systems come from what was received and from imported history; what daytwo found by
// itself counts once it told somebody.
// Thread rule: plain values; loading from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "facts/journal.h"
#include "model/people.h"
#include "model/service.h"

namespace daytwo::learn {

// How long an alert counts as speaking whose end nobody knows: what followed is looked for so long.
inline constexpr Duration kLifeUnknown = hours(1);

// One time that an alert spoke.
struct Firing {
  std::string rule;     // the alert's name; "daytwo probe" for what daytwo found by itself
  std::string service;  // empty = not known
  std::string severity;
  Timestamp began;
  std::optional<Timestamp> ended;  // nothing while it goes on, or where nobody knows
  bool is_day = false;             // only its day is known: imported history
  bool found = false;              // by daytwo itself, that told somebody
  // Who was called: the people that daytwo told; else one, by whoever sends pages, if its severity
  // wakes by custom.
  std::int64_t called = 0;
  bool by_custom = false;              // `called` is read off the severity
  std::optional<std::int64_t> asleep;  // of those called; nothing where no working hours are stated
  bool acked = false;
  // What people answered to its pages.
  std::int64_t useful = 0;
  std::int64_t noise = 0;
  std::int64_t not_mine = 0;
  std::int64_t no_power = 0;
  bool incident = false;  // one of its service overlapped it
  bool change = false;    // one of its service was made meanwhile
};

// Every firing that began in [from, now), and what could not be read of them.
struct Firings {
  std::vector<Firing> all;     // by rule, then by time
  std::size_t unreadable = 0;  // records that do not read
  bool cut = false;            // more was received than is read at once: the newest stands here
};

// Firings of the journal. An imported day counts only where no firing of the same alert and service
// was received on it. A service is the label `service`, else the one that the catalog knows to run
// as the label `job`. Night is outside the working hours of whoever was called, as `people` states
// them. Errors: those of the journal. Cost: one pass over the alerts of the window and the pages.
[[nodiscard]] Result<Firings> load_firings(const facts::Journal& journal,
                                           const model::Catalog& catalog,
                                           const model::People& people, Timestamp from,
                                           Timestamp now);

}  // namespace daytwo::learn
