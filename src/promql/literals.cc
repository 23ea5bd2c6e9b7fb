#include "promql/literals.h"

#include <fast_float/fast_float.h>  // IWYU pragma: keep
#include <fast_float/parse_number.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <system_error>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "base/utf8.h"

namespace daytwo::promql {
namespace {

// Longest span that messages, steps and arithmetic on timestamps can carry: 290 years.
constexpr double kMaxSeconds = 9.2e9;

bool read_integer(std::string_view digits, int base, double& value) {
  std::int64_t whole = 0;
  const char* const begin = digits.data();
  const char* const end = begin + digits.size();
  const auto read = std::from_chars(begin, end, whole, base);
  if (read.ec != std::errc() || read.ptr != end) return false;
  value = static_cast<double>(whole);
  return true;
}

// Appends what `\x`, `\u`, `\U` or an octal escape stands for; takes its digits off `rest`.
bool append_numeric_escape(std::string_view& rest, char kind, std::string& out) {
  std::size_t count = 3;
  int base = 8;
  if (kind == 'x' || kind == 'u' || kind == 'U') {
    base = 16;
    count = kind == 'x' ? 2 : (kind == 'u' ? 4 : 8);
    rest.remove_prefix(1);
  }
  if (rest.size() < count) return false;
  std::uint32_t value = 0;
  const char* const begin = rest.data();
  const auto read = std::from_chars(begin, begin + count, value, base);
  if (read.ec != std::errc() || read.ptr != begin + count) return false;
  rest.remove_prefix(count);
  if (kind == 'u' || kind == 'U') {
    if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return false;
    append_utf8(out, value);
    return true;
  }
  if (value > 0xFF) return false;
  out += static_cast<char>(value);
  return true;
}

}  // namespace

Result<double> parse_number(std::string_view text) {
  const std::string lower = to_lower(text);
  if (lower == "inf") return std::numeric_limits<double>::infinity();
  if (lower == "nan") return std::numeric_limits<double>::quiet_NaN();
  std::string digits = lower;
  digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
  double value = 0;
  if (digits.starts_with("0x")) {
    if (read_integer(std::string_view(digits).substr(2), 16, value)) return value;
  } else {
    if (digits.size() > 1 && digits[0] == '0' && read_integer(digits, 8, value)) return value;
    const char* const end = digits.data() + digits.size();
    const auto read = fast_float::from_chars(digits.data(), end, value);
    const bool whole = read.ec == std::errc() && read.ptr == end;
    if (whole && !std::isinf(value)) return value;
  }
  return fail(Code::kInvalid, fmt::format("error parsing number: {}", go_quoted(text)));
}

Result<Duration> parse_duration_literal(std::string_view text) {
  auto span = parse_duration(text);
  if (!span || std::abs(span->seconds()) > kMaxSeconds) {
    return fail(Code::kInvalid, "duration out of range");
  }
  return *span;
}

Result<Duration> duration_from_seconds(double seconds) {
  if (!(std::abs(seconds) <= kMaxSeconds)) return fail(Code::kInvalid, "duration out of range");
  return Duration{std::llround(seconds * 1000)};
}

Result<std::string> unquote(std::string_view quoted) {
  CHECK(quoted.size() >= 2 && quoted.front() == quoted.back(), "a string token keeps its quotes");
  const char quote = quoted.front();
  std::string_view rest = quoted.substr(1, quoted.size() - 2);
  if (quote == '`') return std::string(rest);
  constexpr std::string_view kLetters = "abfnrtv\\'\"";
  constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\\'\"";
  std::string out;
  while (!rest.empty()) {
    if (rest.front() != '\\') {
      out += rest.front();
      rest.remove_prefix(1);
      continue;
    }
    rest.remove_prefix(1);
    if (rest.empty()) return fail(Code::kInvalid, "escape sequence not terminated");
    const char kind = rest.front();
    const std::size_t letter = kLetters.find(kind);
    const bool other_quote = (kind == '\'' || kind == '"') && kind != quote;
    if (letter != std::string_view::npos && !other_quote) {
      out += kMeanings[letter];
      rest.remove_prefix(1);
    } else if (kind == 'x' || kind == 'u' || kind == 'U' || (kind >= '0' && kind <= '7')) {
      if (!append_numeric_escape(rest, kind, out)) {
        return fail(Code::kInvalid, "escape sequence is not a valid character");
      }
    } else {
      return fail(Code::kInvalid,
                  fmt::format("unknown escape sequence U+{:04X} '{}'",
                              static_cast<unsigned>(static_cast<unsigned char>(kind)), kind));
    }
  }
  return out;
}

}  // namespace daytwo::promql
