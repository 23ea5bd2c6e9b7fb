// Event rings: exact sums of events over windows, in three resolutions, without reading a store.
// Model: a bucket holds sums, never a ratio; a window is the open bucket, full buckets and a linear
// share of the oldest. Worst error of a window is one bucket: 1 min to 6 h, 10 min to 3 d, 2 h to
// 92 d.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/time.h"
#include "model/objective.h"

namespace daytwo::orient {

// Sums of bad and total events, and of the seconds in which they were measured.
class EventRings {
 public:
  // Rings are allocated to hold `window`.
  explicit EventRings(Duration window);

  // Adds events that happened evenly over (from, to]. Parts older than a ring holds are dropped
  // from that ring. `bad` may be negative: what came out late makes good for what had not.
  // REQUIRES: from < to.
  void add_events(Timestamp from, Timestamp to, double bad, double total);
  // Adds time that was measured. REQUIRES: from < to.
  void add_known(Timestamp from, Timestamp to);

  // Sums over (now - window, now]; known_share is of the whole window. Bad is never below 0.
  [[nodiscard]] model::EventSums sum(Duration window, Timestamp now) const;
  // The sums of each bucket of two hours that lies whole inside (now - window, now], oldest first;
  // known_share is of the bucket.
  [[nodiscard]] std::vector<model::EventSums> buckets(Duration window, Timestamp now) const;
  // The earliest instant that was measured; nothing was before it. kMaxTimestamp when nothing was.
  [[nodiscard]] Timestamp began() const { return began_; }

 private:
  struct Bucket {
    std::int64_t index = -1;  // of its start in bucket widths; tells an old lap from this one
    double bad = 0;
    double total = 0;
    double known_seconds = 0;
  };
  struct Ring {
    Duration width;
    std::vector<Bucket> buckets;
    [[nodiscard]] Duration span() const {
      return width * static_cast<std::int64_t>(buckets.size());
    }
  };

  template <typename Add>
  void spread(Timestamp from, Timestamp to, Add add);

  std::array<Ring, 3> rings_;
  Timestamp began_ = kMaxTimestamp;
  Timestamp newest_ = kMinTimestamp;
};

}  // namespace daytwo::orient
