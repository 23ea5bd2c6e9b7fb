// How long it takes a team to end what burns, learned from how long its incidents took.
// Model: ln(hours) is normal with unknown mean and variance (chance::LogBelief); the assumption
// counts as one incident, and so does what other services took before a service's own are counted.
// Thread rule: plain values.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace daytwo::model {

// Hours that one incident in two takes at most, until it is measured. Ours, without a source: shown
// as assumed wherever it counts.
inline constexpr double kAssumedHoursToMend = 1;

// Hours from the beginning to the end of incidents that ended, by service.
using IncidentHours = std::map<std::string, std::vector<double>, std::less<>>;

// What is expected of the next one.
struct Mending {
  double hours = kAssumedHoursToMend;  // one in two takes at most these
  std::int64_t own = 0;                // incidents of the service that say so
  std::int64_t others = 0;             // and of the other services
  // "assumed: 1 h to mitigate"; "1.4 h to mitigate: half of 12 incidents of payments and 30 of
  // others took no longer".
  [[nodiscard]] std::string to_words(const std::string& service) const;
};

// Hours that are not above 0 say nothing and are left out.
[[nodiscard]] Mending mending_of(const IncidentHours& hours, const std::string& service);

}  // namespace daytwo::model
