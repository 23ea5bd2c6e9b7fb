// Daily series: a file of times and values as one value a day, for forecasts.
// Thread rule: pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace daytwo::app {

// One value a day of UTC, oldest first; NaN where nothing was measured.
struct DailySeries {
  Timestamp last_day;  // when the last day began
  std::vector<double> values;
};

// At most so many days lie between the first and the last.
inline constexpr std::size_t kMostDays = 36'600;

// The highest value of each day in `text`: CSV or JSON with the columns timestamp (or time, date)
// and value (or used). Errors: kInvalid with line and column for what is no time and no number, and
// for more than kMostDays; kNotFound without a row.
[[nodiscard]] Result<DailySeries> read_daily_series(std::string_view text, std::string_view source);

}  // namespace daytwo::app
