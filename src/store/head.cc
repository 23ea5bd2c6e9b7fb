#include "store/head.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/time.h"
#include "series/labels.h"
#include "series/matcher.h"
#include "series/value.h"
#include "store/codec.h"
#include "store/histogram_codec.h"
#include "store/label_index.h"
#include "store/part.h"
#include "store/tail.h"

namespace daytwo::store {
namespace {

constexpr std::size_t kFrameChunkBytes = 256U << 10U;

bool same_float(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

}  // namespace

std::uint32_t Head::add_series(std::span<const series::LabelView> labels, std::uint64_t hash) {
  const std::unique_lock lock(mutex_);
  const std::uint32_t id = table_.add(labels, hash);
  const auto before = before_.find(hash);
  last_at_.push_back(before ? before->at : kMinTimestamp);
  last_value_.push_back(before ? before->value : 0);
  tails_.emplace_back();
  frames_.push_back(nullptr);
  defined_.push_back(false);
  return id;
}

Verdict Head::judge(std::uint32_t id, const series::Sample& sample, double* stored) const {
  const auto sides = sides_.empty() ? sides_.end() : sides_.find(id);
  if (sides != sides_.end()) {
    const auto histogram = sides->second.histograms.find(sample.at);
    if (histogram != sides->second.histograms.end()) {
      const bool same =
          sample.value.is_histogram() && same_bits(*sample.value.histogram, *histogram->second);
      if (!same && stored != nullptr) *stored = histogram->second->sum;
      return same ? Verdict::kStored : Verdict::kConflict;
    }
  }
  if (sample.at > last_at_[id]) return Verdict::kNew;
  std::optional<double> found;
  if (sample.at == last_at_[id]) {
    found = last_value_[id];
  } else {
    found = find_float(id, sample.at);
  }
  if (!found) return Verdict::kNew;
  if (!sample.value.is_histogram() && same_float(*found, sample.value.number)) {
    return Verdict::kStored;
  }
  if (stored != nullptr) *stored = *found;
  return Verdict::kConflict;
}

std::optional<double> Head::find_float(std::uint32_t id, Timestamp at) const {
  if (const auto sides = sides_.find(id); sides != sides_.end()) {
    const auto late = sides->second.late.find(at);
    if (late != sides->second.late.end()) return late->second;
  }
  const Tail& tail = tails_[id];
  for (std::size_t i = 0; i < tail.count; ++i) {
    if (pool_.time(tail, i) == at) return pool_.value(tail, i);
  }
  for (const Frame* frame = frames_[id]; frame != nullptr; frame = frame->before) {
    if (frame->last < at) break;
    if (frame->first > at) continue;
    std::vector<Timestamp> times;
    std::vector<double> values;
    CHECK(decode_frame(frame->bytes(), times, values).has_value(), "our own memory is whole");
    const auto found = std::lower_bound(times.begin(), times.end(), at);
    if (found == times.end() || *found != at) return std::nullopt;
    return values[static_cast<std::size_t>(found - times.begin())];
  }
  return std::nullopt;
}

void Head::add(std::span<const HeadRow> rows) {
  const std::unique_lock lock(mutex_);
  for (const HeadRow& row : rows) {
    for (const series::Sample& sample : row.samples) take(row.id, sample);
  }
}

void Head::take(std::uint32_t id, const series::Sample& sample) {
  if (judge(id, sample) != Verdict::kNew) return;
  if (sample.value.is_histogram()) {
    sides_[id].histograms.emplace(sample.at, sample.value.histogram);
  } else {
    add_float(id, sample.at, sample.value.number);
  }
  widen(sample.at);
  ++samples_;
}

void Head::add_float(std::uint32_t id, Timestamp at, double value) {
  if (at <= last_at_[id]) {
    sides_[id].late.emplace(at, value);
    return;
  }
  Tail& tail = tails_[id];
  if (!TailPool::has_room(tail, at)) seal(id);
  pool_.push(tail, at, value);
  last_at_[id] = at;
  last_value_[id] = value;
}

void Head::seal(std::uint32_t id) {
  Tail& tail = tails_[id];
  std::array<Timestamp, kTailSamples> times;
  std::array<double, kTailSamples> values{};
  for (std::size_t i = 0; i < tail.count; ++i) {
    times[i] = pool_.time(tail, i);
    values[i] = pool_.value(tail, i);
  }
  std::string bytes;
  encode_frame(std::span(times).first(tail.count), std::span(values).first(tail.count), bytes);
  std::byte* const memory = allocate(sizeof(Frame) + bytes.size());
  auto* const frame = new (memory)
      Frame{frames_[id], times[0], times[tail.count - 1], static_cast<std::uint32_t>(bytes.size())};
  std::memcpy(memory + sizeof(Frame), bytes.data(), bytes.size());
  frames_[id] = frame;
  pool_.clear(tail);
}

std::byte* Head::allocate(std::size_t bytes) {
  bytes = (bytes + alignof(Frame) - 1) & ~(alignof(Frame) - 1);
  if (chunk_left_ < bytes) {
    chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(kFrameChunkBytes));
    chunk_at_ = chunks_.back().get();
    chunk_left_ = kFrameChunkBytes;
  }
  std::byte* const out = chunk_at_;
  chunk_at_ += bytes;
  chunk_left_ -= bytes;
  return out;
}

void Head::widen(Timestamp at) {
  range_.from = std::min(range_.from, at);
  range_.to = std::max(range_.to, at);
}

LastSamples Head::last_samples() const {
  LastSamples out(table_.series_count());
  for (std::uint32_t id = 0; id < table_.series_count(); ++id) {
    out.put({table_.hash(id), last_at_[id], last_value_[id]});
  }
  return out;
}

series::TimeRange Head::range() const {
  const std::shared_lock lock(mutex_);
  return range_;
}

void Head::add_names(std::set<std::string>& out) const {
  const std::shared_lock lock(mutex_);
  for (const std::string_view name : table_.names()) out.emplace(name);
}

void Head::add_values(std::string_view name, std::set<std::string>& out) const {
  const std::shared_lock lock(mutex_);
  Ids none;
  table_.select_values(
      name,
      [&](std::string_view value) {
        out.emplace(value);
        return false;
      },
      none);
}

HeadFacts Head::facts() const {
  const std::shared_lock lock(mutex_);
  HeadFacts out;
  out.series = table_.series_count();
  out.samples = samples_;
  out.memory_bytes = table_.memory_bytes() + pool_.memory_bytes() + before_.memory_bytes() +
                     chunks_.size() * kFrameChunkBytes + last_at_.capacity() * sizeof(Timestamp) +
                     last_value_.capacity() * sizeof(double) + tails_.capacity() * sizeof(Tail) +
                     frames_.capacity() * sizeof(const Frame*) + defined_.capacity() / 8;
  return out;
}

std::vector<std::pair<std::string, std::size_t>> Head::largest_metrics(std::size_t limit) const {
  const std::shared_lock lock(mutex_);
  return table_.largest_metrics(limit);
}

// A copy of the open ends, made under one lock: a batch is seen whole or not at all.
class HeadSelection final : public Selection {
 public:
  HeadSelection(const Head& head, std::span<const series::Matcher> matchers) : head_(head) {
    const std::shared_lock lock(head.mutex_);
    ids_ = find_series(head.table_, matchers);
    copies_.reserve(ids_.size());
    for (const std::uint32_t id : ids_) {
      const Tail& tail = head.tails_[id];
      copies_.push_back({head.frames_[id], times_.size(), tail.count});
      for (std::size_t i = 0; i < tail.count; ++i) {
        times_.push_back(head.pool_.time(tail, i));
        values_.push_back(head.pool_.value(tail, i));
      }
      const auto sides = head.sides_.find(id);
      if (sides != head.sides_.end()) sides_.emplace(ids_[copies_.size() - 1], sides->second);
    }
  }

