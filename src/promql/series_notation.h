// The series shorthand of scripts and rule tests: `up{job="a"} 0+10x5 _ stale {{count:3}}`.
// Source: Prometheus documentation, "Unit testing for rules", section "series".
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "series/labels.h"
#include "series/value.h"

namespace daytwo::promql {

// A series with one value per interval; nothing where the notation says `_`.
struct NotedSeries {
  series::Labels labels;
  std::vector<std::optional<series::Value>> values;
};

// Reads one line. Values: numbers, `stale`, `_`, `_xn` (n gaps), `axn`, `a+bxn`, `a-bxn` (n + 1
// values), histograms `{{schema:1 sum:3 count:22 buckets:[5 10]}}` with `xn`, `+{{..}}xn`,
// `-{{..}}xn`. Errors: kInvalid. At most kMaxNotedValues values a line.
[[nodiscard]] Result<NotedSeries> parse_series(std::string_view line);

// The labels alone, `name{a="b"}` or `{a="b"}`; *end is where they stop. Errors: kInvalid.
[[nodiscard]] Result<series::Labels> parse_labels(std::string_view line, std::size_t* end);

// Bounds what one line of a hostile script can ask for.
inline constexpr std::size_t kMaxNotedValues = 1'000'000;

}  // namespace daytwo::promql
