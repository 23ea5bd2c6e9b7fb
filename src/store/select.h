// Reading: what several parts hold of the same series, put together.
// Thread rule: pure functions of their arguments; parts may be written meanwhile.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "series/source.h"
#include "store/part.h"

namespace daytwo::store {

// Parts in the order in which their samples were accepted: of equal times the earlier part wins.
using Parts = std::vector<std::shared_ptr<const Part>>;

// As series::Source::select.
[[nodiscard]] Result<std::vector<series::SeriesColumn>> select_columns(
    const Parts& parts, std::span<const series::Matcher> matchers, series::TimeRange range,
    std::size_t max_samples);

// As series::Source::series.
[[nodiscard]] std::vector<series::Labels> select_labels(const Parts& parts,
                                                        std::span<const series::Matcher> matchers,
                                                        series::TimeRange range, std::size_t limit);

// As series::Source::label_names. Cost: one pass over the names of parts that lie in the range
// whole, over all series of the others and whenever there are matchers.
[[nodiscard]] std::vector<std::string> select_names(const Parts& parts,
                                                    std::span<const series::Matcher> matchers,
                                                    series::TimeRange range);

// As series::Source::label_values, at the same cost.
[[nodiscard]] std::vector<std::string> select_values(const Parts& parts, const std::string& name,
                                                     std::span<const series::Matcher> matchers,
                                                     series::TimeRange range);

}  // namespace daytwo::store
