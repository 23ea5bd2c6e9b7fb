#include "model/plain_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/grammar.h"
#include "model/loss_part.h"
#include "model/number_words.h"
#include "model/plain_frequency.h"
#include "model/token_span.h"
#include "model/tokens.h"

namespace daytwo::model {
namespace {

using Words = std::span<const std::string_view>;

// Words that join the parts of a sentence and say nothing of what happens: before it, and behind.
constexpr auto kBefore = std::to_array<std::string_view>(
    {"that", "of", "maybe", "perhaps", "about", "with", ",", ":", ";", "-", "there's"});
constexpr auto kBehind = std::to_array<std::string_view>(
    {"for",  "and",     "costs",  "cost",    "costing",     "us",      "it",     "takes",
     "take", "taking",  "lasts",  "lasting", "which",       "that",    "with",   "a",
     "an",   "of",      "chance", "about",   "probability", "roughly", "around", "happens",
     "each", "between", "from",   "by",      ",",           ":",       ";",      ".",
     "-",    "the",     "loses",  "losing"});
// Words behind a loss that add nothing to it.
constexpr auto kAfterLoss = std::to_array<std::string_view>(
    {"each",    "time", "every",   "per",    "incident", "event",    "to",
     "recover", "fix",  "restore", "repair", "of",       "downtime", "outage",
     "down",    "lost", "damage",  "and",    ",",        ".",        "!"});
// Words that begin an extra of a loss.
constexpr auto kOfLoss =
    std::to_array<std::string_view>({"likely", "never", "at", "ongoing", "source"});
// One end alone: no range.
constexpr auto kOneEnd = std::to_array<std::string_view>(
    {"over", "above", "below", "under", "least", "most", "than", "to", "exceeding"});

// What stands in the sentences that are offered, for whoever has said no number.
constexpr const char* kSomeFrequency = "30% a year";
constexpr const char* kSomeLoss = "2h to 8h";

bool one_of(const Token& token, Words words) {
  return std::find(words.begin(), words.end(), token.text) != words.end();
}

// One reading of one text: finds how often, then how bad; what is left is what happens, and must
// hold no other number of either.
class Listener {
 public:
  Listener(std::string_view text, std::vector<Token> tokens)
      : text_(text), tokens_(std::move(tokens)), end_(tokens_.size() - 1) {
    take_frequency(find_frequency(text_, tokens_));
  }

  // Whether the text begins like the strict form: how often, then a comma, "that" or the end.
  [[nodiscard]] bool begins_strictly() const;
  // Whether how often stands first, then a comma, then what belongs to a loss: the strict form and
  // no other. In "once in 2 years, checkout is down, 2h" the comma only takes a breath.
  [[nodiscard]] bool separated() const;
  [[nodiscard]] bool has_frequency() const { return often_.found(); }

  [[nodiscard]] Result<WorrySentence> read();

 private:
  // Where a loss begins, and how far it may reach.
  struct LossPlace {
    std::size_t at = 0;
    std::size_t limit = 0;
  };

  void take_frequency(std::optional<FoundFrequency> found);
  [[nodiscard]] bool frequency_first() const { return often_.found() && often_.from == 0; }
  [[nodiscard]] const std::string& behind_frequency() const { return tokens_[often_.to].text; }
  [[nodiscard]] std::optional<std::size_t> loss_in(TokenSpan part) const;
  [[nodiscard]] std::optional<LossPlace> find_loss() const;
  [[nodiscard]] Result<void> take_loss(LossPlace place);
  [[nodiscard]] Grammar grammar_of(TokenSpan part) const;
  [[nodiscard]] Result<void> check_rest() const;
  [[nodiscard]] std::string words(TokenSpan part) const { return words_of(text_, tokens_, part); }
  [[nodiscard]] std::string trimmed(TokenSpan part) const;
  [[nodiscard]] std::vector<TokenSpan> left_over() const;
  [[nodiscard]] std::string what() const;
  [[nodiscard]] std::string heard() const;
  [[nodiscard]] std::string to_write(const std::string& often, const std::string& loss) const;
  [[nodiscard]] Error nothing_said() const;
  [[nodiscard]] Error loss_missing() const;
  [[nodiscard]] Error frequency_missing() const;
  [[nodiscard]] Error problem(std::size_t token, std::string text, std::string expected) const {
    return make_error(
        {sentence_problem(text_, tokens_[token].column, std::move(text), std::move(expected))});
  }

