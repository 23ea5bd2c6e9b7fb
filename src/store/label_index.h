// From matchers to series: the set algebra that the head and every block share.
// Model: a label index gives, per label name and value, the ascending numbers of the series that
// carry it. Equalities come first and the smallest set leads; a pattern is asked once per distinct
// value of its name; conditions that an absent label fulfils are turned around and taken away.
// Thread rule: as the index behind it.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "series/matcher.h"

namespace daytwo::store {

// Ascending series numbers of one part (a head or a block).
using Ids = std::vector<std::uint32_t>;

class LabelIndex {
 public:
  virtual ~LabelIndex() = default;
  [[nodiscard]] virtual std::uint32_t series_count() const = 0;
  // Appends the series with name = value, ascending.
  virtual void postings(std::string_view name, std::string_view value, Ids& out) const = 0;
  // Calls `visit` for each value of `name`; where it returns true, appends the value's series to
  // `out` (so `out` is not sorted).
  virtual void select_values(std::string_view name,
                             const std::function<bool(std::string_view value)>& visit,
                             Ids& out) const = 0;
};

// Numbers of all series that match, ascending. No matchers = all series.
[[nodiscard]] Ids find_series(const LabelIndex& index, std::span<const series::Matcher> matchers);

}  // namespace daytwo::store
