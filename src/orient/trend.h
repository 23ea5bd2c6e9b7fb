// Trend: whether a path really goes one way, at a stated rate of false alarms however often one
// looks.
// Test: for each start on a grid, the scale-invariant mixture martingale of the sequential t-test
//   M_n = sqrt(c/(n+c)) * ((n+c) V / ((n+c) V - S^2))^(n/2),   S = sum x, V = sum x^2,
// with effect sizes a priori N(0, 1/c) [Lai 1976; Wang and Ramdas 2023, "Anytime-valid t-tests and
// confidence sequences for Gaussian means with unknown variance"]. Without a trend it ever passes
// b with probability at most 1/b [Ville 1939]. An episode of ten minutes holds at most kStarts
// starts, so the bar kStarts / kFalseAlarm keeps the rate per episode below kFalseAlarm.
#pragma once

#include <cstddef>
#include <optional>

#include "base/time.h"
#include "orient/first_passage.h"
#include "series/value.h"

namespace daytwo::orient {

// False alarms per episode of ten minutes of change, for independent increments without a trend.
inline constexpr double kFalseAlarm = 1e-4;
// How far back a start may lie.
inline constexpr Duration kEpisode = minutes(10);
// Increments are taken over at least this long, so that a burst of a second or two counts once.
inline constexpr Duration kTrendStep = seconds(5);
// Starts in an episode: one per step.
inline constexpr std::size_t kStarts = 120;
// Fewer increments carry no trend, whatever they say.
inline constexpr std::size_t kMinIncrements = 6;

// A trend that passed the bar.
struct Trend {
  Slope slope;          // towards zero: the mean is positive
  Timestamp began;      // the start whose evidence is strongest
  Timestamp at;         // the newest sample
  double last = 0;      // its value
  double evidence = 0;  // log M_n
};

// What the last episode of a column says about falling towards zero.
struct TrendReading {
  std::size_t increments = 0;  // in the episode; below kMinIncrements nothing can be said
  std::optional<Trend> trend;  // a fall that passed the bar
  bool falling = false;        // the last minute fell, significant or not
  std::optional<double> last;  // newest value in the episode
  Timestamp at;                // its instant
};

// log M_n for n increments with sum S and sum of squares V. 0 for n = 0 or V = 0.
[[nodiscard]] double log_evidence(std::size_t n, double sum, double squares);

// Reads the samples of `column` in (now - kEpisode, now]. Stale markers and NaN are left out; a
// step longer than a minute is a gap: increments before it are not used. Cost: one pass.
[[nodiscard]] TrendReading read_trend(const series::Column& column, Timestamp now);

}  // namespace daytwo::orient
