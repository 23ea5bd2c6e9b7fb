// The meter: keeps an objective's sums up to date from samples, each read once.
// Increments have reset detection; a rising counter bridges a gap, a reset inside one does not; a
// series that appears beside known ones of its target counts from zero, so that the first error of
// a new label set is not lost.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/objective.h"
#include "model/service.h"
#include "orient/event_rings.h"
#include "series/matcher.h"
#include "series/source.h"

namespace daytwo::orient {

// One side of an objective: a selector and what its increments add to the two sums.
struct MeterSide {
  std::vector<series::Matcher> matchers;
  double bad = 0;
  double total = 0;
  bool gauge = false;     // a 0/1 gauge: each sample is one event, bad when 0
  bool measures = false;  // its samples say which time was measured
};

// The sides of an objective. A flow's objective counts what came in (total) less what came out:
// what has not come out yet is bad until it does, or until it is held back. Errors: kInvalid for a
// query that is no selector, kNotFound for a flow that `service` does not have.
[[nodiscard]] Result<std::vector<MeterSide>> sides_of(const model::Objective& objective,
                                                      const model::Service* service);

class Meter {
 public:
  // Reads history back to `window` on the first turn. REQUIRES: sides is not empty.
  Meter(std::vector<MeterSide> sides, Duration window);

  // Reads what is new in `source` up to and including `now`. Errors: as Source::select; what was
  // read before the error counts once, the rest is read next time.
  [[nodiscard]] Result<void> read(const series::Source& source, Timestamp now);

  // Counts `change` more events as not failed after all (fewer, where it is below 0): what is under
  // way has neither failed nor gone well. REQUIRES: from < to.
  void hold_back(Timestamp from, Timestamp to, double change) {
    rings_.add_events(from, to, -change, 0);
  }

  [[nodiscard]] const EventRings& rings() const { return rings_; }

 private:
  struct Last {
    Timestamp at;
    double value = 0;
    Duration step;  // between its last two samples; 0 = only one seen
  };
  using Interval = std::pair<Timestamp, Timestamp>;

  [[nodiscard]] Result<void> read_slice(const series::Source& source, Timestamp from, Timestamp to);
  void take(std::size_t side, const series::SeriesColumn& series, std::vector<Interval>& known);
  void take_sample(const MeterSide& side, Last& last, Timestamp at, double value,
                   std::vector<Interval>& known);
  void add_known(std::vector<Interval> known);

  // Constant after construction.
  std::vector<MeterSide> sides_;
  Duration window_;

  EventRings rings_;
  std::map<std::pair<std::size_t, std::uint64_t>, Last> last_;  // by side and series
  std::set<std::uint64_t> targets_;                             // (job, instance) read before
  std::set<std::uint64_t> new_targets_;
  Timestamp read_until_ = kMinTimestamp;
  Timestamp known_until_ = kMinTimestamp;
};

}  // namespace daytwo::orient
