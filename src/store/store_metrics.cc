#include "store/store_metrics.h"

#include <array>

#include "base/metrics.h"

namespace daytwo::store {
namespace {

// Seconds. A good disk syncs in 0.1 to 1 ms, a shared one in 10 to 100.
constexpr std::array<double, 12> kSyncBounds = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005,
                                                0.01,   0.025,   0.05,   0.1,   0.5,    2.5};

}  // namespace

StoreMetrics::StoreMetrics(Registry& registry)
    : appended_samples(registry.counter("daytwo_store_appended_samples_total",
                                        "Samples acknowledged, repeated ones included.")),
      rejected_samples(registry.counter("daytwo_store_rejected_samples_total",
                                        "Samples and series left out of appends that were taken.")),
      created_series(
          registry.counter("daytwo_store_created_series_total", "Series new to the head.")),
      log_written_bytes(registry.counter("daytwo_store_log_written_bytes_total",
                                         "Bytes written to the write-ahead log.")),
      log_sync_seconds(registry.histogram("daytwo_store_log_sync_duration_seconds",
                                          "How long making the log durable took.", kSyncBounds)),
      seals(registry.counter("daytwo_store_seals_total", "Heads that became a block.")),
      merges(registry.counter("daytwo_store_merges_total", "Merges of blocks into one.")),
      head_series(registry.gauge("daytwo_store_head_series", "Series in the head.")),
      head_samples(
          registry.gauge("daytwo_store_head_samples", "Samples that are in no block yet.")),
      head_bytes(registry.gauge("daytwo_store_head_bytes", "Memory of the head.")),
      log_bytes(registry.gauge("daytwo_store_log_bytes", "Bytes of the log's present segment.")),
      blocks(registry.gauge("daytwo_store_blocks", "Blocks on disk.")),
      block_samples(registry.gauge("daytwo_store_block_samples", "Samples in blocks.")),
      block_bytes(registry.gauge("daytwo_store_block_bytes", "Bytes of the blocks on disk.")),
      damages(registry.gauge("daytwo_store_damages",
                             "What was found broken since the store was opened.")) {}

}  // namespace daytwo::store
