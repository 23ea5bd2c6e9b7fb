#include "store/select.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "series/labels.h"
#include "series/matcher.h"
#include "series/source.h"
#include "series/value.h"
#include "store/part.h"

namespace daytwo::store {
namespace {

// Where one part holds a series.
struct Place {
  std::uint32_t selection = 0;
  std::uint32_t index = 0;
};

// One series and its places in the order of parts.
struct Group {
  series::Labels labels;
  std::vector<Place> places;
};

bool overlap(series::TimeRange a, series::TimeRange b) { return a.from <= b.to && b.from <= a.to; }

bool covers(series::TimeRange outer, series::TimeRange inner) {
  return outer.from <= inner.from && inner.to <= outer.to;
}

// The matching series of the parts that overlap the range, the same labels once.
class Grouping {
 public:
  Grouping(const Parts& parts, std::span<const series::Matcher> matchers, series::TimeRange range) {
    for (const auto& part : parts) {
      if (overlap(part->range(), range)) selections_.push_back(part->select(matchers));
    }
    for (std::uint32_t selection = 0; selection < selections_.size(); ++selection) {
      const auto count = static_cast<std::uint32_t>(selections_[selection]->size());
      by_hash_.reserve(by_hash_.size() + count);
      for (std::uint32_t index = 0; index < count; ++index) add({selection, index});
    }
    std::sort(groups_.begin(), groups_.end(),
              [](const Group& a, const Group& b) { return a.labels < b.labels; });
  }

  [[nodiscard]] std::vector<Group>& groups() { return groups_; }
  [[nodiscard]] const Selection& selection(const Place& place) const {
    return *selections_[place.selection];
  }
  [[nodiscard]] bool any(const Group& group, series::TimeRange range) const {
    return std::any_of(group.places.begin(), group.places.end(), [&](const Place& place) {
      return selection(place).any(place.index, range);
    });
  }

 private:
  void add(Place place) {
    const Selection& from = selection(place);
    const auto [first, last] = by_hash_.equal_range(from.hash(place.index));
    for (auto it = first; it != last; ++it) {
      Group& group = groups_[it->second];
      if (!from.same(place.index, group.labels)) continue;
      group.places.push_back(place);
      return;
    }
    by_hash_.emplace(from.hash(place.index), static_cast<std::uint32_t>(groups_.size()));
    groups_.push_back({from.labels(place.index), {place}});
  }

  std::vector<std::unique_ptr<Selection>> selections_;
  std::vector<Group> groups_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> by_hash_;
};

series::Column read_group(const Grouping& grouping, const Group& group, series::TimeRange range) {
  if (group.places.size() == 1) {
    series::Column out;
    grouping.selection(group.places[0]).read(group.places[0].index, range, out);
    return out;
  }
  std::vector<series::Column> columns(group.places.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    grouping.selection(group.places[i]).read(group.places[i].index, range, columns[i]);
  }
  return merge_columns(columns);
}

}  // namespace

Result<std::vector<series::SeriesColumn>> select_columns(const Parts& parts,
                                                         std::span<const series::Matcher> matchers,
                                                         series::TimeRange range,
                                                         std::size_t max_samples) {
  Grouping grouping(parts, matchers, range);
  std::vector<series::SeriesColumn> out;
  out.reserve(grouping.groups().size());
  std::size_t samples = 0;
  for (Group& group : grouping.groups()) {
    series::Column column = read_group(grouping, group, range);
    if (column.empty()) continue;
    samples += column.size();
    if (max_samples > 0 && samples > max_samples) {
      return fail(Code::kLimit,
                  "query processing would load too many samples into memory in query execution");
    }
    out.push_back({std::move(group.labels), std::move(column)});
  }
  return out;
}

std::vector<series::Labels> select_labels(const Parts& parts,
                                          std::span<const series::Matcher> matchers,
                                          series::TimeRange range, std::size_t limit) {
  Grouping grouping(parts, matchers, range);
  std::vector<series::Labels> out;
  for (Group& group : grouping.groups()) {
    if (limit > 0 && out.size() == limit) break;
    if (grouping.any(group, range)) out.push_back(std::move(group.labels));
  }
  return out;
}

std::vector<std::string> select_names(const Parts& parts, std::span<const series::Matcher> matchers,
                                      series::TimeRange range) {
  std::set<std::string> out;
  Parts to_scan;
  for (const auto& part : parts) {
    if (matchers.empty() && covers(range, part->range())) {
      part->add_names(out);
    } else {
      to_scan.push_back(part);
    }
  }
  for (const series::Labels& labels : select_labels(to_scan, matchers, range, 0)) {
    for (const series::Label& label : labels.all()) out.insert(label.name);
  }
  return {out.begin(), out.end()};
}

std::vector<std::string> select_values(const Parts& parts, const std::string& name,
                                       std::span<const series::Matcher> matchers,
                                       series::TimeRange range) {
  std::set<std::string> out;
  Parts to_scan;
  for (const auto& part : parts) {
    if (matchers.empty() && covers(range, part->range())) {
      part->add_values(name, out);
    } else {
      to_scan.push_back(part);
    }
  }
  for (const series::Labels& labels : select_labels(to_scan, matchers, range, 0)) {
    if (const std::string_view value = labels.get(name); !value.empty()) out.emplace(value);
  }
  return {out.begin(), out.end()};
}

}  // namespace daytwo::store
