// The system's clocks.
#pragma once

#include "env/clock.h"

namespace daytwo::env::os {

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Timestamp wall() const override;
  [[nodiscard]] Duration mono() const override;
  [[nodiscard]] std::int64_t mono_ns() const override;
  [[nodiscard]] Duration process_cpu() const override;
  void sleep_until(Duration until) override;
};

}  // namespace daytwo::env::os
