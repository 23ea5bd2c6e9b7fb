// Skew: how far apart the two ends' clocks, and the way between them, are.
// Model: the right shift leaves the steadiest E: the least median absolute deviation of its steps.
// What is left of a second shows where the rate changes: E = c + leak t + skew rate, by least
// squares over means of ten intervals (levels, not steps: their noise does not add up, so the fit
// of levels is the efficient one). Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/time.h"
#include "orient/flow/counted.h"
#include "orient/flow/residual.h"

namespace daytwo::orient::flow {

// Intervals in one mean.
inline constexpr std::size_t kIntervals = 10;

// The median absolute deviation from the median, times 1.4826: the standard deviation of normal
// values, whatever a few of them do. 0 where there are none.
[[nodiscard]] double spread_of(std::vector<double> values);

// The shift of -45 s to 45 s, in whole seconds, under which the steps of E spread least.
[[nodiscard]] Duration best_shift(const End& received, const End& gone,
                                  const std::vector<Timestamp>& instants);

// Means over kIntervals: of E, of the instant and of the rate received. What is left at the
// beginning makes no mean.
struct Block {
  Timestamp from;
  Timestamp to;
  double level = 0;     // of E
  double rate = 0;      // messages a second
  double received = 0;  // messages
};
[[nodiscard]] std::vector<Block> blocks_of(const Residual& residual);

// The skew that the shift left, within 10 s, with its standard error, at most 0.5 s; 0 and 0 where
// the rate does not change.
struct Skew {
  double seconds = 0;
  double error = 0;
};
[[nodiscard]] Skew remaining_skew(std::span<const Block> blocks);

}  // namespace daytwo::orient::flow
