// The words and numbers of a sentence, with the column each began at. For the sentence language
// alone: `30% a year, $25k to $2.5M`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace daytwo::model {

enum class TokenKind : std::uint8_t { kNumber, kWord, kCurrency, kSymbol, kEnd };

// One token. A word that touches the number before it ("2h", "25k") is `glued`.
struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string text;  // lower case for words; the sign or code for currencies
  double value = 0;  // of a number
  int column = 1;    // counted from 1, in bytes
  std::size_t end = 0;
  bool glued = false;
};

// Longest sentence that is read: a paragraph is not a sentence.
inline constexpr std::size_t kMaxSentenceBytes = 1000;

// A problem with the sentence at a column.
[[nodiscard]] Diagnostic sentence_problem(std::string_view sentence, int column, std::string text,
                                          std::string expected = {});

// Tokens of `sentence`, kEnd last. Numbers may group thousands with commas ("25,000") or
// underscores. Errors: kInvalid for a character or number that cannot stand there; kLimit above
// kMaxSentenceBytes.
[[nodiscard]] Result<std::vector<Token>> read_tokens(std::string_view sentence);

}  // namespace daytwo::model
