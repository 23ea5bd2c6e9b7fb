// Parts of dates, in UTC, of values that are seconds since the epoch.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "promql/ast.h"
#include "promql/evaluation.h"
#include "promql/families.h"
#include "promql/frame.h"
#include "promql/functions.h"
#include "promql/vectors.h"

namespace daytwo::promql {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;
// Values further from 1970 than this are no dates; civil arithmetic would overflow.
constexpr double kMaxSeconds = 1e14;

struct Date {
  std::int64_t year;
  std::int64_t month;  // 1 to 12
  std::int64_t day;    // 1 to 31
};

struct Moment {
  std::int64_t days;    // since 1970-01-01
  std::int64_t second;  // of the day
};

Moment moment_of(double seconds) {
  const auto whole = static_cast<std::int64_t>(seconds);
  std::int64_t days = whole / kSecondsPerDay;
  if (whole % kSecondsPerDay < 0) --days;
  return {days, whole - days * kSecondsPerDay};
}

// Days since 1970-01-01 to a proleptic Gregorian date [Hinnant, "chrono-compatible low-level date
// algorithms"].
Date date_of(std::int64_t days) {
  const std::int64_t z = days + 719'468;
  const std::int64_t era = (z >= 0 ? z : z - 146'096) / 146'097;
  const std::int64_t day_of_era = z - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const std::int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

bool is_leap(std::int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

constexpr std::array<std::int64_t, 12> kDaysInMonth = {31, 28, 31, 30, 31, 30,
                                                       31, 31, 30, 31, 30, 31};

std::int64_t year(Moment m) { return date_of(m.days).year; }
std::int64_t month(Moment m) { return date_of(m.days).month; }
std::int64_t day_of_month(Moment m) { return date_of(m.days).day; }
std::int64_t hour(Moment m) { return m.second / 3'600; }
std::int64_t minute(Moment m) { return m.second / 60 % 60; }
// 1970-01-01 was a Thursday; Sunday is 0.
std::int64_t day_of_week(Moment m) { return ((m.days + 4) % 7 + 7) % 7; }

std::int64_t days_in_month(Moment m) {
  const Date date = date_of(m.days);
  if (date.month == 2 && is_leap(date.year)) return 29;
  return kDaysInMonth.at(static_cast<std::size_t>(date.month - 1));
}

std::int64_t day_of_year(Moment m) {
  const Date date = date_of(m.days);
  std::int64_t days = date.day;
  for (std::int64_t before = 1; before < date.month; ++before) {
    days += kDaysInMonth.at(static_cast<std::size_t>(before - 1));
    if (before == 2 && is_leap(date.year)) ++days;
  }
  return days;
}

template <std::int64_t (*part)(Moment)>
Result<Outcome> date_part(Evaluation& evaluation, const Call& call) {
  const auto part_of = [](double seconds, std::size_t /*step*/) {
    if (!(std::abs(seconds) <= kMaxSeconds)) return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(part(moment_of(seconds)));
  };
  if (!call.arguments.empty()) return map_floats(evaluation, *call.arguments[0], part_of);
  const Steps& steps = evaluation.steps();
  Line now({}, false, steps.count);
  for (std::size_t i = 0; i < steps.count; ++i) {
    now.set(i, part_of((steps.at(i) - Timestamp{}).seconds(), i));
  }
  Lines lines;
  lines.push_back(std::move(now));
  return Outcome(std::move(lines));
}

template <std::int64_t (*part)(Moment)>
constexpr Function row(std::string_view name, std::string_view description) {
  return {name,          takes({Type::kVector}, Arity::kLastOptional),
          Type::kVector, true,
          description,   date_part<part>};
}

constexpr std::array<Function, 8> kRows = {{
    row<day_of_month>("day_of_month", "day of the month, 1 to 31, in UTC (default: now)"),
    row<day_of_week>("day_of_week", "day of the week, 0 (Sunday) to 6, in UTC (default: now)"),
    row<day_of_year>("day_of_year", "day of the year, 1 to 366, in UTC (default: now)"),
    row<days_in_month>("days_in_month", "days of the month, 28 to 31, in UTC (default: now)"),
    row<hour>("hour", "hour of the day, 0 to 23, in UTC (default: now)"),
    row<minute>("minute", "minute of the hour, 0 to 59, in UTC (default: now)"),
    row<month>("month", "month of the year, 1 to 12, in UTC (default: now)"),
    row<year>("year", "year in UTC (default: now)"),
}};

}  // namespace

std::span<const Function> date_functions() { return kRows; }

}  // namespace daytwo::promql
