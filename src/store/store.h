// The embedded time-series store behind series::Source and series::Sink.
//
//   append -> log (wal/, group commit) -> head (memory) -> answer
//   head, after 16 MiB of log -> block (blocks/) -> its log is removed -> small blocks are merged
//   select <- blocks, head being sealed, head
//
// Invariants
//  1. What append() acknowledged is in the log or in a block, in stable storage as `sync` promises.
//  2. A log segment is removed only after a durable block holds all of it.
//  3. Of two values at one time of one series the first accepted is the answer, now and later.
//  4. Log, blocks and manifests are checked by CRC32C when they are read; what is broken is left
//     out, named by damages(), and never deleted.
// Files are drawn in docs/internals/disk-formats.md.
// Thread rule: every method from any thread. Lock order: maintenance, append, parts, head.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/metrics.h"
#include "base/result.h"
#include "series/sink.h"
#include "series/source.h"
#include "store/damage.h"
#include "store/options.h"
#include "store/recover.h"
#include "store/select.h"
#include "store/store_metrics.h"

namespace daytwo::store {

// Figures for /metrics, /status/tsdb and people.
struct Facts {
  std::size_t head_series = 0;
  std::size_t head_samples = 0;
  std::size_t head_memory_bytes = 0;
  std::size_t blocks = 0;
  std::uint64_t block_samples = 0;
  std::uint64_t block_bytes = 0;
  std::uint64_t log_bytes = 0;
  std::uint64_t log_syncs = 0;
  std::uint64_t appended_samples = 0;  // since open
  std::uint64_t replayed_bytes = 0;    // by open
  std::uint64_t torn_bytes = 0;        // cut off by open: never acknowledged
  std::size_t damages = 0;
  series::TimeRange range;                                           // from > to when empty
  std::vector<std::pair<std::string, std::size_t>> largest_metrics;  // series in the head; 10
};

class Store final : public series::Source, public series::Sink {
 public:
  // Opens or creates the directory, replays the log, starts maintenance. Errors: kConflict (another
  // process has it open, or a newer format), kDenied, kUnavailable (disk), kInvalid (options).
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(Options options, World world);
  // Syncs what kInterval and kOff left.
  ~Store() override;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Source.
  [[nodiscard]] Result<std::vector<series::SeriesColumn>> select(
      std::span<const series::Matcher> matchers, series::TimeRange range,
      const series::Hints& hints) const override;
  [[nodiscard]] Result<std::vector<series::Labels>> series(
      std::span<const series::Matcher> matchers, series::TimeRange range,
      std::size_t limit) const override;
  [[nodiscard]] Result<std::vector<std::string>> label_names(
      std::span<const series::Matcher> matchers, series::TimeRange range) const override;
  [[nodiscard]] Result<std::vector<std::string>> label_values(
      const std::string& name, std::span<const series::Matcher> matchers,
      series::TimeRange range) const override;
  [[nodiscard]] Result<std::vector<series::Metadata>> metadata(
      const std::string& family) const override;

  // Sink. A failed append may still be visible until a restart decides about it; it was not
  // acknowledged. Samples may be of any age; ten minutes ahead of the clock is the limit.
  [[nodiscard]] Result<series::Appended> append(const series::BatchView& batch) override;

  // Does what is due: seal, merge, retention, sync. The maintenance thread calls it; without one
  // the caller does. Errors: the first thing that failed; it is tried again later.
  [[nodiscard]] Result<void> maintain();
  // Seals the head into a block now. Afterwards the log is empty.
  [[nodiscard]] Result<void> seal();
  // Seals, then copies all blocks and the metadata into the new directory `to`, each file checked
  // and synced. Errors: kExists when `to` holds anything.
  [[nodiscard]] Result<void> backup(const std::string& to);

  [[nodiscard]] Facts facts() const;
  // What was found broken since open(), for people and findings.
  [[nodiscard]] std::vector<Damage> damages() const { return damages_.list(); }

 private:
  struct Prepared;  // a batch on its way through append()
  // What readers see; replaced as a whole.
  struct View {
    std::vector<std::shared_ptr<const Block>> blocks;  // in order
    std::shared_ptr<Head> sealing;                     // may be null
    std::shared_ptr<Head> head;
  };

  Store(Options options, World world);
  [[nodiscard]] Result<void> start();
  [[nodiscard]] std::shared_ptr<const View> view() const;
  void set_view(View view);
  [[nodiscard]] Parts parts() const;

  // append.cc; append_mutex_ is held but for check_space.
  [[nodiscard]] Result<void> check_space();
  [[nodiscard]] Result<void> resolve(const series::BatchView& batch, Head& head,
                                     Prepared& prepared);
  [[nodiscard]] Result<void> judge(const series::BatchView& batch, Head& head, Prepared& prepared);
  // The same for one series of which not all is new and in order.
  [[nodiscard]] static Result<void> choose(const series::BatchView& batch, std::size_t index,
                                           const Head& head, Timestamp now, Prepared& prepared);
  [[nodiscard]] std::string records_of(const series::BatchView& batch, Head& head,
                                       const Prepared& prepared);
  [[nodiscard]] Error over_budget(const Head& head,
                                  std::span<const series::LabelView> labels) const;

  // maintain.cc; maintenance_mutex_ is held.
  [[nodiscard]] Result<void> seal_now();
  [[nodiscard]] Result<void> finish_sealing();
  [[nodiscard]] Result<void> merge_one(bool& merged);
  [[nodiscard]] Result<void> apply_retention();
  [[nodiscard]] Result<void> drop_block(const std::shared_ptr<const Block>& block);
  void run_maintenance(const std::stop_token& stop);
  // facts() but for largest_metrics, which costs a sort. Cost: a few locks.
  [[nodiscard]] Facts totals() const;
  // Sets the gauges to totals().
  void publish();

  // Constant after open().
  const Options options_;
  const World world_;
  const Layout layout_;
  Registry unread_;  // what the metrics count on when the world has no registry
  StoreMetrics metrics_;
  Damages damages_;
  std::unique_ptr<env::FileLock> lock_;
  std::unique_ptr<LogWriter> log_;
  std::uint64_t replayed_bytes_ = 0;
  std::uint64_t torn_bytes_ = 0;

  std::mutex maintenance_mutex_;
  // Guarded by maintenance_mutex_.
  std::uint64_t next_block_ = 1;
  std::uint64_t sealing_through_ = 0;  // log segments that the head being sealed stands for
  std::set<std::uint64_t> unmergeable_;
  Duration last_seal_;

  std::mutex append_mutex_;
  // Guarded by append_mutex_.
  std::uint64_t unsealed_replayed_bytes_ = 0;
  std::string scratch_;

  mutable std::mutex parts_mutex_;
  std::shared_ptr<const View> view_;  // guarded by parts_mutex_
  MetadataMap metadata_;              // guarded by parts_mutex_
  std::size_t metadata_bytes_ = 0;    // of all its texts; guarded by parts_mutex_

  std::atomic<std::int64_t> next_space_check_ms_{INT64_MIN};
  std::atomic<bool> space_low_{false};
  std::unique_ptr<env::Thread> thread_;  // last: it ends first
};

}  // namespace daytwo::store
