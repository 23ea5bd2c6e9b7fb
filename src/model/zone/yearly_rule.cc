#include "model/zone/yearly_rule.h"

#include <date/date.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace daytwo::model {
namespace {

// Years beyond these have no summer: nothing that is measured or planned lies there.
constexpr Timestamp kFirstSummer{-62'135'596'800'000};  // 0001-01-01
constexpr Timestamp kLastSummer{253'370'764'800'000};   // 9999-01-01

// A change at an instant, and what holds from then on.
struct Change {
  Timestamp at;
  Duration offset;
};

// Midnight of the day in `year`, as if the clock were UTC.
Timestamp midnight_of(const YearlyDay& day, int year) {
  const date::year y{year};
  date::sys_days found{};
  switch (day.kind) {
    case YearlyDay::Kind::kMonthWeekday: {
      const date::month month{static_cast<unsigned>(day.month)};
      const date::weekday weekday{static_cast<unsigned>(day.weekday)};
      found = day.week == 5 ? date::sys_days{y / month / weekday[date::last]}
                            : date::sys_days{y / month / weekday[static_cast<unsigned>(day.week)]};
      break;
    }
    case YearlyDay::Kind::kJulian: {
      const bool after_february = day.day >= 60 && y.is_leap();
      found = date::sys_days{y / 1 / 1} + date::days{day.day - 1 + (after_february ? 1 : 0)};
      break;
    }
    case YearlyDay::Kind::kDayOfYear:
      found = date::sys_days{y / 1 / 1} + date::days{day.day};
      break;
  }
  return Timestamp{std::int64_t{found.time_since_epoch().count()} * days(1).ms};
}

int year_of(Timestamp at) {
  const std::chrono::milliseconds since{at.ms};
  const date::sys_days day{date::floor<date::days>(since)};
  return static_cast<int>(date::year_month_day{day}.year());
}

// The changes of the year before, of the year of `at` and of the year after, in order. Where a
// summer ends as the next begins, it is summer.
std::vector<Change> changes_around(Duration standard, const YearlyRule::Summer& summer,
                                   Timestamp at) {
  std::vector<Change> out;
  const int year = year_of(at);
  for (int each = year - 1; each <= year + 1; ++each) {
    out.push_back({midnight_of(summer.end, each) + summer.end.time - summer.offset, standard});
    out.push_back({midnight_of(summer.start, each) + summer.start.time - standard, summer.offset});
  }
  std::stable_sort(out.begin(), out.end(), [&](const Change& a, const Change& b) {
    if (a.at != b.at) return a.at < b.at;
    return a.offset == standard && b.offset != standard;
  });
  return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads from the front of a text; every reader leaves `rest` where it stopped.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  bool take(char wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::optional<int> number(int least, int most) {
    int value = 0;
    std::size_t digits = 0;
    while (digits < std::min<std::size_t>(rest_.size(), 3) && is_digit(rest_[digits])) {
      value = value * 10 + (rest_[digits] - '0');
      ++digits;
    }
    if (digits == 0 || value < least || value > most) return std::nullopt;
    rest_.remove_prefix(digits);
    return value;
  }
  // "CET" or "<+03>".
  bool name() {
    const bool quoted = take('<');
    std::size_t length = 0;
    const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    const auto belongs = [&](char c) {
      return is_letter(c) || (quoted && (is_digit(c) || c == '+' || c == '-'));
    };
    while (length < rest_.size() && belongs(rest_[length])) ++length;
    rest_.remove_prefix(length);
    return length >= 3 && (!quoted || take('>'));
  }
  // "[+-]hh[:mm[:ss]]"
  std::optional<Duration> time(int most_hours) {
    const bool negative = take('-');
    if (!negative) take('+');
    const auto hour = number(0, most_hours);
    if (!hour) return std::nullopt;
    Duration out = hours(*hour);
    if (take(':')) {
      const auto minute = number(0, 59);
      if (!minute) return std::nullopt;
      out = out + minutes(*minute);
      if (take(':')) {
        const auto second = number(0, 59);
        if (!second) return std::nullopt;
        out = out + seconds(*second);
      }
    }
    return negative ? -out : out;
  }
  std::optional<YearlyDay> day() {
    YearlyDay out;
    if (take('M')) {
      const auto month = number(1, 12);
      if (!month || !take('.')) return std::nullopt;
      const auto week = number(1, 5);
      if (!week || !take('.')) return std::nullopt;
      const auto weekday = number(0, 6);
      if (!weekday) return std::nullopt;
      out.month = *month;
      out.week = *week;
      out.weekday = *weekday;
    } else {
      out.kind = take('J') ? YearlyDay::Kind::kJulian : YearlyDay::Kind::kDayOfYear;
      const auto found = number(out.kind == YearlyDay::Kind::kJulian ? 1 : 0, 365);
      if (!found) return std::nullopt;
      out.day = *found;
    }
    if (take('/')) {
      const auto time_of_day = time(167);
      if (!time_of_day) return std::nullopt;
      out.time = *time_of_day;
    }
    return out;
  }

 private:
  std::string_view rest_;
};

}  // namespace

Duration YearlyRule::offset_at(Timestamp at) const {
  if (!summer || at < kFirstSummer || at > kLastSummer) return standard;
  Duration now = standard;
  for (const Change& change : changes_around(standard, *summer, at)) {
    if (change.at > at) break;
    now = change.offset;
  }
  return now;
}

std::optional<Timestamp> YearlyRule::next_change(Timestamp at) const {
  if (!summer || at < kFirstSummer || at > kLastSummer) return std::nullopt;
  for (const Change& change : changes_around(standard, *summer, at)) {
    if (change.at > at) return change.at;
  }
  return std::nullopt;
}

std::optional<YearlyRule> parse_yearly_rule(std::string_view text) {
  Reader reader(text);
  YearlyRule out;
  if (!reader.name()) return std::nullopt;
  const auto standard = reader.time(24);
  if (!standard) return std::nullopt;
  out.standard = -*standard;  // POSIX counts west of Greenwich
  if (reader.at_end()) return out;
  if (!reader.name()) return std::nullopt;
  YearlyRule::Summer summer;
  summer.offset = out.standard + hours(1);
  if (!reader.take(',')) {
    const auto offset = reader.time(24);
    if (!offset || !reader.take(',')) return std::nullopt;
    summer.offset = -*offset;
  }
  const auto start = reader.day();
  if (!start || !reader.take(',')) return std::nullopt;
  const auto end = reader.day();
  if (!end || !reader.at_end()) return std::nullopt;
  summer.start = *start;
  summer.end = *end;
  out.summer = summer;
  return out;
}

}  // namespace daytwo::model
