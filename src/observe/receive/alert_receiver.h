// Alerts received: what Alertmanager or Prometheus send becomes sightings, one a fingerprint.
// An alert that says nothing more is over at its end (API v2 senders renew it); one that was only
// ever sent by webhook ends when the webhook says so. The days on which one began to fire are kept
// beside it: they teach how often something happens.
// Thread rule: any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "facts/journal.h"
#include "facts/record.h"
#include "facts/sighting.h"
#include "observe/sighting_table.h"

namespace daytwo::observe {

// Alerts that may be open at a time; more are refused and counted.
inline constexpr std::size_t kMaxAlerts = 10'000;
// Days of alerts that are kept; later ones are not.
inline constexpr std::size_t kMaxAlertDays = 100'000;

class AlertReceiver {
 public:
  AlertReceiver();
  // Takes what the journal holds as already said. Before the first take().
  void restore(std::span<const facts::RecordPtr> records);

  // Records for what is new, changed or resolved. REQUIRES: each has its fingerprint and sender.
  [[nodiscard]] std::vector<facts::Record> take(std::span<const facts::AlertSeen> alerts,
                                                Timestamp now);
  // Ends alerts whose end has passed without news. To be called every few seconds.
  [[nodiscard]] std::vector<facts::Record> step(Timestamp now);

  // Alerts refused by kMaxAlerts, so far.
  [[nodiscard]] std::uint64_t refused() const;

 private:
  void note_day(const facts::AlertSeen& seen, Timestamp now);
  void resolve(const std::string& key, const facts::AlertSeen& seen, std::string_view how);

  mutable std::mutex mutex_;
  SightingTable sightings_;                       // guarded by mutex_
  std::map<std::string, facts::AlertSeen> open_;  // by key, guarded by mutex_
  std::uint64_t refused_ = 0;                     // guarded by mutex_
};

}  // namespace daytwo::observe
