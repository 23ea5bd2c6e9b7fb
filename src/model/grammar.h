// The shared parts of the grammar: amounts, ranges, periods, frequencies. sentence.cc, stakes.cc
// and quantity/parser.cc build on it: what a person writes as an amount reads the same in all of
// them. Recursive descent, one token of look-ahead (more where noted).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/quantity/unit.h"
#include "model/sentence.h"
#include "model/tokens.h"

namespace daytwo::model {

// A range or an amount with all of its unit: `quantity.unit` names the natural unit of a sentence
// alone, and is empty for what no sentence counts ($/h).
struct Measured {
  Quantity quantity;
  Unit unit;
};

// Reads one text from left to right. In a program an amount may have a rate for a unit ($12k/h) and
// a hyphen never means "to". REQUIRES: `text` outlives it; `tokens` are its tokens by these rules.
class Grammar {
 public:
  Grammar(std::string_view text, std::vector<Token> tokens,
          TokenRules rules = TokenRules::kSentence)
      : text_(text), tokens_(std::move(tokens)), program_(rules == TokenRules::kProgram) {}

  // The token `ahead` of the next one; kEnd for ever after the last.
  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;
  const Token& take();
  // Takes the next token if it is this word or symbol.
  bool accept(std::string_view text);
  // Takes the next token if it is one of these words.
  bool accept_any(std::initializer_list<std::string_view> words);
  // A place to come back to, and coming back.
  [[nodiscard]] std::size_t mark() const { return next_; }
  void reset(std::size_t mark) { next_ = mark; }
  // Where the last token that was taken ends, in bytes; 0 before the first.
  [[nodiscard]] std::size_t taken_end() const { return next_ == 0 ? 0 : tokens_[next_ - 1].end; }
  [[nodiscard]] bool at_end() const { return peek().kind == TokenKind::kEnd; }
  // The text between the next token and the first comma that a number follows, or the end; takes
  // those tokens.
  std::string take_text();

  // "30% a year", "1 in 20 deploys", "0.5 to 4 a year", "once in 5 years".
  [[nodiscard]] Result<Frequency> frequency();
  // Whether a frequency stands next, by look-ahead: for a program, where "3" may be a number alone.
  [[nodiscard]] bool frequency_ahead() const;
  // "$25k to $2.5M (80%)", "2h", "60% to 80%".
  [[nodiscard]] Result<Measured> range();
  // After the word "likely", or after "never": narrows a range by "$40k" or "above $300k".
  [[nodiscard]] Result<void> likely(Measured& range);
  [[nodiscard]] Result<void> never_above(Measured& range);

  // A problem at the next token, or at `token`.
  [[nodiscard]] Error expected(std::string what) const;
  [[nodiscard]] Error problem(const Token& token, std::string text,
                              std::string expected = {}) const;

 private:
  struct Amount {
    Token token;          // where it began
    double number = 0;    // as written
    Unit of;              // what is counted; plain: not said
    Unit per;             // "/h", "a month"; plain: not said
    double each = 1;      // 1000 in "per 1000 h"
    std::string natural;  // what a sentence calls the unit; empty when it has no word for it
    [[nodiscard]] bool bare() const { return of.plain() && !of.is_share(); }
    [[nodiscard]] Unit unit() const { return per.plain() ? of : of.over(per); }
    [[nodiscard]] double value() const {
      const double value = number * of.factor();
      return per.plain() ? value : value / each / per.factor();
    }
  };
  struct Period {
    double years = 1;
    std::string trial;
  };
  [[nodiscard]] Result<Amount> amount();
  [[nodiscard]] Result<void> magnitude_of(Amount& amount, bool signed_money);
  [[nodiscard]] Result<void> unit_of(Amount& amount);
  [[nodiscard]] Result<void> rate_of(Amount& amount);
  [[nodiscard]] Result<Amount> bound_of(const Measured& range, const char* what);
  [[nodiscard]] bool period_ahead(std::size_t ahead) const;
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
  bool program_;
  std::size_t next_ = 0;
};

}  // namespace daytwo::model