  const std::string_view text_;
  const std::vector<Token> tokens_;
  const std::size_t end_;  // of the words: tokens_[end_] is kEnd
  TokenSpan often_;
  TokenSpan loss_;
  std::size_t loss_end_ = 0;  // with the words behind it that add nothing
  WorrySentence out_;
};

void Listener::take_frequency(std::optional<FoundFrequency> found) {
  if (!found) return;
  out_.frequency = std::move(found->frequency);
  often_ = found->at;
}

bool Listener::begins_strictly() const {
  if (!frequency_first()) return false;
  const std::string& behind = behind_frequency();
  return often_.to == end_ || separated() || behind == "that" || behind == "of";
}

bool Listener::separated() const {
  if (!frequency_first() || behind_frequency() != ",") return false;
  const Token& next = tokens_[often_.to + 1];
  return next.kind != TokenKind::kWord || one_of(next, kOfLoss);
}

// What the two numbers leave over, in order; some of it may be empty.
std::vector<TokenSpan> Listener::left_over() const {
  std::vector<TokenSpan> taken;
  if (often_.found()) taken.push_back(often_);
  if (loss_.found()) taken.push_back({loss_.from, loss_end_});
  std::sort(taken.begin(), taken.end(), [](TokenSpan a, TokenSpan b) { return a.from < b.from; });
  std::vector<TokenSpan> out;
  std::size_t from = 0;
  for (const TokenSpan& span : taken) {
    out.push_back({from, span.from});
    from = std::max(from, span.to);
  }
  out.push_back({from, end_});
  return out;
}

std::string Listener::trimmed(TokenSpan part) const {
  while (part.found() && one_of(tokens_[part.from], kBefore)) ++part.from;
  while (part.found() && one_of(tokens_[part.to - 1], kBehind)) --part.to;
  return words(part);
}

// What happens. Of "10% of deploys break checkout" the deploys belong to it, too.
std::string Listener::what() const {
  const bool of_things = often_.found() && out_.frequency.kind == Frequency::Kind::kPerTrial &&
                         tokens_[often_.to - 1].text.ends_with('s') && behind_frequency() != "that";
  std::string out;
  for (const TokenSpan& span : left_over()) {
    std::string part = trimmed(span);
    if (part.empty()) continue;
    if (of_things && span.from == often_.to) part.insert(0, tokens_[often_.to - 1].text + " ");
    if (!out.empty()) out += " ";
    out += part;
  }
  return out;
}

std::string Listener::heard() const {
  return "how often '" + words(often_) + "', how bad '" + words(loss_) + "'" +
         (out_.what.empty() ? "" : ", what '" + out_.what + "'");
}

// The sentence with its parts in the strict order.
std::string Listener::to_write(const std::string& often, const std::string& loss) const {
  const std::string said = what();
  return "'" + often + (said.empty() ? "" : " that " + said) + ", " + loss + "'";
}

Error Listener::nothing_said() const {
  return problem(0, "says neither how often nor how bad it is each time",
                 "both, with your own numbers: " + to_write(kSomeFrequency, kSomeLoss) +
                     "; what fills up, expires or has an advisory is found without a sentence");
}

Error Listener::loss_missing() const {
  return problem(end_, "says how often ('" + words(often_) + "'), not how bad it is each time",
                 "hours, money or records, such as: " + to_write(words(often_), kSomeLoss));
}

Error Listener::frequency_missing() const {
  return problem(0, "says how bad ('" + words(loss_) + "'), not how often",
                 "how often, such as: " + to_write(kSomeFrequency, words(loss_)));
}

// Where the first amount with a unit of loss begins.
std::optional<std::size_t> Listener::loss_in(TokenSpan part) const {
  for (std::size_t at = part.from; at < part.to; ++at) {
    const Token& token = tokens_[at];
    if (token.kind == TokenKind::kCurrency) return at;
    const bool between = token.text == "between" && tokens_[at + 1].kind == TokenKind::kNumber;
    if (token.kind != TokenKind::kNumber && !between) continue;
    Grammar grammar(text_, tokens_);
    grammar.reset(at);
    const auto read = grammar.range();
    const bool counts = read && !read->quantity.unit.empty() && !read->unit.is_share();
    // "2 hours to $5k" is no range, and a loss all the same: take_loss tells what is wrong.
    const bool with_unit = !read && is_period_word(tokens_[at + 1]);
    if (counts || with_unit) return at;
  }
  return std::nullopt;
}

// Behind how often, where people say it, or else before.
std::optional<Listener::LossPlace> Listener::find_loss() const {
  if (const auto at = loss_in({often_.to, end_})) return LossPlace{*at, end_};
  if (const auto at = loss_in({0, often_.from})) return LossPlace{*at, often_.from};
  return std::nullopt;
}

// A grammar that sees `part` and nothing behind it.
Grammar Listener::grammar_of(TokenSpan part) const {
  std::vector<Token> own(tokens_.begin() + static_cast<std::ptrdiff_t>(part.from),
                         tokens_.begin() + static_cast<std::ptrdiff_t>(part.to));
  Token end = tokens_[end_];
  if (!own.empty()) {
    end.column = static_cast<int>(own.back().end) + 1;
    end.end = own.back().end;
  }
  own.push_back(std::move(end));
  return {text_, std::move(own)};
}

// Reads the loss; the words behind it may add nothing.
Result<void> Listener::take_loss(LossPlace place) {
  const auto [at, limit] = place;
  loss_end_ = limit;
  std::size_t to = limit;
  while (to > at && one_of(tokens_[to - 1], kAfterLoss)) --to;
  Grammar grammar = grammar_of({at, to});
  TRY_VOID(read_loss(grammar, out_));
  loss_ = {at, to};
  const std::size_t read_to = at + grammar.mark();
  if (!grammar.at_end()) {
    return fail(problem(
        read_to, "the loss ends before '" + words({read_to, to}) + "'",
        "how bad it is each time at the end: " +
            to_write(often_.found() ? words(often_) : kSomeFrequency, words({at, read_to}))));
  }
  if (at > 0 && one_of(tokens_[at - 1], kOneEnd) && out_.size.low == out_.size.high) {
    return fail(problem(at - 1, "one end alone is no range", "both ends, such as '2h to 8h'"));
  }
  return {};
}

// What is left over says neither a second frequency nor a share.
Result<void> Listener::check_rest() const {
  for (const TokenSpan& part : left_over()) {
    for (std::size_t at = part.from; at < part.to; ++at) {
      if (tokens_[at].text != "%" && !frequency_at(text_, tokens_, at)) continue;
      return fail(problem(at, "a second number of how often",
                          "one of the two: " + to_write(words(often_), words(loss_))));
    }
  }
  return {};
}

Result<WorrySentence> Listener::read() {
  out_.text = text_;
  auto loss = find_loss();
  if (!loss) return fail(often_.found() ? loss_missing() : nothing_said());
  if (!often_.found()) {
    take_frequency(period_behind_money(text_, tokens_, loss->at));
    if (often_.found()) loss->limit = often_.from;
  }
  TRY_VOID(take_loss(*loss));
  if (!often_.found()) return fail(frequency_missing());
  TRY_VOID(check_rest());
  out_.what = what();
  out_.heard = heard();
  return std::move(out_);
}

}  // namespace

Result<WorrySentence> read_plain_words(std::string_view text, Error strict) {
  auto tokens = read_tokens(text);
  if (!tokens || tokens->size() < 2) return fail(std::move(strict));
  const TokenKind first = tokens->front().kind;
  const bool number_first = first == TokenKind::kNumber || first == TokenKind::kSymbol;
  Listener listener(text, with_number_words(*std::move(tokens)));
  if (listener.separated()) return fail(std::move(strict));
  const bool like_strict =
      listener.begins_strictly() || (number_first && !listener.has_frequency());
  auto out = listener.read();
  if (!out && like_strict) return fail(std::move(strict));
  return out;
}

}  // namespace daytwo::model
