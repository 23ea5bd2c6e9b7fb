// Counted: what one end of a stage counted, over restarts, at any instant.
// Thread rule: plain values and pure functions.
#pragma once

#include <span>
#include <vector>

#include "base/time.h"
#include "series/source.h"
#include "series/value.h"

namespace daytwo::orient::flow {

// A span in which a counter may have counted what nobody saw: it restarted, appeared or ended.
struct Gap {
  Timestamp from;
  Timestamp to;
  double tolerance =
      0;  // messages that may be missing for it, as many as usually fit into the span
};

// One counter: what it counted since its first sample, at each sample.
struct Counter {
  std::vector<Timestamp> times;
  std::vector<double> counts;
  Duration interval;  // the usual one between samples
  std::vector<Gap> gaps;
};

// All counters of one end.
struct End {
  std::vector<Counter> counters;

  // The first instant from which one of them, the last up to which all that still run, counted.
  // REQUIRES: not empty.
  [[nodiscard]] Timestamp first() const;
  [[nodiscard]] Timestamp last() const;
  [[nodiscard]] bool empty() const { return counters.empty(); }
};

// The counter behind a column. A fall is a restart: the new value counts from zero. Stale markers
// and NaN are left out. No times where fewer than two samples are numbers.
[[nodiscard]] Counter counter_of(const series::Column& column);

// The end made of columns. Counters that begin or end inside the others' time are gaps.
[[nodiscard]] End end_of(std::span<const series::SeriesColumn> columns);

// Both as one end: what was processed, and what was dropped.
[[nodiscard]] End joined(End a, End b);

// What the end had counted at each instant, linear between samples. REQUIRES: instants rise.
[[nodiscard]] std::vector<double> counted_at(const End& end, std::span<const Timestamp> instants);

}  // namespace daytwo::orient::flow
