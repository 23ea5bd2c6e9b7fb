// Tokens of the query language.
// Model: the lexer follows braces, brackets and parentheses, because the same characters mean
// different things inside them. Errors are tokens too: the parser decides what to say first.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "promql/ast.h"

namespace daytwo::promql {

enum class TokenKind : std::uint8_t {
  kEnd,
  kError,  // `message` says why
  kIdentifier,
  kMetricIdentifier,  // an identifier with a colon
  kNumber,
  kDuration,
  kString,  // raw, with its quotes
  kLeftParen,
  kRightParen,
  kLeftBrace,
  kRightBrace,
  kLeftBracket,
  kRightBracket,
  kComma,
  kColon,
  kAssign,        // =
  kRegexMatch,    // =~
  kRegexExclude,  // !~
  kAt,
  kOperator,   // `binary` says which
  kAggregate,  // `aggregate` says which
  kBy,
  kWithout,
  kOn,
  kIgnoring,
  kGroupLeft,
  kGroupRight,
  kBool,
  kOffset,
  kStart,
  kEndWord,  // the word `end`
};

// One token and where it stands.
struct Token {
  TokenKind kind = TokenKind::kEnd;
  ByteSpan span;
  std::string_view text;
  BinaryOp binary = BinaryOp::kAdd;
  AggregateOp aggregate = AggregateOp::kSum;
  std::string message;

  // As "unexpected ..." names it: `<op:+>`, `number "5"`, `end of input`.
  [[nodiscard]] std::string description() const;
  // True for words: identifiers, keywords, aggregators and word operators.
  [[nodiscard]] bool is_word() const;
};

// Reads tokens from left to right. The text must outlive the lexer and its tokens.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  // The next token, skipping white space and `#` comments; kEnd for ever at the end, and after the
  // first kError.
  [[nodiscard]] Token next();

 private:
  [[nodiscard]] Token next_outside();
  [[nodiscard]] Token next_in_braces();
  [[nodiscard]] Token finish();
  [[nodiscard]] Token punctuation_or_word();
  [[nodiscard]] Token operator_token();
  [[nodiscard]] Token matcher_operator();
  [[nodiscard]] Token word();
  [[nodiscard]] Token number();
  [[nodiscard]] Token quoted();
  [[nodiscard]] Token make(TokenKind kind, std::size_t length);
  [[nodiscard]] Token make(BinaryOp op, std::size_t length);
  [[nodiscard]] Token error(std::string message);
  [[nodiscard]] char peek(std::size_t ahead = 0) const;
  [[nodiscard]] std::string character(std::size_t ahead = 0) const;
  void skip_blank();

  std::string_view text_;
  std::size_t at_ = 0;
  int open_parens_ = 0;
  bool in_braces_ = false;
  bool in_brackets_ = false;
  bool failed_ = false;
};

}  // namespace daytwo::promql
