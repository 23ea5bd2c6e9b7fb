#include "model/working_hours.h"

#include <fmt/core.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "base/time.h"

namespace daytwo::model {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr Duration kDay = days(1);

// Midnight on a wall clock, and which day of the week it begins; Monday is 0.
struct Day {
  WallTime midnight;
  std::size_t weekday = 0;
};

Day day_of(WallTime wall) {
  std::int64_t number = wall.since_epoch.ms / kDay.ms;
  if (wall.since_epoch.ms % kDay.ms < 0) --number;
  // The first of January 1970 was a Thursday.
  const std::int64_t weekday = ((number + 3) % 7 + 7) % 7;
  return {{kDay * number}, static_cast<std::size_t>(weekday)};
}

std::optional<std::size_t> parse_day(std::string_view text) {
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    if (to_lower(text) == to_lower(kDays.at(i))) return i;
  }
  return std::nullopt;
}

// "Mon-Fri,Sun"; a range may run over the end of the week.
bool parse_days(std::string_view text, std::array<bool, 7>& out) {
  out.fill(false);
  for (const std::string_view part : split(text, ',')) {
    const std::size_t dash = part.find('-');
    const auto first = parse_day(part.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parse_day(part.substr(dash + 1));
    if (!first || !last) return false;
    for (std::size_t i = *first;; i = (i + 1) % 7) {
      out.at(i) = true;
      if (i == *last) break;
    }
  }
  return true;
}

// "09:00"; 24:00 is the end of the day.
std::optional<Duration> parse_clock(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto two = [&](std::size_t at) {
    int value = -1;
    const auto done = std::from_chars(text.data() + at, text.data() + at + 2, value);
    return done.ec == std::errc() && done.ptr == text.data() + at + 2 ? value : -1;
  };
  const int hour = two(0);
  const int minute = two(3);
  if (hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
  return hours(hour) + minutes(minute);
}

std::string clock(Duration since_midnight) {
  const std::int64_t minutes = since_midnight.ms / 60'000;
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string day_words(const std::array<bool, 7>& days) {
  std::string out;
  for (std::size_t i = 0; i < days.size(); ++i) {
    if (!days.at(i)) continue;
    std::size_t last = i;
    while (last + 1 < days.size() && days.at(last + 1)) ++last;
    if (!out.empty()) out += ',';
    out += kDays.at(i);
    if (last > i) out += fmt::format("-{}", kDays.at(last));
    i = last;
  }
  return out;
}

}  // namespace

bool WorkingHours::include(Timestamp at) const {
  const WallTime wall = zone.wall(at);
  const Day day = day_of(wall);
  const Duration since = wall.since_epoch - day.midnight.since_epoch;
  return days.at(day.weekday) && since >= from && since < to;
}

Timestamp WorkingHours::next_start(Timestamp at) const {
  const Day today = day_of(zone.wall(at));
  Timestamp start = at;
  for (std::size_t ahead = 0; ahead <= 14; ++ahead) {
    if (!days.at((today.weekday + ahead) % 7)) continue;
    const Duration midnight = today.midnight.since_epoch + kDay * static_cast<std::int64_t>(ahead);
    start = zone.instant({midnight + from});
    if (start > at && include(start)) break;
  }
  return start;
}

Result<WorkingHours> parse_working_hours(std::string_view text, const FindZone& find) {
  const auto wrong = [&](std::string_view what) {
    return fail(
        Code::kInvalid,
        fmt::format("working hours are written 'Mon-Fri 09:00-17:00 Europe/Berlin': {} in '{}'",
                    what, to_utf8(text)));
  };
  const std::vector<std::string_view> parts = split(trim(text), ' ');
  if (parts.size() < 2 || parts.size() > 3) return wrong("days, hours and a zone are expected");
  WorkingHours out;
  if (!parse_days(parts[0], out.days)) return wrong("no day is called so");
  const std::size_t dash = parts[1].find('-');
  const auto from = parse_clock(parts[1].substr(0, dash));
  const auto to = parse_clock(dash == std::string_view::npos ? "" : parts[1].substr(dash + 1));
  if (!from || !to) return wrong("these are no hours");
  if (*from >= *to) return wrong("they must end after they begin, on the same day,");
  out.from = *from;
  out.to = *to;
  if (parts.size() == 3) {
    auto zone = zone_of(parts[2], find);
    if (!zone) return fail(zone.error());
    out.zone = std::move(*zone);
  }
  return out;
}

std::string to_words(const WorkingHours& hours) {
  return fmt::format("{} {}-{} {}", day_words(hours.days), clock(hours.from), clock(hours.to),
                     hours.zone.name());
}

std::string clock_words(const WorkingHours& hours, Timestamp at) {
  const WallTime wall = hours.zone.wall(at);
  const Day day = day_of(wall);
  return fmt::format("{} {} {}", kDays.at(day.weekday),
                     clock(wall.since_epoch - day.midnight.since_epoch), hours.zone.name());
}

}  // namespace daytwo::model
