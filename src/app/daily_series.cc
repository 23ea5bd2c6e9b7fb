#include "app/daily_series.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/text.h"
#include "observe/importer/table.h"

namespace daytwo::app {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

std::int64_t day_of(Timestamp at) {
  return at.ms >= 0 ? at.ms / kDayMs : (at.ms - kDayMs + 1) / kDayMs;
}

}  // namespace

Result<DailySeries> read_daily_series(std::string_view text, std::string_view source) {
  TRY(observe::Table table, observe::Table::read(text, source,
                                                 {{"timestamp", true, {"time", "date", "at"}},
                                                  {"value", true, {"used", "use"}}}));
  std::map<std::int64_t, double> highest;
  for (const observe::TableRow& row : table.rows()) {
    const std::string when(trim(row.cell("timestamp").text));
    const auto at = observe::parse_people_time(when);
    if (!at) {
      table.wrong(row, "timestamp", fmt::format("\"{}\" is no time", when),
                  "2026-11-22T17:00:00Z, 2026-11-22 17:00, 2026-11-22 or seconds since 1970");
    }
    const std::string written(trim(row.cell("value").text));
    double value = 0;
    const char* const last = written.data() + written.size();
    const auto [end, error] = std::from_chars(written.data(), last, value);
    if (error != std::errc() || end != last || !std::isfinite(value)) {
      table.wrong(row, "value", fmt::format("\"{}\" is no number", written),
                  "a number such as 82.5");
    } else if (at) {
      const auto [place, fresh] = highest.try_emplace(day_of(*at), value);
      if (!fresh) place->second = std::max(place->second, value);
    }
  }
  TRY_VOID(table.finish());
  if (highest.empty()) return fail(Code::kNotFound, fmt::format("{}: no row", source));
  const std::int64_t first = highest.begin()->first;
  const std::int64_t newest = highest.rbegin()->first;
  const auto count = static_cast<std::size_t>(newest - first) + 1;
  if (count > kMostDays) {
    return fail(Code::kInvalid, fmt::format("{}: {} days from the first to the last; at most {}",
                                            source, count, kMostDays));
  }
  DailySeries out{{newest * kDayMs}, {}};
  out.values.assign(count, std::numeric_limits<double>::quiet_NaN());
  for (const auto& [day, value] : highest)
    out.values[static_cast<std::size_t>(day - first)] = value;
  return out;
}

}  // namespace daytwo::app
