#include "model/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <system_error>

#include "base/text.h"
#include "base/utf8.h"

namespace daytwo::model {
namespace {

// Deeper nesting is the mark of an attack, not of data: each level costs a stack frame.
constexpr int kMaxDepth = 64;
// More complaints than this help nobody.
constexpr std::size_t kMaxDiagnostics = 20;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Bytes that stand for themselves inside a JSON string.
bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; }

// Does the token hold a whole number that fits `out`, which gets it?
template <typename Whole>
bool is_whole(std::string_view token, Whole& out) {
  const auto done = std::from_chars(token.data(), token.data() + token.size(), out);
  return done.ec == std::errc() && done.ptr == token.data() + token.size();
}

void append_escaped(std::string& out, std::string_view text) {
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_plain(c)) continue;
    out.append(text, start, i - start);
    start = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    }
  }
  out.append(text, start, text.size() - start);
}

// The line that holds `offset`, at most 200 bytes of it around the place.
std::string line_around(std::string_view text, std::size_t offset, std::size_t line_start) {
  const std::size_t line_end = std::min(text.find('\n', offset), text.size());
  const std::size_t length = line_end - line_start;
  return length <= 200 ? std::string(text.substr(line_start, length)) : std::string();
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  is_utf8(text) ? append_escaped(out, text) : append_escaped(out, to_utf8(text));
  out += '"';
}

void JsonWriter::key(std::string_view name) {
  before_value();
  append_json_string(out_, name);
  out_ += ':';
  comma_ = false;
}

void JsonWriter::string(std::string_view text) {
  before_value();
  append_json_string(out_, text);
  comma_ = true;
}

void JsonWriter::number(double value) {
  if (!std::isfinite(value)) {
    null();
    return;
  }
  std::array<char, 32> buffer{};
  const auto done = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  raw({buffer.data(), static_cast<std::size_t>(done.ptr - buffer.data())});
}

void JsonWriter::integer(std::int64_t value) {
  std::array<char, 24> buffer{};
  const auto done = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  raw({buffer.data(), static_cast<std::size_t>(done.ptr - buffer.data())});
}

void JsonWriter::unsigned_integer(std::uint64_t value) {
  std::array<char, 24> buffer{};
  const auto done = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  raw({buffer.data(), static_cast<std::size_t>(done.ptr - buffer.data())});
}

void JsonReader::complain(std::size_t at, std::string text, std::string expected,
                          std::string suggestion) {
  if (diagnostics_.size() >= kMaxDiagnostics) return;
  at = std::min(at, text_.size());
  const std::string_view before = text_.substr(0, at);
  const std::size_t newline = before.rfind('\n');
  const std::size_t line_start = newline == std::string_view::npos ? 0 : newline + 1;
  Diagnostic diagnostic;
  diagnostic.file = source_;
  diagnostic.line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
  diagnostic.column = static_cast<int>(at - line_start) + 1;
  diagnostic.text = std::move(text);
  diagnostic.source_line = line_around(text_, at, line_start);
  diagnostic.expected = std::move(expected);
  diagnostic.suggestion = std::move(suggestion);
  diagnostics_.push_back(std::move(diagnostic));
}

void JsonReader::skip_space() {
  while (at_ < text_.size() && is_space(text_[at_])) ++at_;
}

std::size_t JsonReader::position() {
  skip_space();
  return at_;
}

void JsonReader::syntax_error(std::string text) {
  if (broken_) return;
  broken_ = true;
  if (at_ >= text_.size()) text = "the text ends too early";
  complain(at_, std::move(text));
}

void JsonReader::wrong_type(std::string_view expected) {
  const std::size_t at = position();
  if (broken_) return;
  skip_value();
  if (!broken_) complain(at, "this value has the wrong type", std::string(expected));
}

bool JsonReader::begin(char bracket, std::string_view expected) {
  skip_space();
  if (broken_) return false;
  if (at_ >= text_.size() || text_[at_] != bracket) {
    wrong_type(expected);
    return false;
  }
  if (++depth_ > kMaxDepth) {
    syntax_error(fmt::format("nested deeper than {} levels", kMaxDepth));
    return false;
  }
  ++at_;
  return true;
}

