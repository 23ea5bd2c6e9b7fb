// The shared parts of the sentence grammar: amounts, ranges, periods, frequencies. sentence.cc and
// stakes.cc build on it. Recursive descent, one token of look-ahead (two where noted).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/sentence.h"
#include "model/tokens.h"

namespace daytwo::model {

// Reads one sentence from left to right. REQUIRES: `text` outlives it; `tokens` are its tokens.
class Grammar {
 public:
  Grammar(std::string_view text, std::vector<Token> tokens)
      : text_(text), tokens_(std::move(tokens)) {}

  // The token `ahead` of the next one; kEnd for ever after the last.
  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;
  const Token& take();
  // Takes the next token if it is this word or symbol.
  bool accept(std::string_view text);
  // Takes the next token if it is one of these words.
  bool accept_any(std::initializer_list<std::string_view> words);
  [[nodiscard]] bool at_end() const { return peek().kind == TokenKind::kEnd; }
  // The text between the next token and the first comma that a number follows, or the end; takes
  // those tokens.
  std::string take_text();

  // "30% a year", "1 in 20 deploys", "0.5 to 4 a year", "once in 5 years".
  [[nodiscard]] Result<Frequency> frequency();
  // "$25k to $2.5M (80%)", "2h", "60% to 80%".
  [[nodiscard]] Result<Quantity> range();
  // One amount, in its unit.
  [[nodiscard]] Result<Quantity> single();

  // A problem at the next token, or at `token`.
  [[nodiscard]] Error expected(std::string what) const;
  [[nodiscard]] Error problem(const Token& token, std::string text,
                              std::string expected = {}) const;

 private:
  struct Amount {
    Token token;        // where it began
    double number = 0;  // as written
    double factor = 1;  // of its unit
    std::string unit;   // empty: not said
    [[nodiscard]] double value() const { return number * factor; }
  };
  struct Period {
    double years = 1;
    std::string trial;
  };
  [[nodiscard]] Result<Amount> amount();
  [[nodiscard]] Result<void> amount_unit(Amount& amount, bool signed_money);
  [[nodiscard]] Result<std::optional<double>> confidence_before();
  [[nodiscard]] Result<std::optional<double>> confidence_after();
  [[nodiscard]] Result<double> confidence();
  [[nodiscard]] Result<void> same_unit(Amount& low, Amount& high) const;
  [[nodiscard]] Result<Period> period();
  [[nodiscard]] Result<Period> period_unit();
  [[nodiscard]] Result<Frequency> frequency_in_words();
  [[nodiscard]] Result<Frequency> chance(const Token& first);
  [[nodiscard]] Result<Frequency> checked(Frequency frequency, const Token& first) const;

  const std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
};

}  // namespace daytwo::model
