// daytwo's own metrics as samples of the store: the tool watches itself with itself.
#pragma once

#include <string>

#include "base/metrics.h"
#include "base/time.h"
#include "env/clock.h"
#include "series/sink.h"

namespace daytwo::app {

// Reads a registry every ten seconds.
class SelfMetrics {
 public:
  SelfMetrics(const Registry& registry, const env::Clock& clock, std::string instance)
      : registry_(registry), clock_(clock), instance_(std::move(instance)) {}

  // The samples due at `now`, labelled job="daytwo"; empty between two readings.
  [[nodiscard]] series::Batch due(Timestamp now);

 private:
  const Registry& registry_;
  const env::Clock& clock_;
  const std::string instance_;
  Timestamp next_ = kMinTimestamp;
};

}  // namespace daytwo::app
