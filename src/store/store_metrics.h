// What the store tells about itself on /metrics.
// Thread rule: any thread.
#pragma once

#include "base/metrics.h"

namespace daytwo::store {

// The metrics of one store, registered when it is made.
struct StoreMetrics {
  explicit StoreMetrics(Registry& registry);

  // Counted as it happens.
  Metric& appended_samples;
  Metric& rejected_samples;
  Metric& created_series;
  Metric& log_written_bytes;
  Histogram& log_sync_seconds;
  Metric& seals;
  Metric& merges;

  // Set whenever maintenance was done.
  Metric& head_series;
  Metric& head_samples;
  Metric& head_bytes;
  Metric& log_bytes;
  Metric& blocks;
  Metric& block_samples;
  Metric& block_bytes;
  Metric& damages;
};

}  // namespace daytwo::store
