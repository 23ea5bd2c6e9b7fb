#include "base/nanos.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace daytwo {
namespace {

constexpr int kDigits = 9;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes a sign of a currency, or a code of three letters, off the front.
void drop_currency(std::string_view& text) {
  for (const std::string_view sign : {"$", "\xE2\x82\xAC", "\xC2\xA3"}) {
    if (text.starts_with(sign)) text.remove_prefix(sign.size());
  }
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (text.size() > 3 && std::all_of(text.begin(), text.begin() + 3, upper)) text.remove_prefix(3);
  text = trim(text);
}

// A minus or a plus off the front; true for a minus.
bool take_sign(std::string_view& text) {
  if (text.empty() || (text[0] != '-' && text[0] != '+')) return false;
  const bool minus = text[0] == '-';
  text.remove_prefix(1);
  return minus;
}

// The digits before the point, without commas; nothing when those are not each third.
std::optional<std::string> whole_digits(std::string_view text) {
  std::string out;
  const std::size_t comma = text.find(',');
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ',') {
      if (i == 0 || (text.size() - i) % 4 != 0) return std::nullopt;
    } else if (is_digit(text[i])) {
      if (comma < i && (text.size() - i) % 4 == 0) return std::nullopt;
      out += text[i];
    } else {
      return std::nullopt;
    }
  }
  return out;
}

// The power of ten behind "e"; nothing when it is none.
std::optional<int> take_exponent(std::string_view& text) {
  const std::size_t at = text.find_first_of("eE");
  if (at == std::string_view::npos) return 0;
  std::string_view written = text.substr(at + 1);
  if (written.starts_with('+')) written.remove_prefix(1);
  int power = 0;
  const char* const first = written.data();
  const char* const last = first + written.size();
  const auto [end, error] = std::from_chars(first, last, power);
  if (written.empty() || error != std::errc() || end != last || power < -30 || power > 12) {
    return std::nullopt;
  }
  text = text.substr(0, at);
  return power;
}

// digits x 10^power in billionths; rounds half up, since the sign stands apart.
std::optional<std::int64_t> scale(std::string digits, int power) {
  power += kDigits;
  bool up = false;
  if (power < 0) {
    const auto cut = static_cast<std::size_t>(-power);
    if (cut > digits.size()) return 0;
    up = digits[digits.size() - cut] >= '5';
    digits.resize(digits.size() - cut);
  } else {
    digits.append(static_cast<std::size_t>(power), '0');
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) return up ? 1 : 0;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || value >= kMostMajor * kNanosInOne) return std::nullopt;
  return value + (up ? 1 : 0);
}

}  // namespace

std::optional<std::int64_t> parse_nanos(std::string_view text) {
  text = trim(text);
  bool minus = false;
  if (text.size() > 2 && text.front() == '(' && text.back() == ')') {
    minus = true;
    text = trim(text.substr(1, text.size() - 2));
  } else {
    minus = take_sign(text);
  }
  drop_currency(text);
  if (!minus) minus = take_sign(text);
  const auto power = take_exponent(text);
  if (!power) return std::nullopt;
  const std::size_t point = std::min(text.find('.'), text.size());
  auto digits = whole_digits(text.substr(0, point));
  if (!digits) return std::nullopt;
  const std::string_view behind = point < text.size() ? text.substr(point + 1) : "";
  if (!std::all_of(behind.begin(), behind.end(), is_digit)) return std::nullopt;
  digits->append(behind);
  if (digits->empty()) return std::nullopt;
  const auto value = scale(std::move(*digits), *power - static_cast<int>(behind.size()));
  if (!value) return std::nullopt;
  return minus ? -*value : *value;
}

std::string nanos_text(std::int64_t nanos) {
  const std::int64_t size = nanos < 0 ? -nanos : nanos;
  std::string behind = fmt::format("{:09}", size % kNanosInOne);
  while (behind.size() > 2 && behind.back() == '0') behind.pop_back();
  return fmt::format("{}{}.{}", nanos < 0 ? "-" : "", size / kNanosInOne, behind);
}

void NanoSum::normalise() {
  major_ += nanos_ / kNanosInOne;
  nanos_ %= kNanosInOne;
  if (nanos_ < 0) {
    nanos_ += kNanosInOne;
    --major_;
  }
}

void NanoSum::add(std::int64_t nanos) {
  major_ += nanos / kNanosInOne;
  nanos_ += nanos % kNanosInOne;
  normalise();
}

void NanoSum::add(const NanoSum& other) {
  major_ += other.major_;
  nanos_ += other.nanos_;
  normalise();
}

void NanoSum::subtract(const NanoSum& other) {
  major_ -= other.major_;
  nanos_ -= other.nanos_;
  normalise();
}

double NanoSum::major() const {
  return static_cast<double>(major_) + static_cast<double>(nanos_) / kNanosInOne;
}

std::string NanoSum::to_cents() const {
  const bool minus = major_ < 0;
  std::int64_t whole = minus && nanos_ > 0 ? -major_ - 1 : (minus ? -major_ : major_);
  const std::int64_t part = minus && nanos_ > 0 ? kNanosInOne - nanos_ : nanos_;
  std::int64_t cents = (part + 5'000'000) / 10'000'000;
  whole += cents / 100;
  cents %= 100;
  std::string digits = fmt::format("{}", whole);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return fmt::format("{}{}.{:02}", minus && (whole > 0 || cents > 0) ? "-" : "", digits, cents);
}

}  // namespace daytwo
