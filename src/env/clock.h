// Time, as the world gives it. Two clocks: wall (what people read, may jump) and mono (for waiting,
// never goes back). Thread rule: all methods from any thread.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace daytwo::env {

class Clock {
 public:
  virtual ~Clock() = default;
  // Now, UTC.
  [[nodiscard]] virtual Timestamp wall() const = 0;
  // Time since some fixed instant; steady.
  [[nodiscard]] virtual Duration mono() const = 0;
  // The same in nanoseconds, for stopwatches; as fine as the clock is.
  [[nodiscard]] virtual std::int64_t mono_ns() const { return mono().ms * 1'000'000; }
  // CPU time of this process so far.
  [[nodiscard]] virtual Duration process_cpu() const = 0;
  // Blocks the calling thread until mono() >= until.
  virtual void sleep_until(Duration until) = 0;
};

}  // namespace daytwo::env
