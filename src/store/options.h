// What a store is told: its settings and its world.
// Thread rule: plain values.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/metrics.h"
#include "base/time.h"
#include "env/clock.h"
#include "env/files.h"
#include "env/log.h"
#include "env/threads.h"
#include "store/log_writer.h"

namespace daytwo::store {

// How far replay of the log has come.
struct Progress {
  std::uint64_t done_bytes = 0;
  std::uint64_t total_bytes = 0;
};

struct Options {
  std::string path;  // directory; created when absent
  SyncMode sync = SyncMode::kAck;
  Duration retention_time = days(35);         // 0 = for ever
  std::uint64_t retention_bytes = 0;          // blocks and log together; 0 = no limit
  std::size_t max_series = 1'000'000;         // in the head: about 0.8 GB at most
  std::uint64_t min_free_bytes = 64U << 20U;  // below it, appends are refused
  std::uint64_t seal_log_bytes = 16U << 20U;  // about six million samples to replay
  Duration seal_interval = hours(2);          // a slow log is sealed after this time
  std::uint64_t merge_max_bytes = 512U << 20U;
  std::function<void(Progress)> progress;  // called from open(), per segment
};

// What the store reaches the world through; all outlive it.
struct World {
  env::Files& files;
  env::Clock& clock;
  env::Threads* threads = nullptr;  // none: the caller calls maintain()
  env::Log* log = nullptr;
  Registry* metrics = nullptr;  // none: counted for nobody
};

}  // namespace daytwo::store
