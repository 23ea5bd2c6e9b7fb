#include "series/memory_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/time.h"
#include "series/labels.h"
#include "series/matcher.h"
#include "series/sink.h"
#include "series/source.h"
#include "series/value.h"

namespace daytwo::series {
namespace {

constexpr std::size_t kMaxRejectedTexts = 10;

bool same_bits(const Value& a, const Value& b) {
  if (a.is_histogram() != b.is_histogram()) return false;
  if (a.is_histogram()) return *a.histogram == *b.histogram;
  return std::bit_cast<std::uint64_t>(a.number) == std::bit_cast<std::uint64_t>(b.number);
}

// The stored sample at `at`, if any.
std::optional<Sample> find_at(const Column& column, Timestamp at) {
  const auto it = std::lower_bound(column.times.begin(), column.times.end(), at);
  if (it == column.times.end() || *it != at) return std::nullopt;
  return column.at(static_cast<std::size_t>(it - column.times.begin()));
}

// The sample at `at` among those of this batch. Constant time while they come in time order.
std::optional<Sample> find_in(const std::vector<Sample>& fresh, Timestamp at) {
  if (fresh.empty() || at > fresh.back().at) return std::nullopt;
  const auto it = std::find_if(fresh.begin(), fresh.end(),
                               [at](const Sample& other) { return other.at == at; });
  if (it == fresh.end()) return std::nullopt;
  return *it;
}

void insert(Column& column, const Sample& sample) {
  if (column.empty() || sample.at > column.times.back()) {
    column.push(sample);
    return;
  }
  const auto it = std::lower_bound(column.times.begin(), column.times.end(), sample.at);
  if (*it == sample.at) return;
  const auto index = it - column.times.begin();
  if (sample.value.is_histogram() && column.histograms.empty()) {
    column.histograms.resize(column.size());
  }
  column.times.insert(it, sample.at);
  column.numbers.insert(column.numbers.begin() + index, sample.value.number);
  if (!column.histograms.empty()) {
    column.histograms.insert(column.histograms.begin() + index, sample.value.histogram);
  }
}

// Half-open index range of the samples in the range, whose both ends are included.
std::pair<std::size_t, std::size_t> indexes_in(const Column& column, TimeRange range) {
  const auto begin = column.times.begin();
  const auto from = std::lower_bound(begin, column.times.end(), range.from);
  const auto to = std::upper_bound(from, column.times.end(), range.to);
  return {static_cast<std::size_t>(from - begin), static_cast<std::size_t>(to - begin)};
}

Column slice(const Column& column, std::size_t from, std::size_t to) {
  const auto first = static_cast<std::ptrdiff_t>(from);
  const auto last = static_cast<std::ptrdiff_t>(to);
  Column out;
  out.times.assign(column.times.begin() + first, column.times.begin() + last);
  out.numbers.assign(column.numbers.begin() + first, column.numbers.begin() + last);
  if (!column.histograms.empty()) {
    out.histograms.assign(column.histograms.begin() + first, column.histograms.begin() + last);
  }
  return out;
}

}  // namespace

Result<Appended> MemorySource::append(const BatchView& batch) {
  Appended done;
  const std::lock_guard lock(mutex_);
  std::map<Labels, std::vector<Sample>> accepted;
  for (const SeriesView& incoming : batch.series) {
    const Labels labels(incoming.labels);
    const auto stored = columns_.find(labels);
    std::vector<Sample>& fresh = accepted[labels];
    for (const Sample& sample : incoming.samples) {
      std::optional<Sample> twin;
      if (stored != columns_.end()) twin = find_at(stored->second, sample.at);
      if (!twin) twin = find_in(fresh, sample.at);
      if (twin && !same_bits(twin->value, sample.value)) {
        std::string text = fmt::format("duplicate sample for timestamp: {} at {}",
                                       labels.to_string(), to_rfc3339(sample.at));
        if (!batch.partial) return fail(Code::kInvalid, std::move(text));
        ++done.rejected_count;
        if (done.rejected.size() < kMaxRejectedTexts) done.rejected.push_back(std::move(text));
        continue;
      }
      ++(sample.value.is_histogram() ? done.histograms : done.samples);
      if (!twin) fresh.push_back(sample);
    }
  }
  for (auto& [labels, samples] : accepted) {
    if (samples.empty()) continue;
    const auto [it, is_new] = columns_.try_emplace(labels);
    if (is_new) ++done.new_series;
    for (const Sample& sample : samples) insert(it->second, sample);
  }
  for (const Metadata& entry : batch.metadata) metadata_[entry.family] = entry;
  return done;
}

Result<std::vector<SeriesColumn>> MemorySource::select(std::span<const Matcher> matchers,
                                                       TimeRange range, const Hints& hints) const {
  const std::lock_guard lock(mutex_);
  std::vector<SeriesColumn> out;
  std::size_t total = 0;
  for (const auto& [labels, column] : columns_) {
    if (!matches_all(matchers, labels)) continue;
    const auto [from, to] = indexes_in(column, range);
    if (from == to) continue;
    total += to - from;
    if (hints.max_samples != 0 && total > hints.max_samples) {
      return fail(Code::kLimit,
                  fmt::format("more than {} samples would be read", hints.max_samples));
    }
    out.push_back({labels, slice(column, from, to)});
  }
  return out;
}

Result<std::vector<Labels>> MemorySource::series(std::span<const Matcher> matchers, TimeRange range,
                                                 std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  std::vector<Labels> out;
  for (const auto& [labels, column] : columns_) {
    if (limit != 0 && out.size() == limit) break;
    if (!matches_all(matchers, labels)) continue;
    const auto [from, to] = indexes_in(column, range);
    if (from != to) out.push_back(labels);
  }
  return out;
}

Result<std::vector<std::string>> MemorySource::label_names(std::span<const Matcher> matchers,
                                                           TimeRange range) const {
  TRY(const std::vector<Labels> all, series(matchers, range, 0));
  std::set<std::string> names;
  for (const Labels& labels : all) {
    for (const Label& label : labels.all()) names.insert(label.name);
  }
  return std::vector<std::string>(names.begin(), names.end());
}

Result<std::vector<std::string>> MemorySource::label_values(const std::string& name,
                                                            std::span<const Matcher> matchers,
                                                            TimeRange range) const {
  TRY(const std::vector<Labels> all, series(matchers, range, 0));
  std::set<std::string> values;
  for (const Labels& labels : all) {
    if (const std::string_view value = labels.get(name); !value.empty()) values.emplace(value);
  }
  return std::vector<std::string>(values.begin(), values.end());
}

Result<std::vector<Metadata>> MemorySource::metadata(const std::string& family) const {
  const std::lock_guard lock(mutex_);
  std::vector<Metadata> out;
  for (const auto& [name, entry] : metadata_) {
    if (family.empty() || family == name) out.push_back(entry);
  }
  return out;
}

Result<Appended> MemorySource::add(Labels labels, std::vector<Sample> samples) {
  Batch batch;
  batch.series.push_back({std::move(labels), std::move(samples)});
  return append(batch);
}

void MemorySource::clear() {
  const std::lock_guard lock(mutex_);
  columns_.clear();
  metadata_.clear();
}

}  // namespace daytwo::series
