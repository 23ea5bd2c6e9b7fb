#include "store/series_table.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/hash.h"

namespace daytwo::store {

namespace {

constexpr std::size_t kNodeBytes = 64;  // a map node with its vector, as malloc rounds it

// Label or LabelView against the texts that the symbols stand for.
template <typename Label>
bool same_texts(const Symbols& symbols, std::span<const LabelRef> refs,
                std::span<const Label> labels) {
  return std::equal(refs.begin(), refs.end(), labels.begin(), labels.end(),
                    [&](const LabelRef& ref, const Label& label) {
                      return symbols.text(ref.name) == label.name &&
                             symbols.text(ref.value) == label.value;
                    });
}

}  // namespace

std::uint64_t hash_labels(std::span<const series::LabelView> labels, std::string& scratch) {
  std::size_t size = 0;
  for (const series::LabelView& label : labels) size += label.name.size() + label.value.size() + 2;
  scratch.resize(std::max(scratch.size(), size));
  char* at = scratch.data();
  for (const series::LabelView& label : labels) {
    at = std::copy(label.name.begin(), label.name.end(), at);
    *at++ = '\xFF';
    at = std::copy(label.value.begin(), label.value.end(), at);
    *at++ = '\xFF';
  }
  return hash64(std::string_view(scratch).substr(0, size));
}

bool SeriesTable::same(std::uint32_t id, const series::Labels& labels) const {
  return same_texts<series::Label>(symbols_, refs(id), labels.all());
}

std::optional<std::uint32_t> SeriesTable::find(std::span<const series::LabelView> labels,
                                               std::uint64_t hash) const {
  if (table_.empty()) return std::nullopt;
  const std::size_t mask = table_.size() - 1;
  for (std::size_t slot = hash & mask; table_[slot] != 0; slot = (slot + 1) & mask) {
    const std::uint32_t id = table_[slot] - 1;
    if (hashes_[id] == hash && same_texts(symbols_, refs(id), labels)) return id;
  }
  return std::nullopt;
}

std::uint32_t SeriesTable::add(std::span<const series::LabelView> labels, std::uint64_t hash) {
  DCHECK(series::in_label_order(labels), "labels stand in order");
  if (hashes_.size() * 2 >= table_.size()) grow();
  const auto id = static_cast<std::uint32_t>(hashes_.size());
  hashes_.push_back(hash);
  const std::size_t mask = table_.size() - 1;
  std::size_t slot = hash & mask;
  while (table_[slot] != 0) slot = (slot + 1) & mask;
  table_[slot] = id + 1;
  for (const series::LabelView& label : labels) {
    const LabelRef ref{symbols_.intern(label.name), symbols_.intern(label.value)};
    refs_.push_back(ref);
    Ids& ids = names_[ref.name][ref.value];
    const std::size_t before = ids.capacity();
    ids.push_back(id);
    posting_bytes_ += (ids.capacity() - before) * sizeof(id) + (before == 0 ? kNodeBytes : 0);
  }
  first_ref_.push_back(static_cast<std::uint32_t>(refs_.size()));
  return id;
}

void SeriesTable::grow() {
  table_.assign(std::max<std::size_t>(1024, table_.size() * 2), 0);
  const std::size_t mask = table_.size() - 1;
  for (std::uint32_t id = 0; id < hashes_.size(); ++id) {
    std::size_t slot = hashes_[id] & mask;
    while (table_[slot] != 0) slot = (slot + 1) & mask;
    table_[slot] = id + 1;
  }
}

series::Labels SeriesTable::labels(std::uint32_t id) const {
  std::vector<series::Label> out;
  const std::span<const LabelRef> mine = refs(id);
  out.reserve(mine.size());
  for (const LabelRef ref : mine) {
    out.push_back({std::string(symbols_.text(ref.name)), std::string(symbols_.text(ref.value))});
  }
  return series::Labels(std::move(out));
}

std::span<const LabelRef> SeriesTable::refs(std::uint32_t id) const {
  return std::span(refs_).subspan(first_ref_[id], first_ref_[id + 1] - first_ref_[id]);
}

const SeriesTable::Values* SeriesTable::values_of(std::string_view name) const {
  const auto symbol = symbols_.find(name);
  if (!symbol) return nullptr;
  const auto found = names_.find(*symbol);
  return found != names_.end() ? &found->second : nullptr;
}

void SeriesTable::postings(std::string_view name, std::string_view value, Ids& out) const {
  const Values* values = values_of(name);
  const auto symbol = symbols_.find(value);
  if (values == nullptr || !symbol) return;
  const auto found = values->find(*symbol);
  if (found != values->end()) out.insert(out.end(), found->second.begin(), found->second.end());
}

void SeriesTable::select_values(std::string_view name,
                                const std::function<bool(std::string_view value)>& visit,
                                Ids& out) const {
  const Values* values = values_of(name);
  if (values == nullptr) return;
  for (const auto& [value, ids] : *values) {
    if (visit(symbols_.text(value))) out.insert(out.end(), ids.begin(), ids.end());
  }
}

std::vector<std::string_view> SeriesTable::names() const {
  std::vector<std::string_view> out;
  out.reserve(names_.size());
  for (const auto& [name, values] : names_) out.push_back(symbols_.text(name));
  return out;
}

std::vector<std::pair<std::string, std::size_t>> SeriesTable::largest_metrics(
    std::size_t limit) const {
  std::vector<std::pair<std::string, std::size_t>> out;
  const Values* values = values_of(series::kMetricName);
  if (values == nullptr) return out;
  for (const auto& [value, ids] : *values) {
    out.emplace_back(std::string(symbols_.text(value)), ids.size());
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  if (out.size() > limit) out.resize(limit);
  return out;
}

std::size_t SeriesTable::memory_bytes() const {
  return symbols_.memory_bytes() + refs_.capacity() * sizeof(LabelRef) +
         first_ref_.capacity() * sizeof(std::uint32_t) +
         hashes_.capacity() * sizeof(std::uint64_t) + table_.capacity() * sizeof(std::uint32_t) +
         posting_bytes_;
}

}  // namespace daytwo::store
