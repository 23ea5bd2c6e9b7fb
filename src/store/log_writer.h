// The writing end of the write-ahead log, with group commit: many appenders queue records, one of
// them writes and syncs for all.
//
//   open --- append fails, file cut back to its last good byte ---> full
//   full --- the kept bytes are written again ---> open
//   open or full --- a sync fails, or the file cannot be cut back ---> broken (until reopened)
//
// In `full` nothing is lost: queued records stay in memory and go first. In `broken` the tail of
// the file is unknown, so nothing is written any more; reads go on.
// Invariants: (1) a position that commit() acknowledged is in stable storage as `sync` promises;
// (2) records stand in the file in the order of enqueue(); (3) one thread writes at a time.
// Thread rule: any thread.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "env/clock.h"
#include "env/files.h"
#include "store/store_metrics.h"

namespace daytwo::store {

// What commit() promises: kAck survives a power cut, kInterval loses at most 100 ms by a power cut
// and nothing by kill -9, kOff nothing by kill -9 and all unsynced pages by a power cut.
enum class SyncMode : std::uint8_t { kAck, kInterval, kOff };

// How long kInterval may leave written bytes unsynced.
inline constexpr Duration kSyncInterval = milliseconds(100);

class LogWriter {
 public:
  // Starts segment `number` in `directory`; counts on `metrics` if given. REQUIRES: all outlive the
  // writer.
  [[nodiscard]] static Result<std::unique_ptr<LogWriter>> open(env::Files& files,
                                                               const env::Clock& clock,
                                                               std::string directory,
                                                               std::uint64_t number, SyncMode sync,
                                                               StoreMetrics* metrics = nullptr);

  // Queues framed records; they follow all that was queued before. Returns the position to commit.
  [[nodiscard]] std::uint64_t enqueue(std::string_view records);
  // The position after everything queued so far.
  [[nodiscard]] std::uint64_t position() const;
  // Returns when everything up to `position` is as safe as the sync mode says. Errors: kUnavailable
  // when the disk is full or the log is broken; then it is unknown whether a restart finds it.
  [[nodiscard]] Result<void> commit(std::uint64_t position);
  // Fails early when the log takes nothing now. In `full` it tries again first.
  [[nodiscard]] Result<void> ready();
  // Makes all written bytes durable, whatever the mode.
  [[nodiscard]] Result<void> sync();
  // kInterval: syncs when the last time is 100 ms ago. Cheap otherwise.
  [[nodiscard]] Result<void> tick();
  // Writes and syncs all that is queued, then starts the next segment and returns its number. On
  // failure the present segment goes on. REQUIRES: nobody enqueues meanwhile.
  [[nodiscard]] Result<std::uint64_t> rotate();

  // Bytes in the present segment, queued ones included.
  [[nodiscard]] std::uint64_t segment_bytes() const;
  [[nodiscard]] std::uint64_t segment() const;
  // Syncs so far, for the metric.
  [[nodiscard]] std::uint64_t syncs() const;

 private:
  LogWriter(env::Files& files, const env::Clock& clock, std::string directory, SyncMode sync,
            StoreMetrics* metrics)
      : files_(files),
        clock_(clock),
        directory_(std::move(directory)),
        sync_(sync),
        metrics_(metrics) {}

  enum class State : std::uint8_t { kOpen, kFull, kBroken };

  [[nodiscard]] std::string path(std::uint64_t number) const;
  // Opens a fresh segment with its header, durable by name.
  [[nodiscard]] Result<std::unique_ptr<env::AppendFile>> start_segment(std::uint64_t number);
  // Waits for the right to write, writes all that is queued, syncs if asked. mutex_ is held by
  // `lock` before and after, not in between.
  [[nodiscard]] Result<void> write_queued(std::unique_lock<std::mutex>& lock, bool sync);
  void settle(const Error& error, std::string bytes, bool tail_is_known);
  [[nodiscard]] bool must_sync() const;
  [[nodiscard]] Result<void> sync_file();

  // Constant after construction.
  env::Files& files_;
  const env::Clock& clock_;
  const std::string directory_;
  const SyncMode sync_;
  StoreMetrics* const metrics_;

  mutable std::mutex mutex_;
  std::condition_variable turn_;
  // Guarded by mutex_; file_ belongs to the thread that set busy_.
  State state_ = State::kOpen;
  Error why_;
  bool busy_ = false;
  std::unique_ptr<env::AppendFile> file_;
  std::uint64_t number_ = 0;
  std::uint64_t last_number_ = 0;  // the highest ever tried
  std::string queue_;
  std::uint64_t queued_ = 0;         // position after the queue
  std::uint64_t done_ = 0;           // position up to which commit() returns
  std::uint64_t failed_ = 0;         // position up to which the last attempt failed
  std::uint64_t written_bytes_ = 0;  // good bytes in the segment
  bool unsynced_ = false;
  Duration last_sync_;
  std::uint64_t syncs_ = 0;
};

}  // namespace daytwo::store
