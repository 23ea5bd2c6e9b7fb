// Days and seasons that come again: "every Black Friday", "each Monday morning".
// Thread rule: pure functions over plain values.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "model/tokens.h"

namespace daytwo::model {

// An occasion at the head of some tokens.
struct Occasion {
  std::size_t words = 0;  // tokens that name it
  double years = 0;       // from one to the next
};

// The occasion that `tokens` begin with, as long as it is named: "monday morning" is two words.
[[nodiscard]] std::optional<Occasion> occasion_at(std::span<const Token> tokens);

}  // namespace daytwo::model
