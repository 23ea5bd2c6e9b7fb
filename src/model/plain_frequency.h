// How often, wherever it stands in a sentence: "twice a year", "10% of deploys", "every Black
// Friday", the month of "$4k a month".
// Thread rule: pure functions over plain values.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "model/sentence.h"
#include "model/token_span.h"
#include "model/tokens.h"

namespace daytwo::model {

// A frequency and the words that say it.
struct FoundFrequency {
  Frequency frequency;
  TokenSpan at;
};

// The frequency that begins at token `at`. A share counts only of things in the plural ("10% of
// deploys"), the upper end of a range and an amount of money never.
[[nodiscard]] std::optional<FoundFrequency> frequency_at(std::string_view text,
                                                         std::span<const Token> tokens,
                                                         std::size_t at);

// The first one.
[[nodiscard]] std::optional<FoundFrequency> find_frequency(std::string_view text,
                                                           std::span<const Token> tokens);

// The period behind the money that begins at token `at`, of a day or more: what is lost "a month"
// is lost once in each.
[[nodiscard]] std::optional<FoundFrequency> period_behind_money(std::string_view text,
                                                                std::span<const Token> tokens,
                                                                std::size_t at);

}  // namespace daytwo::model
