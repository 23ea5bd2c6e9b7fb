// Pair: were messages lost, or counted twice, between two ends that are scraped apart?
// Model: E at common instants (residual.h) under the shift that leaves it steadiest, less the
// remaining skew times the rate (skew.h); one-sided CUSUMs up (loss) and down (duplicates) over the
// steps between means of ten intervals (cusum.h). Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <optional>

#include "base/time.h"
#include "orient/flow/counted.h"

namespace daytwo::orient::flow {

// How much history is looked at, and how much of it is needed before anything is said.
inline constexpr Duration kPairWindow = hours(24);
inline constexpr Duration kPairLeast = hours(6);
// The share of messages whose loss is worth finding: half of one in ten thousand.
inline constexpr double kWorthFinding = 0.00005;

// A rise or a fall of E that is no noise.
struct Leak {
  Timestamp since;       // when it began
  Timestamp until;       // when E was last seen to go on
  bool goes_on = false;  // within the last hour
  double messages = 0;
  double error = 0;  // standard error of `messages`
  double share = 0;  // of what was received in that time
};

// What can be said of the two ends.
struct PairStatus {
  bool learnt = false;      // false: too little history; the rest is then empty but for `seen`
  Duration seen;            // what both ends have in common
  Duration shift;           // the gone end's clock and way, later than the received end's
  double skew_seconds = 0;  // besides
  double noise = 0;         // standard deviation of one mean of E, messages
  double slack = 0;         // k, in that
  // The share of an hour's messages that must be lost in it to show within it.
  double least_in_an_hour = 0;
  // Between false alarms, if nothing but independent noise moved E.
  Duration false_alarm_every;
  std::size_t restarts = 0;
  std::optional<Leak> lost;
  std::optional<Leak> duplicated;
};

// The judgement over what both ends counted, at most kPairWindow of it. Cost: 91 passes over the
// samples.
[[nodiscard]] PairStatus judge_pair(const End& received, const End& gone);

}  // namespace daytwo::orient::flow
