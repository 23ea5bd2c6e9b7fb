// The series of a head: labels as pairs of symbol numbers, found by hash, indexed by label value.
// Numbers are given in order of arrival and never change; 0 is the first.
// Memory: about 8 bytes per label, 6 per posting and 20 per series besides the texts.
// Thread rule: one writer; readers need the owner's lock.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "series/labels.h"
#include "store/label_index.h"
#include "store/symbols.h"

namespace daytwo::store {

// One label as two symbol numbers.
struct LabelRef {
  std::uint32_t name = 0;
  std::uint32_t value = 0;
  auto operator<=>(const LabelRef&) const = default;
};

// The same as Labels::hash(), without an allocation per call; `scratch` is reused.
// REQUIRES: in_label_order(labels).
[[nodiscard]] std::uint64_t hash_labels(std::span<const series::LabelView> labels,
                                        std::string& scratch);

class SeriesTable final : public LabelIndex {
 public:
  // Cost: one probe, then the texts are compared where they stand.
  [[nodiscard]] std::optional<std::uint32_t> find(std::span<const series::LabelView> labels,
                                                  std::uint64_t hash) const;
  // Adds a series. REQUIRES: find() does not know it, and in_label_order(labels).
  std::uint32_t add(std::span<const series::LabelView> labels, std::uint64_t hash);

  [[nodiscard]] series::Labels labels(std::uint32_t id) const;
  [[nodiscard]] bool same(std::uint32_t id, const series::Labels& labels) const;
  [[nodiscard]] std::span<const LabelRef> refs(std::uint32_t id) const;
  // Label names in use, unsorted.
  [[nodiscard]] std::vector<std::string_view> names() const;
  [[nodiscard]] std::uint64_t hash(std::uint32_t id) const { return hashes_[id]; }
  [[nodiscard]] const Symbols& symbols() const { return symbols_; }
  // The metric names with most series, largest first.
  [[nodiscard]] std::vector<std::pair<std::string, std::size_t>> largest_metrics(
      std::size_t limit) const;
  [[nodiscard]] std::size_t memory_bytes() const;

  // LabelIndex.
  [[nodiscard]] std::uint32_t series_count() const override {
    return static_cast<std::uint32_t>(hashes_.size());
  }
  void postings(std::string_view name, std::string_view value, Ids& out) const override;
  void select_values(std::string_view name,
                     const std::function<bool(std::string_view value)>& visit,
                     Ids& out) const override;

 private:
  using Values = std::unordered_map<std::uint32_t, Ids>;

  [[nodiscard]] const Values* values_of(std::string_view name) const;
  void grow();

  Symbols symbols_;
  std::vector<LabelRef> refs_;
  std::vector<std::uint32_t> first_ref_ = {0};  // series + 1 entries
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> table_;  // open addressing by hash: id + 1, 0 = free
  std::unordered_map<std::uint32_t, Values> names_;
  std::size_t posting_bytes_ = 0;  // of names_
};

}  // namespace daytwo::store
