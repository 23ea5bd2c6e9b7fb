// A run of tokens of one sentence, and the words that it is.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "model/tokens.h"

namespace daytwo::model {

// Tokens [from, to); nothing when empty.
struct TokenSpan {
  std::size_t from = 0;
  std::size_t to = 0;
  [[nodiscard]] bool found() const { return from < to; }
};

// The words of `part` as they stand in `text`, whose tokens these are.
[[nodiscard]] inline std::string words_of(std::string_view text, std::span<const Token> tokens,
                                          TokenSpan part) {
  if (!part.found()) return {};
  const auto from = static_cast<std::size_t>(tokens[part.from].column) - 1;
  return std::string(text.substr(from, tokens[part.to - 1].end - from));
}

}  // namespace daytwo::model
