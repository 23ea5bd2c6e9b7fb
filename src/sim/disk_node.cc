#include "sim/disk_node.h"

#include <algorithm>
#include <utility>

namespace daytwo::sim {
namespace {

std::size_t draw_below(chance::Stream& draws, std::size_t limit) {
  return limit == 0 ? 0 : static_cast<std::size_t>(draws.bits() % limit);
}

}  // namespace

void DiskFile::append(std::string_view bytes) {
  pending_.push_back({live_.size(), std::string(bytes), false});
  live_ += bytes;
}

void DiskFile::truncate(std::uint64_t size_bytes) {
  pending_.push_back({size_bytes, {}, true});
  live_.resize(static_cast<std::size_t>(size_bytes));
}

void DiskFile::put(std::string_view bytes) {
  live_ = bytes;
  durable_ = bytes;
  pending_.clear();
}

void DiskFile::sync() {
  for (const Step& step : pending_) apply(step, step.bytes.size());
  pending_.clear();
}

void DiskFile::lose_pending() { pending_.clear(); }

void DiskFile::apply(const Step& step, std::size_t bytes) {
  const auto offset = static_cast<std::size_t>(step.offset);
  if (step.cuts) {
    durable_.resize(offset);
    return;
  }
  if (bytes == 0) return;
  durable_.resize(std::max(durable_.size(), offset + bytes));  // a hole reads as zeros
  durable_.replace(offset, bytes, step.bytes, 0, bytes);
}

void DiskFile::crash(Crash crash, chance::Stream& draws) {
  if (crash == Crash::kKeep) sync();
  if (crash == Crash::kPrefix && !pending_.empty()) {
    const std::size_t whole = draw_below(draws, pending_.size() + 1);
    for (std::size_t i = 0; i < whole; ++i) apply(pending_[i], pending_[i].bytes.size());
    if (whole < pending_.size()) {
      const Step& torn = pending_[whole];
      if (!torn.cuts) apply(torn, draw_below(draws, torn.bytes.size() + 1));
    }
  }
  if (crash == Crash::kScatter) {
    for (const Step& step : pending_) {
      if ((draws.bits() & 1U) != 0) apply(step, step.bytes.size());
    }
  }
  pending_.clear();
  live_ = durable_;
}

void DiskNode::apply(const Entries& names) {
  for (const auto& [name, node] : names) {
    if (node == nullptr) {
      durable_.erase(name);
    } else {
      durable_[name] = node;
    }
  }
}

void DiskNode::change(Entries names) {
  for (const auto& [name, node] : names) {
    if (node == nullptr) {
      entries.erase(name);
    } else {
      entries[name] = node;
    }
  }
  pending_.push_back(std::move(names));
}

void DiskNode::sync_entries() {
  for (const Entries& names : pending_) apply(names);
  pending_.clear();
}

void DiskNode::put_entry(const std::string& name, std::shared_ptr<DiskNode> node) {
  entries[name] = node;
  durable_[name] = std::move(node);
}

void DiskNode::crash(Crash crash, chance::Stream& draws) {
  if (kind == env::FileFacts::Kind::kFile) file.crash(crash, draws);
  if (kind != env::FileFacts::Kind::kDirectory) return;
  // File systems keep the order of names in a journal, so even kScatter keeps a prefix here.
  std::size_t kept = 0;
  if (crash == Crash::kKeep) kept = pending_.size();
  if (crash == Crash::kPrefix || crash == Crash::kScatter) {
    kept = draw_below(draws, pending_.size() + 1);
  }
  for (std::size_t i = 0; i < kept; ++i) apply(pending_[i]);
  pending_.clear();
  entries = durable_;
  for (const auto& [name, node] : entries) node->crash(crash, draws);
}

}  // namespace daytwo::sim
