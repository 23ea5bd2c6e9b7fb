#include "model/tokens.h"

#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/error.h"
#include "base/result.h"
#include "base/text.h"

namespace daytwo::model {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (static_cast<unsigned char>(c) & 0x80U);
}

// Signs of currencies, as UTF-8.
constexpr std::array<std::string_view, 3> kSigns = {"$", "€", "£"};
constexpr std::array<std::string_view, 12> kCodes = {"usd", "eur", "gbp", "chf", "jpy", "cad",
                                                     "aud", "sek", "nok", "dkk", "pln", "inr"};

// A dash between numbers means "to".
constexpr std::array<std::string_view, 2> kDashes = {"–", "—"};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<std::vector<Token>> read() {
    while (at_ < text_.size()) {
      if (std::isspace(static_cast<unsigned char>(text_[at_])) != 0) {
        ++at_;
        continue;
      }
      TRY_VOID(next());
    }
    push(TokenKind::kEnd, text_.size(), "");
    return std::move(tokens_);
  }

 private:
  // Adds a token that began at `start` and ends here.
  Token& push(TokenKind kind, std::size_t start, std::string text) {
    Token token;
    token.kind = kind;
    token.text = std::move(text);
    token.column = static_cast<int>(start) + 1;
    token.end = at_;
    token.glued = !tokens_.empty() && tokens_.back().end == start &&
                  tokens_.back().kind == TokenKind::kNumber;
    tokens_.push_back(std::move(token));
    return tokens_.back();
  }

  Result<void> next() {
    const std::size_t start = at_;
    const std::string_view rest = text_.substr(at_);
    for (const std::string_view sign : kSigns) {
      if (!rest.starts_with(sign)) continue;
      at_ += sign.size();
      push(TokenKind::kCurrency, start, std::string(sign));
      return {};
    }
    for (const std::string_view dash : kDashes) {
      if (!rest.starts_with(dash)) continue;
      at_ += dash.size();
      push(TokenKind::kSymbol, start, "-");
      return {};
    }
    const bool fraction = rest[0] == '.' && rest.size() > 1 && is_digit(rest[1]);
    if (is_digit(rest[0]) || fraction) return number();
    if (is_letter(rest[0])) {
      word();
      return {};
    }
    ++at_;
    if (std::string_view("%,:()-+/<>='\"?!.;&#*_@|[]{}").find(rest[0]) != std::string_view::npos) {
      push(TokenKind::kSymbol, start, std::string(rest.substr(0, 1)));
      return {};
    }
    return fail({sentence_problem(text_, static_cast<int>(start) + 1,
                                  "a character that means nothing here")});
  }

  // True when a comma at `at` groups thousands: exactly three digits follow.
  bool groups_thousands(std::size_t at) const {
    if (at + 3 >= text_.size() || text_[at] != ',') return false;
    for (std::size_t i = at + 1; i <= at + 3; ++i) {
      if (!is_digit(text_[i])) return false;
    }
    return at + 4 >= text_.size() || !is_digit(text_[at + 4]);
  }

  Result<void> number() {
    const std::size_t start = at_;
    std::string digits;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) {
        digits += c;
      } else if (c != '_' && !groups_thousands(at_)) {
        break;
      }
    }
    exponent(digits);
    double value = 0;
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (code != std::errc{} || end != digits.data() + digits.size() || !std::isfinite(value)) {
      return fail({sentence_problem(text_, static_cast<int>(start) + 1,
                                    "'" + digits + "' is not a number")});
    }
    push(TokenKind::kNumber, start, digits).value = value;
    return {};
  }

  // "1e6", but not the "e" of "1 event".
  void exponent(std::string& digits) {
    std::size_t at = at_;
    if (at >= text_.size() || (text_[at] != 'e' && text_[at] != 'E')) return;
    ++at;
    if (at < text_.size() && (text_[at] == '-' || text_[at] == '+')) ++at;
    if (at >= text_.size() || !is_digit(text_[at])) return;
    while (at < text_.size() && is_digit(text_[at])) ++at;
    digits += text_.substr(at_, at - at_);
    at_ = at;
  }

  void word() {
    const std::size_t start = at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const bool inside = (c == '-' || c == '_' || c == '.' || c == '\'') &&
                          at_ + 1 < text_.size() && is_letter(text_[at_ + 1]);
      const bool dash = text_.substr(at_).starts_with("–") || text_.substr(at_).starts_with("—");
      if (dash || (!is_letter(c) && !is_digit(c) && !inside)) break;
      ++at_;
    }
    std::string text = to_lower(text_.substr(start, at_ - start));
    for (const std::string_view code : kCodes) {
      if (text == code) {
        push(TokenKind::kCurrency, start, std::move(text));
        return;
      }
    }
    push(TokenKind::kWord, start, std::move(text));
  }

  const std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

Diagnostic sentence_problem(std::string_view sentence, int column, std::string text,
                            std::string expected) {
  Diagnostic out;
  out.file = "sentence";
  out.line = 1;
  out.column = column;
  out.text = std::move(text);
  out.source_line = sentence;
  for (char& c : out.source_line) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  out.expected = std::move(expected);
  return out;
}

Result<std::vector<Token>> read_tokens(std::string_view sentence) {
  if (sentence.size() > kMaxSentenceBytes) {
    return fail(Code::kLimit, "a sentence may have " + std::to_string(kMaxSentenceBytes) +
                                  " bytes; this one has " + std::to_string(sentence.size()));
  }
  return Reader(sentence).read();
}

}  // namespace daytwo::model
