#include "model/amount.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "chance/estimate.h"

namespace daytwo::model {
namespace {

// Two significant digits: more would claim a precision that an estimate does not have.
double rounded(double value) {
  // Of a subnormal number the scale would be infinite: it has no digit that could be shown.
  if (!std::isnormal(value)) return std::isfinite(value) ? 0 : value;
  const double scale = std::pow(10, 1 - std::floor(std::log10(std::abs(value))));
  // A scale below 1 is no exact number: 996,000 must become 1,000,000, not a hair less.
  return scale < 1 ? std::round(value * scale) * std::round(1 / scale)
                   : std::round(value * scale) / scale;
}

struct Suffix {
  double scale;
  std::string_view word;
};
constexpr std::array<Suffix, 5> kSuffixes = {
    {{1e12, "T"}, {1e9, "B"}, {1e6, "M"}, {1e3, "k"}, {1, ""}}};

// The suffix of a value that is already rounded: $999,600 is $1M.
Suffix suffix_of(double value) {
  if (!std::isfinite(value)) return kSuffixes.back();
  for (const Suffix& each : kSuffixes) {
    if (std::abs(value) >= each.scale) return each;
  }
  return kSuffixes.back();
}

// A rounded value without trailing zeros: "120", "4.4", "0.31", "0.05".
std::string digits(double value) {
  if (!std::isfinite(value)) return fmt::format("{}", value);
  if (std::abs(value) >= 10) return fmt::format("{:.0f}", value);
  std::string out = fmt::format(
      "{:.{}f}", value,
      value == 0
          ? 0
          : std::clamp(1 - static_cast<int>(std::floor(std::log10(std::abs(value)))), 1, 12));
  if (out.find('.') != std::string::npos) {
    out.erase(out.find_last_not_of('0') + 1);
    if (out.ends_with('.')) out.pop_back();
  }
  return out;
}

std::string sign_of(std::string_view unit) {
  if (unit == "USD") return "$";
  if (unit == "EUR") return "€";
  if (unit == "GBP") return "£";
  return std::string(unit) + " ";
}

bool is_currency(std::string_view unit) {
  return unit.size() == 3 &&
         std::all_of(unit.begin(), unit.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string with_suffix(double value, Suffix suffix, std::string_view unit) {
  std::string number = digits(rounded(value) / suffix.scale) + std::string(suffix.word);
  if (!is_currency(unit)) return number;
  if (number.starts_with('-')) return "-" + sign_of(unit) + number.substr(1);
  return sign_of(unit) + number;
}

// Natural units keep their digits up to 100,000: "1200 records", not "1.2k records".
Suffix suffix_for(double value, std::string_view unit) {
  const double round = rounded(value);
  return !is_currency(unit) && std::abs(round) < 1e5 ? kSuffixes.back() : suffix_of(round);
}

// Both ends take the suffix of the larger one if the smaller is at least a tenth of that suffix:
// $0.31M to $4.4M, but $43k to $1.4M.
std::string range_words(double low, double high, std::string_view unit) {
  const Suffix own = suffix_for(low, unit);
  const Suffix shared = suffix_for(high, unit);
  const bool share = low > 0 && rounded(low) >= 0.1 * shared.scale;
  return with_suffix(low, share ? shared : own, unit) + " to " + with_suffix(high, shared, unit);
}

std::string with_unit(std::string words, const Amount& amount) {
  if (!amount.is_money() && !amount.unit.empty()) words += " " + amount.unit;
  if (!amount.window.empty() && amount.window != kNow) words += " " + amount.window;
  return words;
}

}  // namespace

std::string money_words(double major, const std::string& unit) {
  return with_suffix(major, suffix_for(major, unit), unit);
}

std::string to_words(const Amount& amount) {
  const chance::Estimate& x = amount.estimate;
  if (x.p05 == x.p95) return with_unit(money_words(x.p50, amount.unit), amount);
  return with_unit(range_words(x.p05, x.p95, amount.unit), amount) + ", median " +
         money_words(x.p50, amount.unit) + " (90 %)";
}

}  // namespace daytwo::model
