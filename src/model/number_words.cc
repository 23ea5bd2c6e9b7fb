#include "model/number_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "model/quantity/unit.h"
#include "model/tokens.h"

namespace daytwo::model {
namespace {

struct NumberWord {
  std::string_view word;
  double value;
};
constexpr auto kNumberWords = std::to_array<NumberWord>({{"one", 1},
                                                         {"two", 2},
                                                         {"three", 3},
                                                         {"four", 4},
                                                         {"five", 5},
                                                         {"six", 6},
                                                         {"seven", 7},
                                                         {"eight", 8},
                                                         {"nine", 9},
                                                         {"ten", 10},
                                                         {"twelve", 12},
                                                         {"twenty", 20},
                                                         {"half", .5},
                                                         {"hundred", 100}});

// Behind these an article counts: "for an hour" lasts one.
constexpr auto kCounting =
    std::to_array<std::string_view>({"for", "take", "takes", "taking", "over", "above", "below",
                                     "under", "least", "most", "than", "to", "exceeding"});

std::optional<double> number_word(const Token& token) {
  if (token.kind != TokenKind::kWord) return std::nullopt;
  const auto* const known =
      std::find_if(kNumberWords.begin(), kNumberWords.end(),
                   [&](const NumberWord& each) { return each.word == token.text; });
  return known == kNumberWords.end() ? std::nullopt : std::optional(known->value);
}

bool is_article(const Token& token) { return token.text == "a" || token.text == "an"; }

bool counts(const Token& token) {
  return std::find(kCounting.begin(), kCounting.end(), token.text) != kCounting.end();
}

}  // namespace

bool is_period_word(const Token& token) {
  if (token.kind != TokenKind::kWord) return false;
  const UnitWord* const unit = find_unit_word(token.text);
  return unit != nullptr && unit->thing == "h";
}

std::vector<Token> with_number_words(std::vector<Token> tokens) {
  std::vector<Token> out;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    Token& token = tokens[at];
    const Token* const next = at + 1 < tokens.size() ? &tokens[at + 1] : nullptr;
    if (const auto value = number_word(token)) {
      token.kind = TokenKind::kNumber;
      token.value = *value;
      if (token.text == "hundred" && !out.empty() && out.back().text == "a") {
        token.column = out.back().column;
        out.pop_back();
      } else if (token.text == "half" && next != nullptr && is_article(*next)) {
        token.end = next->end;
        ++at;
      }
    } else if (is_article(token) && !out.empty() && counts(out.back()) && next != nullptr &&
               is_period_word(*next)) {
      token.kind = TokenKind::kNumber;
      token.value = 1;
    }
    out.push_back(std::move(token));
  }
  return out;
}

}  // namespace daytwo::model
