#include "base/time.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>

namespace daytwo {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t ms;
};

constexpr std::array<Unit, 7> kUnits = {{{"y", 365 * 86'400'000LL},
                                         {"w", 7 * 86'400'000LL},
                                         {"d", 86'400'000},
                                         {"h", 3'600'000},
                                         {"m", 60'000},
                                         {"s", 1'000},
                                         {"ms", 1}}};

constexpr std::int64_t kMsPerDay = 86'400'000;

struct Civil {
  std::int64_t year;
  unsigned month;
  unsigned day;
};

// Days since 1970-01-01 of a proleptic Gregorian date [Hinnant, "chrono-compatible low-level date
// algorithms"].
constexpr std::int64_t days_from_civil(Civil date) {
  const std::int64_t y = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const auto yoe = static_cast<unsigned>(y - era * 400);
  const unsigned month_from_march = date.month > 2 ? date.month - 3 : date.month + 9;
  const unsigned doy = (153 * month_from_march + 2) / 5 + date.day - 1;
  const unsigned doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + static_cast<std::int64_t>(doe) - 719468;
}

// Inverse of days_from_civil [ibid.].
constexpr Civil civil_from_days(std::int64_t days) {
  const std::int64_t z = days + 719468;
  const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const auto doe = static_cast<unsigned>(z - era * 146097);
  const unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const unsigned mp = (5 * doy + 2) / 153;
  const unsigned day = doy - (153 * mp + 2) / 5 + 1;
  const unsigned month = mp < 10 ? mp + 3 : mp - 9;
  const std::int64_t year = static_cast<std::int64_t>(yoe) + era * 400 + (month <= 2 ? 1 : 0);
  return {year, month, day};
}

constexpr unsigned days_in_month(std::int64_t year, unsigned month) {
  constexpr std::array<unsigned, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

// Reads exactly `count` digits; -1 if there are fewer.
int digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return -1;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool eat(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

// Milliseconds of the fraction after the dot; further digits are cut.
int fraction_ms(std::string_view& text) {
  int value = 0;
  int scale = 100;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    value += (text.front() - '0') * scale;
    scale /= 10;
    text.remove_prefix(1);
  }
  return value;
}

// Minutes east of UTC at the end of the text, or nothing.
bool zone_minutes(std::string_view text, int& minutes_east) {
  if (text == "Z" || text == "z") {
    minutes_east = 0;
    return true;
  }
  if (text.empty()) return false;
  const int sign = text.front() == '-' ? -1 : 1;
  if (!eat(text, '+') && !eat(text, '-')) return false;
  const int hour = digits(text, 2);
  if (!eat(text, ':')) return false;
  const int minute = digits(text, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || !text.empty()) return false;
  minutes_east = sign * (hour * 60 + minute);
  return true;
}

}  // namespace

std::string to_rfc3339(Timestamp at) {
  std::int64_t day = at.ms / kMsPerDay;
  std::int64_t rest = at.ms % kMsPerDay;
  if (rest < 0) {
    rest += kMsPerDay;
    --day;
  }
  const Civil date = civil_from_days(day);
  const std::int64_t second = rest / 1000;
  std::string out = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", date.year, date.month,
                                date.day, second / 3600, second / 60 % 60, second % 60);
  if (rest % 1000 != 0) out += fmt::format(".{:03}", rest % 1000);
  return out + 'Z';
}

Result<Timestamp> parse_rfc3339(std::string_view text) {
  const auto wrong = [text] {
    return fail(Code::kInvalid,
                fmt::format("'{}' is not a time such as 2026-11-22T17:00:00Z", text));
  };
  std::string_view rest = text;
  const int year = digits(rest, 4);
  if (!eat(rest, '-')) return wrong();
  const int month = digits(rest, 2);
  if (!eat(rest, '-')) return wrong();
  const int day = digits(rest, 2);
  if (!eat(rest, 'T') && !eat(rest, 't') && !eat(rest, ' ')) return wrong();
  const int hour = digits(rest, 2);
  if (!eat(rest, ':')) return wrong();
  const int minute = digits(rest, 2);
  if (!eat(rest, ':')) return wrong();
  const int second = digits(rest, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || hour < 0 || hour > 23 || minute < 0 ||
      minute > 59 || second < 0 || second > 60) {
    return wrong();
  }
  if (static_cast<unsigned>(day) > days_in_month(year, static_cast<unsigned>(month))) {
    return wrong();
  }
  const int ms = eat(rest, '.') ? fraction_ms(rest) : 0;
  int east = 0;
  if (!zone_minutes(rest, east)) return wrong();
  const std::int64_t date =
      days_from_civil({year, static_cast<unsigned>(month), static_cast<unsigned>(day)});
  const std::int64_t second_of_day = hour * 3600LL + minute * 60LL + second - east * 60LL;
  return Timestamp{date * kMsPerDay + second_of_day * 1000 + ms};
}

std::string to_words(Duration span) {
  if (span.ms == 0) return "0s";
  std::string out = span.ms < 0 ? "-" : "";
  std::int64_t rest = span.ms < 0 ? -span.ms : span.ms;
  int shown = 0;
  for (const Unit& unit : kUnits) {
    if (unit.name == "w" || (unit.name == "ms" && shown > 0)) continue;
    const std::int64_t count = rest / unit.ms;
    if (count == 0) {
      if (shown > 0) break;
      continue;
    }
    rest -= count * unit.ms;
    if (shown > 0) out += ' ';
    out += fmt::format("{}{}", count, unit.name);
    if (++shown == 2) break;
  }
  return out;
}

std::string to_string(Duration span) {
  if (span.ms == 0) return "0s";
  std::string out = span.ms < 0 ? "-" : "";
  std::int64_t rest = span.ms < 0 ? -span.ms : span.ms;
  for (const Unit& unit : kUnits) {
    // Years and weeks only when they say the whole span, as Prometheus prints durations.
    if ((unit.name == "y" || unit.name == "w") && rest % unit.ms != 0) continue;
    const std::int64_t count = rest / unit.ms;
    if (count == 0) continue;
    rest -= count * unit.ms;
    out += fmt::format("{}{}", count, unit.name);
  }
  return out;
}

Result<Duration> parse_duration(std::string_view text) {
  const auto wrong = [text] {
    return fail(Code::kInvalid, fmt::format("not a valid duration string: \"{}\"", text));
  };
  if (text == "0") return Duration{0};
  std::string_view rest = text;
  std::int64_t total = 0;
  std::size_t next_unit = 0;
  while (!rest.empty()) {
    std::int64_t count = 0;
    std::size_t length = 0;
    while (length < rest.size() && rest[length] >= '0' && rest[length] <= '9') {
      if (count > 100'000'000'000'000LL) return wrong();
      count = count * 10 + (rest[length] - '0');
      ++length;
    }
    if (length == 0) return wrong();
    rest.remove_prefix(length);
    std::size_t name_length = 0;
    while (name_length < rest.size() && rest[name_length] >= 'a' && rest[name_length] <= 'z') {
      ++name_length;
    }
    const std::string_view name = rest.substr(0, name_length);
    rest.remove_prefix(name_length);
    while (next_unit < kUnits.size() && kUnits[next_unit].name != name) ++next_unit;
    if (next_unit == kUnits.size()) return wrong();
    std::int64_t part = 0;
    if (__builtin_mul_overflow(count, kUnits[next_unit].ms, &part) ||
        __builtin_add_overflow(total, part, &total) || total > kMaxTimestamp.ms) {
      return wrong();
    }
    ++next_unit;
  }
  if (text.empty()) return wrong();
  return Duration{total};
}

}  // namespace daytwo
