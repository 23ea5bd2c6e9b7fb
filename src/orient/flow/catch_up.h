// Catch-up: when a stage that is behind is through with what waits.
// Model: what waits, over how much faster it goes out than it comes in; counts are Poisson, so the
// difference of two has the standard error sqrt(in + out). Thread rule: pure function.
#pragma once

#include <optional>

#include "base/time.h"

namespace daytwo::orient::flow {

// The 90 % interval of the time to catch up; nothing = never at this rate.
struct CatchUp {
  std::optional<Duration> soonest;
  std::optional<Duration> likely;
  std::optional<Duration> latest;
};

// `waiting` messages, while `in` came and `out` went within `span`. REQUIRES: span > 0; none is
// negative.
[[nodiscard]] CatchUp catch_up(double waiting, double in, double out, Duration span);

}  // namespace daytwo::orient::flow
