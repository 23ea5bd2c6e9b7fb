#include "model/quantity/unit.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/time.h"
#include "model/amount.h"

namespace daytwo::model {
namespace {

constexpr double kWorkWeek = 5 * kHoursAPersonDay;

// One row for each spelling. Times are hours of service in a sentence, unless a person spends them.
constexpr std::array kWords = {
    UnitWord{"s", "h", 1 / 3600.0, "s", kHoursLost},
    UnitWord{"sec", "h", 1 / 3600.0, "s", kHoursLost},
    UnitWord{"secs", "h", 1 / 3600.0, "s", kHoursLost},
    UnitWord{"second", "h", 1 / 3600.0, "s", kHoursLost},
    UnitWord{"seconds", "h", 1 / 3600.0, "s", kHoursLost},
    UnitWord{"m", "h", 1 / 60.0, "min", kHoursLost},
    UnitWord{"min", "h", 1 / 60.0, "min", kHoursLost},
    UnitWord{"mins", "h", 1 / 60.0, "min", kHoursLost},
    UnitWord{"minute", "h", 1 / 60.0, "min", kHoursLost},
    UnitWord{"minutes", "h", 1 / 60.0, "min", kHoursLost},
    UnitWord{"h", "h", 1, "h", kHoursLost},
    UnitWord{"hr", "h", 1, "h", kHoursLost},
    UnitWord{"hrs", "h", 1, "h", kHoursLost},
    UnitWord{"hour", "h", 1, "h", kHoursLost},
    UnitWord{"hours", "h", 1, "h", kHoursLost},
    UnitWord{"d", "h", 24, "day", kHoursLost},
    UnitWord{"day", "h", 24, "day", kHoursLost},
    UnitWord{"days", "h", 24, "day", kHoursLost},
    UnitWord{"week", "h", 168, "week", kHoursLost},
    UnitWord{"weeks", "h", 168, "week", kHoursLost},
    UnitWord{"month", "h", kHoursPerYear / 12, "month", {}},
    UnitWord{"months", "h", kHoursPerYear / 12, "month", {}},
    UnitWord{"quarter", "h", kHoursPerYear / 4, "quarter", {}},
    UnitWord{"quarters", "h", kHoursPerYear / 4, "quarter", {}},
    UnitWord{"y", "h", kHoursPerYear, "year", {}},
    UnitWord{"year", "h", kHoursPerYear, "year", {}},
    UnitWord{"years", "h", kHoursPerYear, "year", {}},
    UnitWord{"person-minute", "person-hour", 1 / 60.0, "person-minute", kPersonHours},
    UnitWord{"person-minutes", "person-hour", 1 / 60.0, "person-minute", kPersonHours},
    UnitWord{"person-hour", "person-hour", 1, "person-hour", kPersonHours},
    UnitWord{"person-hours", "person-hour", 1, "person-hour", kPersonHours},
    UnitWord{"person-day", "person-hour", kHoursAPersonDay, "person-day", kPersonHours},
    UnitWord{"person-days", "person-hour", kHoursAPersonDay, "person-day", kPersonHours},
    UnitWord{"people-days", "person-hour", kHoursAPersonDay, "person-day", kPersonHours},
    UnitWord{"man-day", "person-hour", kHoursAPersonDay, "person-day", kPersonHours},
    UnitWord{"man-days", "person-hour", kHoursAPersonDay, "person-day", kPersonHours},
    UnitWord{"person-week", "person-hour", kWorkWeek, "person-week", kPersonHours},
    UnitWord{"person-weeks", "person-hour", kWorkWeek, "person-week", kPersonHours},
    UnitWord{"record", "record", 1, "record", kRecordsExposed},
    UnitWord{"records", "record", 1, "record", kRecordsExposed},
    UnitWord{"incident", "incident", 1, "incident", kIncidents},
    UnitWord{"incidents", "incident", 1, "incident", kIncidents},
    UnitWord{"event", "incident", 1, "incident", kIncidents},
    UnitWord{"events", "incident", 1, "incident", kIncidents},
    UnitWord{"request", "request", 1, "request", kFailedRequests},
    UnitWord{"requests", "request", 1, "request", kFailedRequests},
    UnitWord{"deploy", "deploy", 1, "deploy", {}},
    UnitWord{"deploys", "deploy", 1, "deploy", {}},
    UnitWord{"release", "release", 1, "release", {}},
    UnitWord{"releases", "release", 1, "release", {}},
    UnitWord{"change", "change", 1, "change", {}},
    UnitWord{"changes", "change", 1, "change", {}},
    UnitWord{"page", "page", 1, "page", {}},
    UnitWord{"pages", "page", 1, "page", {}},
    UnitWord{"ticket", "ticket", 1, "ticket", {}},
    UnitWord{"tickets", "ticket", 1, "ticket", {}},
    UnitWord{"order", "order", 1, "order", {}},
    UnitWord{"orders", "order", 1, "order", {}},
    UnitWord{"message", "message", 1, "message", {}},
    UnitWord{"messages", "message", 1, "message", {}},
    UnitWord{"user", "user", 1, "user", {}},
    UnitWord{"users", "user", 1, "user", {}},
    UnitWord{"customer", "customer", 1, "customer", {}},
    UnitWord{"customers", "customer", 1, "customer", {}},
    UnitWord{"host", "host", 1, "host", {}},
    UnitWord{"hosts", "host", 1, "host", {}},
    UnitWord{"server", "host", 1, "host", {}},
    UnitWord{"servers", "host", 1, "host", {}},
    UnitWord{"person", "person", 1, "person", {}},
    UnitWord{"people", "person", 1, "person", {}},
    UnitWord{"byte", "byte", 1, "byte", {}},
    UnitWord{"bytes", "byte", 1, "byte", {}},
    UnitWord{"kb", "byte", 1e3, "kB", {}},
    UnitWord{"mb", "byte", 1e6, "MB", {}},
    UnitWord{"gb", "byte", 1e9, "GB", {}},
    UnitWord{"tb", "byte", 1e12, "TB", {}},
    UnitWord{"kib", "byte", 0x1p10, "KiB", {}},
    UnitWord{"mib", "byte", 0x1p20, "MiB", {}},
    UnitWord{"gib", "byte", 0x1p30, "GiB", {}},
    UnitWord{"tib", "byte", 0x1p40, "TiB", {}},
};

bool is_currency(std::string_view thing) {
  return thing.size() == 3 &&
         std::all_of(thing.begin(), thing.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string powered(const std::string& word, int power) {
  return power == 1 ? word : word + "^" + std::to_string(power);
}

// Three significant digits.
std::string three_digits(double value) {
  if (value == 0 || !std::isfinite(value)) return format_double(value);
  const double size = std::abs(value);
  if (size >= 1e15 || size < 1e-4) return fmt::format("{:.3g}", value);
  const int decimals = std::max(0, 2 - static_cast<int>(std::floor(std::log10(size))));
  const double scale = std::pow(10, std::floor(std::log10(size)) - 2);
  std::string out = fmt::format("{:.{}f}", std::round(value / scale) * scale, decimals);
  if (out.find('.') != std::string::npos) {
    out.erase(out.find_last_not_of('0') + 1);
    if (out.ends_with('.')) out.pop_back();
  }
  return out;
}

// "25k", "2.5M": as people write large numbers.
std::string short_number(double value) {
  for (const auto& [scale, word] : std::array<std::pair<double, std::string_view>, 4>{
           {{1e12, "T"}, {1e9, "B"}, {1e6, "M"}, {1e3, "k"}}}) {
    if (std::abs(value) >= scale * 0.9995) return three_digits(value / scale) + std::string(word);
  }
  return three_digits(value);
}

}  // namespace

const UnitWord* find_unit_word(std::string_view word) {
  const auto* const found = std::find_if(kWords.begin(), kWords.end(),
                                         [&](const auto& each) { return each.word == word; });
  return found == kWords.end() ? nullptr : found;
}

std::string nearest_unit_word(std::string_view word) {
  std::vector<std::string> known;
  known.reserve(kWords.size());
  for (const UnitWord& each : kWords) known.emplace_back(each.word);
  return nearest_word(word, known);
}

std::string unit_table() {
  std::string out = "| counts | words |\n|---|---|\n";
  std::string_view before;
  for (const UnitWord& each : kWords) {
    if (each.thing != before) {
      if (!before.empty()) out += " |\n";
      out += "| " + std::string(each.thing == "h" ? "time" : each.thing) + " | `";
    } else {
      out += ", `";
    }
    out += std::string(each.word) + "`";
    before = each.thing;
  }
  return out + " |\n";
}

Unit Unit::money(std::string code) { return of_thing(std::move(code)); }

Unit Unit::of(const UnitWord& word) {
  Unit out;
  out.terms_.push_back({std::string(word.thing), 1, word.factor, std::string(word.shown)});
  return out;
}

Unit Unit::of_thing(std::string thing) {
  Unit out;
  std::string shown = thing;
  out.terms_.push_back({std::move(thing), 1, 1, std::move(shown)});
  return out;
}

Unit Unit::share() {
  Unit out;
  out.share_ = true;
  return out;
}

bool Unit::same(const Unit& other) const {
  return std::equal(
      terms_.begin(), terms_.end(), other.terms_.begin(), other.terms_.end(),
      [](const Term& a, const Term& b) { return a.thing == b.thing && a.power == b.power; });
}

std::optional<std::string> Unit::currency() const {
  if (terms_.size() != 1 || terms_[0].power != 1 || !is_currency(terms_[0].thing)) return {};
  return terms_[0].thing;
}

std::string Unit::some_currency() const {
  for (const Term& term : terms_) {
    if (is_currency(term.thing)) return term.thing;
  }
  return {};
}

int Unit::power(std::string_view thing) const {
  for (const Term& term : terms_) {
    if (term.thing == thing) return term.power;
  }
  return 0;
}

Unit Unit::times(const Unit& other) const {
  Unit out;
  auto a = terms_.begin();
  auto b = other.terms_.begin();
  while (a != terms_.end() || b != other.terms_.end()) {
    if (b == other.terms_.end() || (a != terms_.end() && a->thing < b->thing)) {
      out.terms_.push_back(*a++);
    } else if (a == terms_.end() || b->thing < a->thing) {
      out.terms_.push_back(*b++);
    } else {
      Term both = *a++;
      both.power += (b++)->power;
      if (both.power != 0) out.terms_.push_back(std::move(both));
    }
  }
  out.share_ = share_ && other.share_;
  return out;
}

Unit Unit::over(const Unit& other) const {
  Unit out = times(other.to_power(-1));
  out.share_ = false;
  return out;
}

Unit Unit::to_power(int exponent) const {
  if (exponent == 0) return {};
  Unit out = *this;
  for (Term& term : out.terms_) term.power *= exponent;
  return out;
}

std::optional<Unit> Unit::root() const {
  Unit out = *this;
  for (Term& term : out.terms_) {
    if (term.power % 2 != 0) return std::nullopt;
    term.power /= 2;
  }
  return out;
}

double Unit::factor() const {
  if (is_share()) return 0.01;
  double out = 1;
  for (const Term& term : terms_) {
    if (term.factor == 1) continue;
    for (int i = 0; i < std::abs(term.power); ++i) {
      out = term.power > 0 ? out * term.factor : out / term.factor;
    }
  }
  return out;
}

std::string Unit::to_string() const {
  if (plain()) return share_ ? "%" : "";
  std::string above;
  std::string below;
  for (const Term& term : terms_) {
    std::string& side = term.power > 0 ? above : below;
    if (!side.empty()) side += term.power > 0 ? "*" : "/";
    side += powered(term.shown, std::abs(term.power));
  }
  if (below.empty()) return above;
  return (above.empty() ? "1" : above) + "/" + below;
}

std::string Unit::words() const {
  if (plain()) return share_ ? "a share (%)" : "a plain number";
  if (const auto code = currency()) return "money (" + *code + ")";
  if (terms_.size() == 1 && terms_[0].power == 1) {
    if (terms_[0].thing == "h") return "time (" + terms_[0].shown + ")";
    return terms_[0].shown + "s";
  }
  return to_string();
}

FigureUnit figure_unit(const Unit& unit) {
  if (unit.is_share()) return {std::string(kShare), 1};
  return {unit.to_string(), unit.factor()};
}

std::string figure_words(double value, const Unit& unit) {
  if (!std::isfinite(value)) return "infinite";
  const double shown = value / unit.factor();
  if (unit.is_share()) return three_digits(shown) + "%";
  const std::string code = unit.some_currency();
  std::string text = unit.to_string();
  if (!code.empty() && unit.power(code) == 1 && text.starts_with(code)) {
    const std::string sign = shown < 0 ? "-" : "";
    const std::string number = short_number(std::abs(shown)) + text.substr(code.size());
    if (code == "USD") return sign + "$" + number;
    if (code == "EUR") return sign + "€" + number;
    if (code == "GBP") return sign + "£" + number;
    return sign + code + " " + number;
  }
  if (text.starts_with("1/")) return short_number(shown) + text.substr(1);
  return short_number(shown) + (text.empty() ? "" : " " + text);
}

}  // namespace daytwo::model
