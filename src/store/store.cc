#include "store/store.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "series/labels.h"
#include "series/matcher.h"
#include "series/source.h"
#include "store/head.h"
#include "store/options.h"
#include "store/recover.h"
#include "store/select.h"

namespace daytwo::store {

Store::Store(Options options, World world)
    : options_(std::move(options)),
      world_(world),
      layout_(options_.path),
      metrics_(world.metrics != nullptr ? *world.metrics : unread_) {}

Store::~Store() {
  thread_.reset();
  // Acknowledged as promised already; this only keeps what `sync: 100ms` and `off` may lose.
  if (log_ != nullptr) static_cast<void>(log_->sync());
}

Result<std::unique_ptr<Store>> Store::open(Options options, World world) {
  if (options.path.empty()) return fail(Code::kInvalid, "a store needs a path");
  while (options.path.size() > 1 && options.path.back() == '/') options.path.pop_back();
  std::unique_ptr<Store> out(new Store(std::move(options), world));
  TRY_IN(fmt::format("opening the store in {}", out->options_.path), const bool started,
         out->start().map([] { return true; }));
  static_cast<void>(started);
  return out;
}

Result<void> Store::start() {
  TRY_VOID(make_layout(world_.files, layout_));
  TRY(lock_, world_.files.lock(layout_.lock));
  TRY(Recovered recovered, recover(options_, world_, layout_, damages_));
  next_block_ = recovered.next_block;
  replayed_bytes_ = recovered.replayed_bytes;
  unsealed_replayed_bytes_ = recovered.replayed_bytes;
  torn_bytes_ = recovered.torn_bytes;
  metadata_ = std::move(recovered.metadata);
  for (const auto& [family, entry] : metadata_) metadata_bytes_ += text_bytes(entry);
  TRY(log_, LogWriter::open(world_.files, world_.clock, layout_.log, recovered.next_segment,
                            options_.sync, &metrics_));
  set_view({std::move(recovered.blocks), nullptr, std::move(recovered.head)});
  last_seal_ = world_.clock.mono();
  publish();
  if (world_.threads != nullptr) {
    thread_ = world_.threads->start("store",
                                    [this](const std::stop_token& stop) { run_maintenance(stop); });
  }
  if (world_.log != nullptr) {
    const Facts now = facts();
    world_.log->info("store", "store opened",
                     {{"path", options_.path},
                      {"blocks", std::uint64_t{now.blocks}},
                      {"replayed_bytes", replayed_bytes_},
                      {"torn_bytes", torn_bytes_},
                      {"damages", std::uint64_t{now.damages}}});
  }
  return {};
}

std::shared_ptr<const Store::View> Store::view() const {
  const std::lock_guard lock(parts_mutex_);
  return view_;
}

void Store::set_view(View view) {
  auto next = std::make_shared<const View>(std::move(view));
  const std::lock_guard lock(parts_mutex_);
  view_ = std::move(next);
}

Parts Store::parts() const {
  const std::shared_ptr<const View> now = view();
  Parts out(now->blocks.begin(), now->blocks.end());
  if (now->sealing != nullptr) out.push_back(now->sealing);
  out.push_back(now->head);
  return out;
}

Result<std::vector<series::SeriesColumn>> Store::select(std::span<const series::Matcher> matchers,
                                                        series::TimeRange range,
                                                        const series::Hints& hints) const {
  return select_columns(parts(), matchers, range, hints.max_samples);
}

Result<std::vector<series::Labels>> Store::series(std::span<const series::Matcher> matchers,
                                                  series::TimeRange range,
                                                  std::size_t limit) const {
  return select_labels(parts(), matchers, range, limit);
}

Result<std::vector<std::string>> Store::label_names(std::span<const series::Matcher> matchers,
                                                    series::TimeRange range) const {
  return select_names(parts(), matchers, range);
}

Result<std::vector<std::string>> Store::label_values(const std::string& name,
                                                     std::span<const series::Matcher> matchers,
                                                     series::TimeRange range) const {
  return select_values(parts(), name, matchers, range);
}

Result<std::vector<series::Metadata>> Store::metadata(const std::string& family) const {
  const std::lock_guard lock(parts_mutex_);
  std::vector<series::Metadata> out;
  for (const auto& [name, entry] : metadata_) {
    if (family.empty() || name == family) out.push_back(entry);
  }
  return out;
}

Facts Store::facts() const {
  constexpr std::size_t kListed = 10;  // as /status/tsdb lists
  Facts out = totals();
  out.largest_metrics = view()->head->largest_metrics(kListed);
  return out;
}

Facts Store::totals() const {
  Facts out;
  const std::shared_ptr<const View> now = view();
  const HeadFacts head = now->head->facts();
  out.head_series = head.series;
  out.head_samples = head.samples;
  out.head_memory_bytes = head.memory_bytes;
  out.range = now->head->range();
  if (now->sealing != nullptr) {
    const HeadFacts sealing = now->sealing->facts();
    out.head_samples += sealing.samples;
    out.head_memory_bytes += sealing.memory_bytes;
    out.range.from = std::min(out.range.from, now->sealing->range().from);
    out.range.to = std::max(out.range.to, now->sealing->range().to);
  }
  out.blocks = now->blocks.size();
  for (const auto& block : now->blocks) {
    out.block_samples += block->manifest().samples;
    out.block_bytes += block->size_bytes();
    out.range.from = std::min(out.range.from, block->range().from);
    out.range.to = std::max(out.range.to, block->range().to);
  }
  out.log_bytes = log_->segment_bytes();
  out.log_syncs = log_->syncs();
  out.appended_samples = static_cast<std::uint64_t>(metrics_.appended_samples.value());
  out.replayed_bytes = replayed_bytes_;
  out.torn_bytes = torn_bytes_;
  out.damages = damages_.count();
  return out;
}

void Store::publish() {
  const Facts now = totals();
  metrics_.head_series.set(static_cast<double>(now.head_series));
  metrics_.head_samples.set(static_cast<double>(now.head_samples));
  metrics_.head_bytes.set(static_cast<double>(now.head_memory_bytes));
  metrics_.log_bytes.set(static_cast<double>(now.log_bytes));
  metrics_.blocks.set(static_cast<double>(now.blocks));
  metrics_.block_samples.set(static_cast<double>(now.block_samples));
  metrics_.block_bytes.set(static_cast<double>(now.block_bytes));
  metrics_.damages.set(static_cast<double>(now.damages));
}

}  // namespace daytwo::store
