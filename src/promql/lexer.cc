#include "promql/lexer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "promql/ast.h"

namespace daytwo::promql {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

struct Keyword {
  std::string_view word;
  TokenKind kind;
  BinaryOp binary = BinaryOp::kAdd;
};

constexpr std::array<Keyword, 16> kKeywords = {{
    {"by", TokenKind::kBy},
    {"without", TokenKind::kWithout},
    {"on", TokenKind::kOn},
    {"ignoring", TokenKind::kIgnoring},
    {"group_left", TokenKind::kGroupLeft},
    {"group_right", TokenKind::kGroupRight},
    {"bool", TokenKind::kBool},
    {"offset", TokenKind::kOffset},
    {"start", TokenKind::kStart},
    {"end", TokenKind::kEndWord},
    {"and", TokenKind::kOperator, BinaryOp::kAnd},
    {"or", TokenKind::kOperator, BinaryOp::kOr},
    {"unless", TokenKind::kOperator, BinaryOp::kUnless},
    {"atan2", TokenKind::kOperator, BinaryOp::kAtan2},
    {"inf", TokenKind::kNumber},
    {"nan", TokenKind::kNumber},
}};

// Units of a duration, longest first: `h` after `m` would be read as another duration.
constexpr std::array<std::string_view, 7> kUnits = {"y", "w", "d", "h", "m", "s", "ms"};

// Length of a duration such as 1h30m at the front of `text`, 0 if there is none.
std::size_t duration_length(std::string_view text) {
  std::size_t at = 0;
  std::size_t next_unit = 0;
  while (at < text.size() && is_digit(text[at])) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    std::size_t name_end = end;
    while (name_end < text.size() && text[name_end] >= 'a' && text[name_end] <= 'z') ++name_end;
    const std::string_view name = text.substr(end, name_end - end);
    const auto* unit = std::find(kUnits.begin() + next_unit, kUnits.end(), name);
    if (unit == kUnits.end()) return 0;
    next_unit = static_cast<std::size_t>(unit - kUnits.begin()) + 1;
    at = name_end;
  }
  return at;
}

// Length of a number at the front of `text`: decimal with fraction and exponent, or hexadecimal.
std::size_t number_length(std::string_view text) {
  const auto digits_from = [text](std::size_t at, auto&& accept) {
    while (at < text.size() &&
           (accept(text[at]) || (text[at] == '_' && at > 0 && accept(text[at - 1])))) {
      ++at;
    }
    return at;
  };
  const bool hex = text.size() > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
  if (hex) return digits_from(2, is_hex);
  std::size_t at = digits_from(0, is_digit);
  if (at < text.size() && text[at] == '.') at = digits_from(at + 1, is_digit);
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::size_t exponent = at + 1;
    if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
    at = digits_from(exponent, is_digit);
  }
  return at;
}

}  // namespace

std::string Token::description() const {
  switch (kind) {
    case TokenKind::kEnd:
      return "end of input";
    case TokenKind::kError:
      return message;
    case TokenKind::kIdentifier:
      return "identifier " + go_quoted(text);
    case TokenKind::kMetricIdentifier:
      return "metric identifier " + go_quoted(text);
    case TokenKind::kOperator:
    case TokenKind::kRegexMatch:
    case TokenKind::kRegexExclude:
    case TokenKind::kAt:
      return fmt::format("<op:{}>", text);
    case TokenKind::kAggregate:
      return fmt::format("<aggr:{}>", text);
    case TokenKind::kBy:
    case TokenKind::kWithout:
    case TokenKind::kOn:
    case TokenKind::kIgnoring:
    case TokenKind::kGroupLeft:
    case TokenKind::kGroupRight:
    case TokenKind::kBool:
    case TokenKind::kOffset:
      return fmt::format("<{}>", text);
    default:
      break;
  }
  std::string quoted = text.size() > 10 ? go_quoted(text.substr(0, 10)) + "..." : go_quoted(text);
  if (kind == TokenKind::kNumber) return "number " + quoted;
  if (kind == TokenKind::kDuration) return "duration " + quoted;
  if (kind == TokenKind::kString) return "string " + quoted;
  return quoted;
}