bool JsonReader::next_key(std::string& name, bool first) {
  skip_space();
  if (broken_) return false;
  if (at_ < text_.size() && text_[at_] == '}') {
    ++at_;
    --depth_;
    return false;
  }
  if (!first) {
    if (at_ >= text_.size() || text_[at_] != ',') {
      syntax_error("expected ',' or '}'");
      return false;
    }
    ++at_;
    skip_space();
  }
  if (!scan_string(name)) return false;
  skip_space();
  if (at_ >= text_.size() || text_[at_] != ':') {
    syntax_error("expected ':' after the key");
    return false;
  }
  ++at_;
  return true;
}

bool JsonReader::next_item(bool first) {
  skip_space();
  if (broken_) return false;
  if (at_ < text_.size() && text_[at_] == ']') {
    ++at_;
    --depth_;
    return false;
  }
  if (first) return true;
  if (at_ >= text_.size() || text_[at_] != ',') {
    syntax_error("expected ',' or ']'");
    return false;
  }
  ++at_;
  return true;
}

bool JsonReader::eat_word(std::string_view word) {
  skip_space();
  if (broken_ || !text_.substr(at_).starts_with(word)) return false;
  at_ += word.size();
  return true;
}

bool JsonReader::eat_null() { return eat_word("null"); }

bool JsonReader::scan_hex(std::uint32_t& unit) {
  const std::string_view digits = text_.substr(std::min(at_, text_.size()), 4);
  unit = 0;
  const auto done = std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
  if (digits.size() < 4 || done.ec != std::errc() || done.ptr != digits.data() + 4) {
    syntax_error("expected four hex digits");
    return false;
  }
  at_ += 4;
  return true;
}

bool JsonReader::scan_escape(std::string& out) {
  constexpr std::string_view kFrom = "\"\\/bfnrt";
  constexpr std::string_view kTo = "\"\\/\b\f\n\r\t";
  const char c = at_ < text_.size() ? text_[at_] : '\0';
  if (const std::size_t index = kFrom.find(c); c != '\0' && index != std::string_view::npos) {
    out += kTo[index];
    ++at_;
    return true;
  }
  if (c != 'u') {
    syntax_error("unknown escape in a string");
    return false;
  }
  ++at_;
  std::uint32_t unit = 0;
  if (!scan_hex(unit)) return false;
  if (unit >= 0xD800 && unit < 0xDC00 && text_.substr(at_).starts_with("\\u")) {
    const std::size_t back = at_;
    at_ += 2;
    std::uint32_t low = 0;
    if (!scan_hex(low)) return false;
    if (low >= 0xDC00 && low < 0xE000) {
      append_utf8(out, 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00));
      return true;
    }
    at_ = back;
  }
  append_utf8(out, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
  return true;
}

bool JsonReader::scan_string(std::string& out) {
  out.clear();
  if (at_ >= text_.size() || text_[at_] != '"') {
    syntax_error("expected a string in double quotes");
    return false;
  }
  const std::size_t start = at_++;
  while (at_ < text_.size() && text_[at_] != '"') {
    const std::size_t run = at_;
    while (at_ < text_.size() && is_plain(text_[at_])) ++at_;
    out.append(text_, run, at_ - run);
    if (at_ >= text_.size() || text_[at_] == '"') break;
    if (text_[at_] != '\\') {
      syntax_error("a control character stands unescaped in a string");
      return false;
    }
    ++at_;
    if (!scan_escape(out)) return false;
  }
  if (at_ >= text_.size()) {
    syntax_error("");
    return false;
  }
  ++at_;
  if (!is_utf8(out)) {
    at_ = start;
    syntax_error("this string is not UTF-8");
    return false;
  }
  return true;
}