  [[nodiscard]] std::size_t size() const override { return ids_.size(); }
  [[nodiscard]] std::uint64_t hash(std::size_t index) const override {
    const std::shared_lock lock(head_.mutex_);
    return head_.table_.hash(ids_[index]);
  }
  [[nodiscard]] series::Labels labels(std::size_t index) const override {
    const std::shared_lock lock(head_.mutex_);
    return head_.table_.labels(ids_[index]);
  }
  [[nodiscard]] bool same(std::size_t index, const series::Labels& labels) const override {
    const std::shared_lock lock(head_.mutex_);
    return head_.table_.same(ids_[index], labels);
  }
  void read(std::size_t index, series::TimeRange range, series::Column& out) const override {
    const auto sides = sides_.find(ids_[index]);
    if (sides == sides_.end()) {
      read_chain(index, range, out);
      return;
    }
    series::Column columns[3];
    read_chain(index, range, columns[0]);
    for (const auto& [at, value] : sides->second.late) {
      if (range.from <= at && at <= range.to) columns[1].push({at, {value, nullptr}});
    }
    for (const auto& [at, histogram] : sides->second.histograms) {
      if (range.from <= at && at <= range.to) {
        columns[2].push({at, {histogram->sum, histogram}});
      }
    }
    out = merge_columns(columns);
  }
  [[nodiscard]] bool any(std::size_t index, series::TimeRange range) const override {
    series::Column column;
    read(index, range, column);
    return !column.empty();
  }

 private:
  struct Copy {
    const Head::Frame* frames = nullptr;
    std::size_t first = 0;
    std::size_t count = 0;
  };

  void read_chain(std::size_t index, series::TimeRange range, series::Column& out) const {
    const Copy& copy = copies_[index];
    std::vector<const Head::Frame*> chain;
    for (const Head::Frame* frame = copy.frames; frame != nullptr; frame = frame->before) {
      if (frame->last < range.from) break;
      if (frame->first <= range.to) chain.push_back(frame);
    }
    series::Column whole;
    for (auto frame = chain.rbegin(); frame != chain.rend(); ++frame) {
      CHECK(decode_frame((*frame)->bytes(), whole.times, whole.numbers).has_value(),
            "our own memory is whole");
    }
    const auto first = static_cast<std::ptrdiff_t>(copy.first);
    const auto last = static_cast<std::ptrdiff_t>(copy.first + copy.count);
    whole.times.insert(whole.times.end(), times_.begin() + first, times_.begin() + last);
    whole.numbers.insert(whole.numbers.end(), values_.begin() + first, values_.begin() + last);
    append_range(whole, range, out);
  }

  const Head& head_;
  Ids ids_;
  std::vector<Copy> copies_;
  std::vector<Timestamp> times_;
  std::vector<double> values_;
  std::unordered_map<std::uint32_t, Head::Sides> sides_;
};

std::unique_ptr<Selection> Head::select(std::span<const series::Matcher> matchers) const {
  return std::make_unique<HeadSelection>(*this, matchers);
}

}  // namespace daytwo::store