bool Token::is_word() const {
  return !text.empty() && is_alpha(text.front()) && kind != TokenKind::kError &&
         kind != TokenKind::kMetricIdentifier;
}

char Lexer::peek(std::size_t ahead) const {
  return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
}

// The character as Go prints a rune: 'x'.
std::string Lexer::character(std::size_t ahead) const {
  const std::string_view rest = text_.substr(std::min(at_ + ahead, text_.size()));
  std::size_t length = rest.empty() ? 0 : 1;
  while (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0U) == 0x80) {
    ++length;
  }
  std::string quoted = go_quoted(rest.substr(0, length));
  if (quoted == "\"\\\"\"") return "'\"'";
  if (quoted == "\"'\"") return "'\\''";
  quoted.front() = '\'';
  quoted.back() = '\'';
  return quoted;
}

Token Lexer::make(TokenKind kind, std::size_t length) {
  Token token;
  token.kind = kind;
  token.span = {at_, at_ + length};
  token.text = text_.substr(at_, length);
  at_ += length;
  return token;
}

Token Lexer::make(BinaryOp op, std::size_t length) {
  Token token = make(TokenKind::kOperator, length);
  token.binary = op;
  return token;
}

Token Lexer::error(std::string message) {
  Token token = make(TokenKind::kError, 0);
  token.span.to = text_.size();
  token.message = std::move(message);
  failed_ = true;
  return token;
}

void Lexer::skip_blank() {
  while (at_ < text_.size()) {
    if (is_blank(text_[at_])) {
      ++at_;
    } else if (text_[at_] == '#') {
      while (at_ < text_.size() && text_[at_] != '\n') ++at_;
    } else {
      return;
    }
  }
}

Token Lexer::next() {
  if (failed_) return make(TokenKind::kEnd, 0);
  skip_blank();
  return in_braces_ ? next_in_braces() : next_outside();
}

Token Lexer::finish() {
  if (in_braces_) return error("unexpected end of input inside braces");
  if (in_brackets_) return error("unclosed left bracket");
  if (open_parens_ != 0) return error("unclosed left parenthesis");
  return make(TokenKind::kEnd, 0);
}

Token Lexer::next_in_braces() {
  if (at_ >= text_.size()) return finish();
  const char c = peek();
  if (is_alpha(c)) {
    std::size_t length = 1;
    while (is_alpha(peek(length)) || is_digit(peek(length))) ++length;
    return make(TokenKind::kIdentifier, length);
  }
  switch (c) {
    case ',':
      return make(TokenKind::kComma, 1);
    case '"':
    case '\'':
    case '`':
      return quoted();
    case '=':
    case '!':
      return matcher_operator();
    case '{':
      return error(fmt::format("unexpected left brace {}", character()));
    case '}':
      in_braces_ = false;
      return make(TokenKind::kRightBrace, 1);
    default:
      return error(fmt::format("unexpected character inside braces: {}", character()));
  }
}

Token Lexer::matcher_operator() {
  if (peek() == '=') {
    if (peek(1) == '~') return make(TokenKind::kRegexMatch, 2);
    return make(TokenKind::kAssign, 1);
  }
  if (peek(1) == '~') return make(TokenKind::kRegexExclude, 2);
  if (peek(1) == '=') return make(BinaryOp::kNotEqual, 2);
  return error(fmt::format("unexpected character after '!' inside braces: {}", character(1)));
}

Token Lexer::next_outside() {
  if (at_ >= text_.size()) return finish();
  const char c = peek();
  if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
  if (is_alpha(c) || (c == ':' && !in_brackets_)) return word();
  if (c == '"' || c == '\'' || c == '`') return quoted();
  return punctuation_or_word();
}

