#include "store/part.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace daytwo::store {
namespace {

// Where a sample of the merge comes from.
struct Origin {
  Timestamp at;
  std::uint32_t column = 0;
  std::uint32_t index = 0;
};

bool follow_each_other(std::span<const series::Column> columns) {
  for (std::size_t i = 1; i < columns.size(); ++i) {
    if (columns[i - 1].times.back() >= columns[i].times.front()) return false;
  }
  return true;
}

void append_all(const series::Column& from, series::Column& to) {
  if (!from.histograms.empty() || !to.histograms.empty()) {
    to.histograms.resize(to.times.size());
    to.histograms.insert(to.histograms.end(), from.histograms.begin(), from.histograms.end());
    to.histograms.resize(to.times.size() + from.times.size());
  }
  to.times.insert(to.times.end(), from.times.begin(), from.times.end());
  to.numbers.insert(to.numbers.end(), from.numbers.begin(), from.numbers.end());
}

}  // namespace

series::Column merge_columns(std::span<series::Column> columns) {
  std::vector<series::Column> filled;
  for (series::Column& column : columns) {
    if (!column.empty()) filled.push_back(std::move(column));
  }
  if (filled.empty()) return {};
  if (filled.size() == 1) return std::move(filled.front());
  series::Column out;
  if (follow_each_other(filled)) {
    out = std::move(filled.front());
    for (std::size_t i = 1; i < filled.size(); ++i) append_all(filled[i], out);
    return out;
  }
  std::vector<Origin> origins;
  for (std::uint32_t column = 0; column < filled.size(); ++column) {
    for (std::uint32_t i = 0; i < filled[column].size(); ++i) {
      origins.push_back({filled[column].times[i], column, i});
    }
  }
  std::stable_sort(origins.begin(), origins.end(),
                   [](const Origin& a, const Origin& b) { return a.at < b.at; });
  for (const Origin& origin : origins) {
    if (!out.empty() && out.times.back() == origin.at) continue;
    out.push(filled[origin.column].at(origin.index));
  }
  return out;
}

void append_range(const series::Column& from, series::TimeRange range, series::Column& to) {
  const auto first = std::lower_bound(from.times.begin(), from.times.end(), range.from);
  const auto last = std::upper_bound(first, from.times.end(), range.to);
  const auto begin = static_cast<std::size_t>(first - from.times.begin());
  const auto end = static_cast<std::size_t>(last - from.times.begin());
  if (begin == 0 && end == from.size() && to.empty()) {
    to = from;
    return;
  }
  for (std::size_t i = begin; i < end; ++i) to.push(from.at(i));
}

}  // namespace daytwo::store
