// The guard for low traffic: how many bad events must be seen before a burn rule may speak, so that
// its false alarms stay within the number that somebody accepted.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace daytwo::orient {

// P(X >= k) for X ~ Poisson(mean). REQUIRES: mean >= 0, k >= 0.
[[nodiscard]] double poisson_tail(std::int64_t k, double mean);

// k* = min{k >= 1 : (30 d / window) * P[Poisson(events * (1 - target)) >= k] <= false_alarms}: with
// the budget spent exactly at the allowed speed, this rule speaks wrongly at most `false_alarms`
// times in 30 days. Means above 1,000 use the Cornish-Fisher quantile (relative error below 1e-3).
// REQUIRES: events >= 0, 0 < allowed < 1, false_alarms > 0.
[[nodiscard]] std::int64_t least_bad_events(double events, double allowed, Duration window,
                                            double false_alarms);

}  // namespace daytwo::orient