Token Lexer::punctuation_or_word() {
  switch (peek()) {
    case ',':
      return make(TokenKind::kComma, 1);
    case '(':
      ++open_parens_;
      return make(TokenKind::kLeftParen, 1);
    case ')':
      if (open_parens_ == 0) {
        return error(fmt::format("unexpected right parenthesis {}", character()));
      }
      --open_parens_;
      return make(TokenKind::kRightParen, 1);
    case '{':
      in_braces_ = true;
      return make(TokenKind::kLeftBrace, 1);
    case '[':
      if (in_brackets_) return error(fmt::format("unexpected left bracket {}", character()));
      in_brackets_ = true;
      return make(TokenKind::kLeftBracket, 1);
    case ']':
      if (!in_brackets_) return error(fmt::format("unexpected right bracket {}", character()));
      in_brackets_ = false;
      return make(TokenKind::kRightBracket, 1);
    case ':':
      return make(TokenKind::kColon, 1);
    case '@':
      return make(TokenKind::kAt, 1);
    default:
      return operator_token();
  }
}

Token Lexer::operator_token() {
  switch (peek()) {
    case '+':
      return make(BinaryOp::kAdd, 1);
    case '-':
      return make(BinaryOp::kSub, 1);
    case '*':
      return make(BinaryOp::kMul, 1);
    case '/':
      return make(BinaryOp::kDiv, 1);
    case '%':
      return make(BinaryOp::kMod, 1);
    case '^':
      return make(BinaryOp::kPow, 1);
    case '<':
      return peek(1) == '=' ? make(BinaryOp::kLessEqual, 2) : make(BinaryOp::kLess, 1);
    case '>':
      return peek(1) == '=' ? make(BinaryOp::kGreaterEqual, 2) : make(BinaryOp::kGreater, 1);
    case '=':
      if (peek(1) == '=') return make(BinaryOp::kEqual, 2);
      if (peek(1) == '~') {
        return error(fmt::format("unexpected character after '=': {}", character(1)));
      }
      return make(TokenKind::kAssign, 1);
    case '!':
      if (peek(1) == '=') return make(BinaryOp::kNotEqual, 2);
      return error(fmt::format("unexpected character after '!': {}", character(1)));
    default:
      return error(fmt::format("unexpected character: {}", character()));
  }
}

Token Lexer::word() {
  std::size_t length = 0;
  while (is_alpha(peek(length)) || is_digit(peek(length)) || peek(length) == ':') ++length;
  const std::string_view raw = text_.substr(at_, length);
  const std::string lower = to_lower(raw);
  for (const Keyword& keyword : kKeywords) {
    if (keyword.word != lower) continue;
    Token token = make(keyword.kind, length);
    token.binary = keyword.binary;
    return token;
  }
  for (auto op = AggregateOp::kSum; op <= AggregateOp::kCountValues;
       op = static_cast<AggregateOp>(static_cast<int>(op) + 1)) {
    if (name_of(op) != lower) continue;
    Token token = make(TokenKind::kAggregate, length);
    token.aggregate = op;
    return token;
  }
  const bool colon = raw.find(':') != std::string_view::npos;
  return make(colon ? TokenKind::kMetricIdentifier : TokenKind::kIdentifier, length);
}

Token Lexer::number() {
  const std::string_view rest = text_.substr(at_);
  const auto ends = [rest](std::size_t length) {
    return length > 0 &&
           (length == rest.size() || (!is_alpha(rest[length]) && !is_digit(rest[length])));
  };
  const std::size_t number_size = number_length(rest);
  if (ends(number_size)) return make(TokenKind::kNumber, number_size);
  const std::size_t duration_size = duration_length(rest);
  if (ends(duration_size)) return make(TokenKind::kDuration, duration_size);
  std::size_t bad = 0;
  while (bad < rest.size() && (is_alpha(rest[bad]) || is_digit(rest[bad]))) ++bad;
  return error("bad number or duration syntax: " +
               go_quoted(rest.substr(0, std::max<std::size_t>(bad, 1))));
}

Token Lexer::quoted() {
  const char quote = peek();
  std::size_t length = 1;
  while (at_ + length < text_.size()) {
    const char c = peek(length);
    if (c == quote) return make(TokenKind::kString, length + 1);
    if (quote != '`') {
      if (c == '\n') break;
      if (c == '\\') ++length;
    }
    ++length;
  }
  return error(quote == '`' ? "unterminated raw string" : "unterminated quoted string");
}

}  // namespace daytwo::promql
