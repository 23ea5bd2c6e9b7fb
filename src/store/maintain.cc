// What the store does beside answering: seal, merge, retention, backup.
// Order of a seal, and why a crash at any step is harmless:
//   1. a new segment and a new head begin          the old head still stands in the old segments
//   2. the old head becomes a block                not there, or there and whole (block_writer.h)
//   3. metadata is written                         the log still has it until 4
//   4. the old segments are removed                replaying them again would change nothing
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/time.h"
#include "store/backup.h"
#include "store/block.h"
#include "store/block_removal.h"
#include "store/head.h"
#include "store/manifest.h"
#include "store/recover.h"
#include "store/seal.h"
#include "store/segment.h"
#include "store/store.h"

namespace daytwo::store {
namespace {

constexpr Duration kTick = milliseconds(100);
constexpr Duration kRetryAfter = seconds(10);  // a failed seal or merge is tried again after this
constexpr Duration kMinMergeSpan = days(1);

}  // namespace

Result<void> Store::seal() {
  const std::lock_guard lock(maintenance_mutex_);
  TRY_VOID(finish_sealing());
  return seal_now();
}

Result<void> Store::seal_now() {
  {
    const std::lock_guard lock(append_mutex_);
    const std::shared_ptr<const View> now = view();
    if (now->head->facts().samples == 0) return {};
    TRY(const std::uint64_t segment, log_->rotate());
    sealing_through_ = segment - 1;
    unsealed_replayed_bytes_ = 0;
    set_view({now->blocks, now->head, std::make_shared<Head>(now->head->last_samples())});
  }
  last_seal_ = world_.clock.mono();
  return finish_sealing();
}

Result<void> Store::finish_sealing() {
  const std::shared_ptr<const View> before = view();
  if (before->sealing == nullptr) return {};
  TRY(const Manifest manifest,
      seal_head(world_.files, layout_.blocks, next_block_, *before->sealing, sealing_through_));
  ++next_block_;
  TRY(auto block,
      Block::open(world_.files, layout_.blocks + '/' + block_name(manifest.id), damages_));
  {
    const std::lock_guard lock(append_mutex_);
    View next = *view();
    next.sealing = nullptr;
    next.blocks.push_back(std::move(block));
    set_view(std::move(next));
  }
  metrics_.seals.add();
  std::string metadata;
  {
    const std::lock_guard lock(parts_mutex_);
    metadata = encode_metadata(metadata_);
  }
  TRY_VOID(world_.files.write_atomic(layout_.metadata, metadata, 0644));
  TRY(const std::vector<std::string> names, world_.files.list(layout_.log));
  for (const std::string& name : names) {
    const auto number = segment_number(name);
    if (!number || *number > sealing_through_) continue;
    TRY_VOID(world_.files.remove(layout_.log + '/' + name));
  }
  return world_.files.sync_directory(layout_.log);
}

Result<void> Store::drop_block(const std::shared_ptr<const Block>& block) {
  {
    const std::lock_guard lock(append_mutex_);
    View next = *view();
    std::erase(next.blocks, block);
    set_view(std::move(next));
  }
  // Readers that still hold the block keep its mapped files.
  return remove_block(world_.files, layout_.blocks, block_name(block->manifest().id));
}

Result<void> Store::merge_one(bool& merged) {
  merged = false;
  const std::shared_ptr<const View> before = view();
  std::vector<std::shared_ptr<const Block>> candidates;
  std::vector<std::shared_ptr<const Block>> run;
  const Duration span = std::max(kMinMergeSpan, Duration{options_.retention_time.ms / 10});
  for (std::size_t i = 0; i <= before->blocks.size() && run.empty(); ++i) {
    // A damaged block ends a run: neighbours in order must stay neighbours.
    const bool ends =
        i == before->blocks.size() || unmergeable_.contains(before->blocks[i]->manifest().id);
    if (!ends) {
      candidates.push_back(before->blocks[i]);
      continue;
    }
    run = plan_merge(candidates, options_.merge_max_bytes, span);
    candidates.clear();
  }
  if (run.empty()) return {};
  auto manifest = merge_blocks(world_.files, layout_.blocks, next_block_, run);
  if (!manifest && manifest.error().code == Code::kCorrupt) {
    for (const auto& block : run) unmergeable_.insert(block->manifest().id);
    damages_.add({run.front()->path(), 0, 0, manifest.error().to_string()});
    return {};
  }
  if (!manifest) return fail_in("merging blocks", std::move(manifest).error());
  ++next_block_;
  TRY(auto block,
      Block::open(world_.files, layout_.blocks + '/' + block_name(manifest->id), damages_));
  {
    const std::lock_guard lock(append_mutex_);
    View next = *view();
    const auto at = std::find(next.blocks.begin(), next.blocks.end(), run.front());
    *at = std::move(block);
    for (std::size_t i = 1; i < run.size(); ++i) std::erase(next.blocks, run[i]);
    set_view(std::move(next));
  }
  for (const auto& old : run) {
    TRY_VOID(remove_block(world_.files, layout_.blocks, block_name(old->manifest().id)));
  }
  merged = true;
  metrics_.merges.add();
  return {};
}

Result<void> Store::apply_retention() {
  std::vector<std::shared_ptr<const Block>> by_age = view()->blocks;
  std::stable_sort(by_age.begin(), by_age.end(),
                   [](const auto& a, const auto& b) { return a->range().to < b->range().to; });
  Timestamp newest = view()->head->range().to;
  std::uint64_t bytes = log_->segment_bytes();
  for (const auto& block : by_age) {
    newest = std::max(newest, block->range().to);
    bytes += block->size_bytes();
  }
  // Never by the clock alone: one that jumped ahead must not empty the store.
  const Timestamp now = std::min(newest, world_.clock.wall());
  for (const auto& block : by_age) {
    const bool old =
        options_.retention_time.ms > 0 && block->range().to < now - options_.retention_time;
    const bool large = options_.retention_bytes > 0 && bytes > options_.retention_bytes;
    if (!old && !large) break;
    bytes -= block->size_bytes();
    TRY_VOID(drop_block(block));
  }
  return {};
}

Result<void> Store::maintain() {
  TRY_VOID(log_->tick());
  const std::lock_guard lock(maintenance_mutex_);
  TRY_VOID(finish_sealing());
  std::uint64_t unsealed = log_->segment_bytes();
  {
    const std::lock_guard appending(append_mutex_);
    unsealed += unsealed_replayed_bytes_;
  }
  const bool slow = world_.clock.mono() - last_seal_ >= options_.seal_interval;
  if (unsealed >= options_.seal_log_bytes || slow) TRY_VOID(seal_now());
  bool merged = true;
  while (merged) TRY_VOID(merge_one(merged));
  TRY_VOID(apply_retention());
  publish();
  return {};
}

void Store::run_maintenance(const std::stop_token& stop) {
  Duration next = world_.clock.mono();
  while (!stop.stop_requested()) {
    const Duration now = world_.clock.mono();
    static_cast<void>(log_->tick());  // a failed sync shows in the next append
    if (now >= next) {
      const Result<void> done = maintain();
      next = now + (done ? seconds(1) : kRetryAfter);
      if (!done && world_.log != nullptr) {
        world_.log->failed("store", "maintenance failed", done.error(),
                           "samples stay in log and memory and are served");
      }
    }
    world_.clock.sleep_until(now + kTick);
  }
}

Result<void> Store::backup(const std::string& to) {
  const std::lock_guard lock(maintenance_mutex_);
  TRY_VOID(finish_sealing());
  TRY_VOID(seal_now());
  // Blocks are immutable, and nothing removes them while maintenance is held.
  return copy_store(world_.files, options_.path, to);
}

}  // namespace daytwo::store
