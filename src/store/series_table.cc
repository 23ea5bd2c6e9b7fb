#include "store/series_table.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"

namespace daytwo::store {

std::uint64_t hash_labels(const series::Labels& labels, std::string& scratch) {
  scratch.clear();
  for (const series::Label& label : labels.all()) {
    scratch += label.name;
    scratch += '\xFF';
    scratch += label.value;
    scratch += '\xFF';
  }
  return hash64(scratch);
}

bool SeriesTable::same(std::uint32_t id, const series::Labels& labels) const {
  const std::span<const LabelRef> mine = refs(id);
  if (mine.size() != labels.all().size()) return false;
  for (std::size_t i = 0; i < mine.size(); ++i) {
    const series::Label& label = labels.all()[i];
    if (symbols_.text(mine[i].name) != label.name) return false;
    if (symbols_.text(mine[i].value) != label.value) return false;
  }
  return true;
}

std::optional<std::uint32_t> SeriesTable::find(const series::Labels& labels,
                                               std::uint64_t hash) const {
  if (table_.empty()) return std::nullopt;
  const std::size_t mask = table_.size() - 1;
  for (std::size_t slot = hash & mask; table_[slot] != 0; slot = (slot + 1) & mask) {
    const std::uint32_t id = table_[slot] - 1;
    if (hashes_[id] == hash && same(id, labels)) return id;
  }
  return std::nullopt;
}

std::uint32_t SeriesTable::add(const series::Labels& labels, std::uint64_t hash) {
  if (hashes_.size() * 2 >= table_.size()) grow();
  const auto id = static_cast<std::uint32_t>(hashes_.size());
  hashes_.push_back(hash);
  const std::size_t mask = table_.size() - 1;
  std::size_t slot = hash & mask;
  while (table_[slot] != 0) slot = (slot + 1) & mask;
  table_[slot] = id + 1;
  for (const series::Label& label : labels.all()) {
    const LabelRef ref{symbols_.intern(label.name), symbols_.intern(label.value)};
    refs_.push_back(ref);
    names_[ref.name][ref.value].push_back(id);
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
  constexpr std::size_t kNodeBytes = 64;  // a map node with its vector
  std::size_t out = symbols_.memory_bytes() + refs_.capacity() * sizeof(LabelRef) +
                    first_ref_.capacity() * 4 + hashes_.capacity() * 8 + table_.capacity() * 4;
  for (const auto& [name, values] : names_) {
    for (const auto& [value, ids] : values) out += kNodeBytes + ids.capacity() * 4;
  }
  return out;
}

}  // namespace daytwo::store
