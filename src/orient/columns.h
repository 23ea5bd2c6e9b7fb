// Reading samples: the few shapes in which detectors ask a source.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "orient/detector.h"
#include "series/matcher.h"
#include "series/source.h"

namespace daytwo::orient {

// The series called `metric` that match `matchers`, with their samples in [now - back, now].
// Errors: as Source::select.
[[nodiscard]] Result<std::vector<series::SeriesColumn>> recent(
    const View& view, std::string_view metric, Duration back,
    std::span<const series::Matcher> matchers = {});

// The newest number of a column that is neither stale nor NaN, unless the newest sample is a stale
// marker: then the series has ended and there is none.
[[nodiscard]] std::optional<double> newest(const series::Column& column);

// The host a series speaks of: its label `host`, else `instance`, else the only host seen, else
// "this host".
[[nodiscard]] std::string host_of(const series::Labels& labels, const View& view);

// The increase of a counter over the samples of a column in (from, to], with resets: a fall counts
// the new value from zero. The sample at or before `from` is where counting starts; without one the
// first sample only sets the start. Stale markers and NaN are left out.
struct Increase {
  double value = 0;
  std::size_t increments = 0;  // 0 = nothing was measured
  std::size_t resets = 0;
  Timestamp first;  // instant of the sample counting started from
  Timestamp last;
};
[[nodiscard]] Increase increase_of(const series::Column& column, Timestamp from, Timestamp to);

}  // namespace daytwo::orient
