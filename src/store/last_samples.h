// The last float of each series by the hash of its labels: what a new head remembers of the one
// before, so that a repeated sample is known and a contradicting one refused across the seam.
// 24 bytes a series. A hash collision (2^-64 per pair) would refuse or drop one sample at most.
// Thread rule: immutable after the last put().
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/time.h"

namespace daytwo::store {

class LastSamples {
 public:
  struct Entry {
    std::uint64_t hash = 0;
    Timestamp at = kMinTimestamp;
    double value = 0;
  };

  LastSamples() = default;
  explicit LastSamples(std::size_t count) {
    std::size_t size = 16;
    while (size < count * 2) size *= 2;
    table_.resize(count == 0 ? 0 : size);
  }
  // REQUIRES: at most `count` of these, and no hash twice. A hash of 0 is not kept.
  void put(const Entry& entry) {
    if (entry.hash == 0) return;
    std::size_t slot = entry.hash & (table_.size() - 1);
    while (table_[slot].hash != 0) slot = (slot + 1) & (table_.size() - 1);
    table_[slot] = entry;
  }
  [[nodiscard]] std::optional<Entry> find(std::uint64_t hash) const {
    if (table_.empty() || hash == 0) return std::nullopt;
    std::size_t slot = hash & (table_.size() - 1);
    for (; table_[slot].hash != 0; slot = (slot + 1) & (table_.size() - 1)) {
      if (table_[slot].hash == hash) return table_[slot];
    }
    return std::nullopt;
  }
  [[nodiscard]] std::size_t memory_bytes() const { return table_.size() * sizeof(Entry); }

 private:
  std::vector<Entry> table_;
};

}  // namespace daytwo::store
