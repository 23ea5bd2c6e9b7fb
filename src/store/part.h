// A part of the store: the head, a head that is being sealed, or a block. Reading looks at the
// parts that overlap the range and merges what each selects.
// Thread rule: any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "series/labels.h"
#include "series/matcher.h"
#include "series/source.h"

namespace daytwo::store {

// The matching series of one part, as they were when it was made. Borrows from its part.
class Selection {
 public:
  virtual ~Selection() = default;
  [[nodiscard]] virtual std::size_t size() const = 0;
  // hash_labels() of the labels; equal labels have equal hashes, the reverse must be checked.
  [[nodiscard]] virtual std::uint64_t hash(std::size_t index) const = 0;
  [[nodiscard]] virtual series::Labels labels(std::size_t index) const = 0;
  // Whether the series has exactly these labels; cheaper than labels().
  [[nodiscard]] virtual bool same(std::size_t index, const series::Labels& labels) const = 0;
  // Appends the samples in `range`, both ends included, in time order, each time once. Damaged
  // frames are left out and reported to the store's Damages.
  virtual void read(std::size_t index, series::TimeRange range, series::Column& out) const = 0;
  // Whether read() would give anything; mostly without reading.
  [[nodiscard]] virtual bool any(std::size_t index, series::TimeRange range) const = 0;
};

class Part {
 public:
  virtual ~Part() = default;
  // From the first to the last sample; from > to when empty.
  [[nodiscard]] virtual series::TimeRange range() const = 0;
  [[nodiscard]] virtual std::unique_ptr<Selection> select(
      std::span<const series::Matcher> matchers) const = 0;
  // Adds all label names, or all values of one, whatever their samples' times.
  virtual void add_names(std::set<std::string>& out) const = 0;
  virtual void add_values(std::string_view name, std::set<std::string>& out) const = 0;
};

// The samples of several parts as one column: time order, and of equal times the one of the
// earliest part ("the first accepted value wins").
[[nodiscard]] series::Column merge_columns(std::span<series::Column> columns);

// Appends the samples of `from` that lie in `range`.
void append_range(const series::Column& from, series::TimeRange range, series::Column& to);

}  // namespace daytwo::store
