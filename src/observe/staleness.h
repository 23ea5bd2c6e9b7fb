// Staleness: a series that was written before and is missing now gets Prometheus's stale marker, so
// that queries stop showing its last value [Prometheus docs, "Staleness"].
#pragma once

#include <cstddef>
#include <unordered_map>

#include "series/labels.h"
#include "series/sink.h"

namespace daytwo::observe {

// Remembers the series of one writer's last batch. Thread rule: one thread at a time.
class Staleness {
 public:
  // Appends markers at `at` for series of the last call that `batch` lacks, and remembers `batch`.
  // Returns how many series are new. Cost: one hash per series.
  std::size_t mark(series::Batch& batch, Timestamp at);
  // Markers for everything remembered; nothing is remembered afterwards.
  void end_all(series::Batch& batch, Timestamp at);
  [[nodiscard]] std::size_t size() const { return known_.size(); }

 private:
  struct Known {
    series::Labels labels;
    bool seen = false;
  };
  std::unordered_map<std::uint64_t, Known> known_;  // by hash of the labels
};

}  // namespace daytwo::observe
