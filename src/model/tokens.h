// The words and numbers of what a person wrote, with the column each began at: of sentences
// (`30% a year, $25k to $2.5M`) and of programs of quantities (`2h to 8h * $12k/h`). One reader for
// both, so that an amount reads the same wherever it stands.
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

// How a text is read.
enum class TokenRules : std::uint8_t {
  kSentence,  // prose: words keep their hyphens, a new line is a blank
  // Statements: a new line outside brackets is a `;`, `#` begins a comment, hyphens subtract (but
  // in person-days), and commas between arguments never group thousands.
  kProgram,
};

// Longest sentence that is read: a paragraph is not a sentence.
inline constexpr std::size_t kMaxSentenceBytes = 1000;
// Longest program of quantities: a page of statements.
inline constexpr std::size_t kMaxProgramBytes = 16U << 10U;

// A problem with the sentence at a column (of the whole text). A program's is told by line and
// column of the line.
[[nodiscard]] Diagnostic sentence_problem(std::string_view sentence, int column, std::string text,
                                          std::string expected = {});
[[nodiscard]] Diagnostic program_problem(std::string_view program, int column, std::string text,
                                         std::string expected = {});

// Tokens of `sentence`, kEnd last. Numbers may group thousands with commas ("25,000") or
// underscores. Errors: kInvalid for a character or number that cannot stand there; kLimit above
// kMaxSentenceBytes or kMaxProgramBytes.
[[nodiscard]] Result<std::vector<Token>> read_tokens(std::string_view text,
                                                     TokenRules rules = TokenRules::kSentence);

}  // namespace daytwo::model
