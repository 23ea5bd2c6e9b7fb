// The newest record of each (kind, key), kept in memory beside any journal.
// Thread rule: add() from one thread at a time, snapshot() from any; a snapshot is immutable and
// shares the records.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>

#include "facts/journal.h"

namespace daytwo::facts {

// (kind, key), ordered so that one kind's records stand together.
using KindAndKey = std::pair<std::string, std::string>;

struct Snapshot::Index {
  std::map<KindAndKey, RecordPtr, std::less<>> newest;
  std::map<std::string, std::vector<RecordPtr>, std::less<>> threads;  // by key, newest per kind
  RecordId last;
};

// Collects records and hands out snapshots.
class JournalState {
 public:
  JournalState();
  // Takes records with rising ids.
  void add(std::span<const RecordPtr> records);
  // Cost: a copy of the index when something was added since the last call, else nothing.
  [[nodiscard]] Snapshot snapshot() const;

 private:
  mutable std::mutex mutex_;
  std::map<KindAndKey, RecordPtr, std::less<>> newest_;   // GUARDED_BY(mutex_)
  RecordId last_;                                         // GUARDED_BY(mutex_)
  mutable std::shared_ptr<const Snapshot::Index> built_;  // GUARDED_BY(mutex_); null when stale
};

}  // namespace daytwo::facts
