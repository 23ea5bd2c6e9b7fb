#include "model/plain_frequency.h"

#include <string>
#include <string_view>
#include <vector>

#include "model/grammar.h"
#include "model/number_words.h"
#include "model/occasion.h"
#include "model/quantity/unit.h"

namespace daytwo::model {
namespace {

Grammar grammar_at(std::string_view text, std::span<const Token> tokens, std::size_t at) {
  Grammar grammar(text, std::vector<Token>(tokens.begin(), tokens.end()));
  grammar.reset(at);
  return grammar;
}

Frequency once_in(double years) {
  Frequency out;
  out.low = out.high = 1;
  out.years = years;
  return out;
}

bool begins_frequency(std::span<const Token> tokens, std::size_t at) {
  const Token& first = tokens[at];
  if (first.glued) return false;
  if (first.text == "once") return at == 0 || tokens[at - 1].text != "at";
  return first.kind == TokenKind::kNumber || first.text == "twice" || first.text == "every";
}

// "$4", "-4", the 4 of "2 to 4" and of "2% to 4%".
bool belongs_to_what_stands_before(std::span<const Token> tokens, std::size_t at) {
  if (at == 0) return false;
  const Token& before = tokens[at - 1];
  if (before.text == "-" || before.kind == TokenKind::kCurrency) return true;
  return at > 1 && before.text == "to" &&
         (tokens[at - 2].text == "%" || tokens[at - 2].kind == tokens[at].kind);
}

// "every Black Friday", "on each Monday".
std::optional<FoundFrequency> occasion_from(std::span<const Token> tokens, std::size_t at) {
  const std::size_t each = tokens[at].text == "on" ? at + 1 : at;
  if (each >= tokens.size() || (tokens[each].text != "every" && tokens[each].text != "each")) {
    return std::nullopt;
  }
  const auto occasion = occasion_at(tokens.subspan(each + 1));
  if (!occasion) return std::nullopt;
  return FoundFrequency{once_in(occasion->years), {at, each + 1 + occasion->words}};
}

}  // namespace

std::optional<FoundFrequency> frequency_at(std::string_view text, std::span<const Token> tokens,
                                           std::size_t at) {
  if (auto occasion = occasion_from(tokens, at)) return occasion;
  if (!begins_frequency(tokens, at) || belongs_to_what_stands_before(tokens, at)) {
    return std::nullopt;
  }
  Grammar grammar = grammar_at(text, tokens, at);
  const auto read = grammar.frequency();
  if (!read) return std::nullopt;
  const TokenSpan span{at, grammar.mark()};
  const bool plural = tokens[span.to - 1].text.ends_with('s') || tokens[span.to - 2].text == "per";
  const bool of_things = tokens[at].kind == TokenKind::kNumber && plural;
  if (read->kind == Frequency::Kind::kPerTrial && !of_things) return std::nullopt;
  return FoundFrequency{*read, span};
}

std::optional<FoundFrequency> find_frequency(std::string_view text, std::span<const Token> tokens) {
  for (std::size_t at = 0; at + 1 < tokens.size(); ++at) {
    if (auto found = frequency_at(text, tokens, at)) return found;
  }
  return std::nullopt;
}

std::optional<FoundFrequency> period_behind_money(std::string_view text,
                                                  std::span<const Token> tokens, std::size_t at) {
  if (tokens[at].kind != TokenKind::kCurrency) return std::nullopt;
  Grammar grammar = grammar_at(text, tokens, at);
  if (!grammar.range()) return std::nullopt;
  const std::size_t behind = grammar.mark();
  if (!grammar.accept_any({"a", "per", "each", "every", "/"})) return std::nullopt;
  const Token& period = grammar.peek();
  if (!is_period_word(period)) return std::nullopt;
  constexpr double kHoursOfADay = 24;
  const double hours = find_unit_word(period.text)->factor;
  if (hours < kHoursOfADay) return std::nullopt;
  return FoundFrequency{once_in(hours / find_unit_word("year")->factor), {behind, behind + 2}};
}

}  // namespace daytwo::model
