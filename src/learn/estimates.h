// Estimates of people: what somebody stated of a worry, foretold for a time to come, and scored
// when it is over. How often: incidents of its kind (model/kinship.h) in the shortest window in
// which three are expected, as their number; in 30 days as the chance of any where fewer are. How
// long: each incident that began after the statement, once it has ended. A gamma rate makes counts
// negative binomial [Gelman et al., "Bayesian Data Analysis", 3rd ed., 2.6]; any other law of a
// rate is taken as the gamma of its mean and deviation. Each statement is a version of its own: the
// key of its forecasts holds the law and who said it, so that what is said anew is scored anew, and
// the old is scored when its time is over. Incidents are those that the journal knows; they are
// taken to be all from the first one on, as the rates are that they teach. Thread rule: pure
// functions over plain values.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "facts/journal.h"
#include "facts/record.h"

namespace daytwo::learn {

// How the truth of a count is told (Lesson::truth_rule).
inline constexpr std::string_view kIncidentsCounted = "incidents";
// What these estimates are, in the input "source" of their lessons.
inline constexpr std::string_view kHowOften = "how often";
inline constexpr std::string_view kHowLong = "how long";
// Whoever wrote a worry and gave no name.
inline constexpr std::string_view kUnsigned = "unsigned";
// Incidents are written down, and imported, some days after they were.
inline constexpr Duration kIncidentsIn = days(7);

// One incident, as far as it bears on an estimate.
struct Incident {
  std::string key;
  std::string service;
  std::string title;
  Timestamp began;
  Timestamp ended;  // 0 while it goes on
};

// All of the journal, oldest first. Cost: one pass over the incidents.
[[nodiscard]] std::vector<Incident> incidents_of(const facts::Snapshot& snapshot);

// The key of the forecast of how often the worry `written` (a Finding) happens: that of its
// version.
[[nodiscard]] WorryKey often_key(const facts::Record& written);

// The forecast of how often the worry `written` (a Finding) will happen from `now` on; nothing for
// one that has no service or states no rate a year.
[[nodiscard]] std::optional<facts::Record> foretold(const facts::Record& written, Timestamp now);

// Scores a forecast of foretold(), void where no incident was ever known. REQUIRES: its due has
// passed.
[[nodiscard]] facts::Record settled(const facts::Record& forecast,
                                    std::span<const Incident> incidents, Timestamp now);

// The scores of how long each incident of the worry lasted that began after it was written and has
// ended; the key of each names the incident. Nothing where the worry states no hours.
[[nodiscard]] std::vector<facts::Record> lasted(const facts::Record& written,
                                                std::span<const Incident> incidents, Timestamp now);

}  // namespace daytwo::learn
