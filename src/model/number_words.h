// Numbers that people write as words: "two", "half a day", "a hundred", "for an hour".
// Thread rule: pure functions over plain values.
#pragma once

#include <vector>

#include "model/tokens.h"

namespace daytwo::model {

// Whether a word counts time: "hour", "days", "year".
[[nodiscard]] bool is_period_word(const Token& token);

// `tokens` with number words as numbers, each where it stood in the text: "two" as 2, "half an
// hour" as 0.5 hour, "a hundred" as 100, and the article of "for an hour", "takes a day", "over an
// hour" as 1. Other articles stay words.
[[nodiscard]] std::vector<Token> with_number_words(std::vector<Token> tokens);

}  // namespace daytwo::model
