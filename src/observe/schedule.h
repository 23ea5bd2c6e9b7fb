// When each of many things is due: its interval, its own offset, never two turns at once.
// Thread rule: any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "base/time.h"

namespace daytwo::observe {

// Turns are spread over the interval by a hash of the thing, so that a hundred targets are not
// asked at once; the first turn is due at once.
class Schedule {
 public:
  // One more thing; its index counts from 0. REQUIRES: interval > 0.
  void add(Duration interval, std::uint64_t hash);
  // Things due at `now` that are not in their turn; each is in its turn until done().
  [[nodiscard]] std::vector<std::size_t> take_due(Timestamp now);
  // Ends the turn of `index`.
  void done(std::size_t index);
  // When the next turn is due; kMaxTimestamp when there is nothing.
  [[nodiscard]] Timestamp next_due() const;

 private:
  struct Item {
    Duration interval;
    Duration offset;
    Timestamp due = kMinTimestamp;
    bool busy = false;
  };
  mutable std::mutex mutex_;
  std::vector<Item> items_;  // guarded by mutex_
};

}  // namespace daytwo::observe