std::string_view JsonReader::scan_number() {
  skip_space();
  const std::size_t start = at_;
  const auto digits = [this] {
    const std::size_t from = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return at_ - from;
  };
  const auto eat = [this](char a, char b) {
    if (at_ >= text_.size() || (text_[at_] != a && text_[at_] != b)) return false;
    ++at_;
    return true;
  };
  static_cast<void>(eat('-', '-'));
  const std::size_t whole = at_;
  const std::size_t length = digits();
  bool good = length > 0 && (length == 1 || text_[whole] != '0');
  if (good && eat('.', '.')) good = digits() > 0;
  if (good && eat('e', 'E')) {
    static_cast<void>(eat('+', '-'));
    good = digits() > 0;
  }
  if (!good) syntax_error("this is no number");
  return text_.substr(start, at_ - start);
}

bool JsonReader::read_string(std::string& out) {
  skip_space();
  if (broken_) return false;
  if (at_ < text_.size() && text_[at_] != '"') {
    wrong_type("a string");
    return false;
  }
  return scan_string(out);
}

void JsonReader::read_bool(bool& out) {
  if (eat_word("true")) {
    out = true;
  } else if (eat_word("false")) {
    out = false;
  } else {
    wrong_type("true or false");
  }
}

void JsonReader::read_double(double& out) {
  if (eat_null()) {
    out = std::numeric_limits<double>::quiet_NaN();
    return;
  }
  if (const std::size_t at = position();
      at < text_.size() && text_[at] != '-' && !is_digit(text_[at])) {
    wrong_type("a number");
    return;
  }
  if (broken_) return;
  const std::size_t start = at_;
  const std::string_view token = scan_number();
  if (broken_) return;
  const auto done = std::from_chars(token.data(), token.data() + token.size(), out);
  if (done.ec != std::errc()) complain(start, "this number does not fit a double");
}

void JsonReader::read_integer(std::int64_t& out, std::int64_t low, std::int64_t high) {
  double number = 0;
  const std::size_t start = position();
  const std::size_t problems = diagnostics_.size();
  read_double(number);
  if (broken_ || diagnostics_.size() != problems) return;
  const std::string_view token = text_.substr(start, at_ - start);
  if (!is_whole(token, out) || out < low || out > high) {
    complain(start, "this number is out of range",
             fmt::format("a whole number from {} to {}", low, high));
    out = 0;
  }
}

void JsonReader::read_unsigned(std::uint64_t& out, std::uint64_t high) {
  double number = 0;
  const std::size_t start = position();
  const std::size_t problems = diagnostics_.size();
  read_double(number);
  if (broken_ || diagnostics_.size() != problems) return;
  const std::string_view token = text_.substr(start, at_ - start);
  if (!is_whole(token, out) || out > high) {
    complain(start, "this number is out of range",
             fmt::format("a whole number from 0 to {}", high));
    out = 0;
  }
}

void JsonReader::skip_value() {
  skip_space();
  if (broken_) return;
  const char c = at_ < text_.size() ? text_[at_] : '\0';
  std::string ignored;
  if (c == '"') {
    static_cast<void>(scan_string(ignored));
  } else if (c == '{') {
    if (!begin('{', "")) return;
    for (bool first = true; next_key(ignored, first); first = false) skip_value();
  } else if (c == '[') {
    if (!begin('[', "")) return;
    for (bool first = true; next_item(first); first = false) skip_value();
  } else if (c == '-' || is_digit(c)) {
    static_cast<void>(scan_number());
  } else if (!eat_word("true") && !eat_word("false") && !eat_word("null")) {
    syntax_error("expected a value");
  }
}

void JsonReader::end() {
  skip_space();
  if (!broken_ && at_ < text_.size()) {
    broken_ = true;
    complain(at_, "something follows the value");
  }
}

void complain_unknown_key(JsonReader& reader, std::size_t at, const std::string& name,
                          const std::vector<std::string>& known) {
  reader.complain(at, fmt::format("unknown key '{}'", name), "one of: " + join_words(known),
                  nearest_word(name, known));
  reader.skip_value();
}

void complain_unknown_name(JsonReader& reader, std::size_t at, const std::string& name,
                           const std::vector<std::string>& known) {
  reader.complain(at, fmt::format("'{}' is not known here", name), "one of: " + join_words(known),
                  nearest_word(name, known));
}

}  // namespace daytwo::model
