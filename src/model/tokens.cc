#include "model/tokens.h"

#include <algorithm>
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
// Their names, as the codes that they mean.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kNames = {
    {{"dollar", "usd"}, {"dollars", "usd"}, {"euro", "eur"}, {"euros", "eur"}}};

// A dash between numbers means "to".
constexpr std::array<std::string_view, 2> kDashes = {"–", "—"};

class Reader {
 public:
  Reader(std::string_view text, TokenRules rules)
      : text_(text), program_(rules == TokenRules::kProgram) {}

  Result<std::vector<Token>> read() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (program_ && c == '#') {
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      } else if (program_ && c == '\n' && brackets_.empty()) {
        ++at_;
        push(TokenKind::kSymbol, at_ - 1, ";");
      } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
        ++at_;
      } else {
        TRY_VOID(next());
      }
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
      push(TokenKind::kSymbol, start, "to");
      return {};
    }
    const bool fraction = rest[0] == '.' && rest.size() > 1 && is_digit(rest[1]);
    if (is_digit(rest[0]) || fraction) return number();
    if (is_letter(rest[0])) {
      word();
      return {};
    }
    ++at_;
    if (std::string_view("%,:()-+/<>='\"?!.;&#*_@|[]{}^").find(rest[0]) != std::string_view::npos) {
      bracket(rest[0]);
      push(TokenKind::kSymbol, start, std::string(rest.substr(0, 1)));
      return {};
    }
    return fail({problem(start, "a character that means nothing here")});
  }

  Diagnostic problem(std::size_t at, std::string text) const {
    const int column = static_cast<int>(at) + 1;
    return program_ ? program_problem(text_, column, std::move(text))
                    : sentence_problem(text_, column, std::move(text));
  }

  // Remembers which commas separate: those of a list or of a call, whose word touches the bracket.
  void bracket(char c) {
    if (c == '(' || c == '[') {
      const bool call = !tokens_.empty() && tokens_.back().kind == TokenKind::kWord &&
                        tokens_.back().end + 1 == at_;
      brackets_.push_back(c == '[' || call);
    } else if ((c == ')' || c == ']') && !brackets_.empty()) {
      brackets_.pop_back();
    }
  }

  // True when a comma at `at` groups thousands: exactly three digits follow.
  bool groups_thousands(std::size_t at) const {
    if (program_ && !brackets_.empty() && brackets_.back()) return false;
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
      return fail({problem(start, "'" + digits + "' is not a number")});
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

  // The first half of "person-days", which is one word everywhere.
  bool is_person(std::size_t start) const {
    const std::string begun = to_lower(text_.substr(start, at_ - start));
    return begun == "person" || begun == "people" || begun == "man";
  }

  // Whether the sign of a currency stands at `at`; its bytes would pass for letters.
  bool sign_at(std::size_t at) const {
    return at < text_.size() && std::any_of(
                                    kSigns.begin(), kSigns.end(),
                                    [&](auto sign) { return text_.substr(at).starts_with(sign); });
  }

  void word() {
    const std::size_t start = at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const bool joins = !program_ ? c == '-' || c == '_' || c == '.' || c == '\''
                                   : c == '_' || (c == '-' && is_person(start));
      const char after = at_ + 1 < text_.size() ? text_[at_ + 1] : ' ';
      const bool inside = joins && !sign_at(at_ + 1) &&
                          (is_letter(after) || (program_ && (after == '_' || is_digit(after))));
      const bool dash = text_.substr(at_).starts_with("–") || text_.substr(at_).starts_with("—");
      if (dash || sign_at(at_) || (!is_letter(c) && !is_digit(c) && !inside)) break;
      ++at_;
    }
    std::string text = to_lower(text_.substr(start, at_ - start));
    for (const auto& [name, code] : kNames) {
      if (text == name) text = code;
    }
    for (const std::string_view code : kCodes) {
      if (text == code) {
        push(TokenKind::kCurrency, start, std::move(text));
        return;
      }
    }
    push(TokenKind::kWord, start, std::move(text));
  }

  const std::string_view text_;
  const bool program_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
  std::vector<bool> brackets_;  // open ones: whether commas separate inside
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

Diagnostic program_problem(std::string_view program, int column, std::string text,
                           std::string expected) {
  const std::size_t at = std::min(static_cast<std::size_t>(column) - 1, program.size());
  const std::size_t begin = at == 0 ? 0 : program.rfind('\n', at - 1) + 1;
  const std::string_view line = program.substr(begin, program.find('\n', begin) - begin);
  Diagnostic out = sentence_problem(line, static_cast<int>(at - begin) + 1, std::move(text),
                                    std::move(expected));
  out.file = "expression";
  out.line += static_cast<int>(
      std::count(program.begin(), program.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
  return out;
}

Result<std::vector<Token>> read_tokens(std::string_view text, TokenRules rules) {
  const bool program = rules == TokenRules::kProgram;
  const std::size_t limit = program ? kMaxProgramBytes : kMaxSentenceBytes;
  if (text.size() > limit) {
    return fail(Code::kLimit, std::string(program ? "a program" : "a sentence") + " may have " +
                                  std::to_string(limit) + " bytes; this one has " +
                                  std::to_string(text.size()));
  }
  return Reader(text, rules).read();
}

}  // namespace daytwo::model
