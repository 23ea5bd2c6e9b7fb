#include "model/plain_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "model/grammar.h"
#include "model/loss_part.h"
#include "model/quantity/unit.h"
#include "model/tokens.h"

namespace daytwo::model {
namespace {

using Words = std::span<const std::string_view>;

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

// Words that join the parts of a sentence and say nothing of what happens.
constexpr auto kBefore = std::to_array<std::string_view>(
    {"that", "of", "maybe", "perhaps", "about", "with", ",", ":", ";", "-", "there's"});
constexpr auto kBehind = std::to_array<std::string_view>(
    {"for",  "and",     "costs",  "cost",    "costing",     "us",      "it",     "takes",
     "take", "taking",  "lasts",  "lasting", "which",       "that",    "with",   "a",
     "an",   "of",      "chance", "about",   "probability", "roughly", "around", "happens",
     "each", "between", "from",   "by",      ",",           ":",       ";",      ".",
     "-",    "the",     "loses",  "losing"});
constexpr auto kAfterLoss = std::to_array<std::string_view>(
    {"each",    "time", "every",   "per",    "incident", "event",    "to",
     "recover", "fix",  "restore", "repair", "of",       "downtime", "outage",
     "down",    "lost", "damage",  "and",    ",",        ".",        "!"});
// One end alone: no range.
constexpr auto kOneEnd = std::to_array<std::string_view>(
    {"over", "above", "below", "under", "least", "most", "than", "to", "exceeding"});

bool one_of(const Token& token, Words words) {
  return std::find(words.begin(), words.end(), token.text) != words.end();
}

bool is_period_word(const Token& token) {
  const UnitWord* const unit =
      token.kind == TokenKind::kWord ? find_unit_word(token.text) : nullptr;
  return unit != nullptr && unit->thing == "h";
}

// "two" as 2, "half an hour" as 0.5 hour, "a hundred" as 100, "for an hour" as for 1 hour; each
// keeps its place in the text.
std::vector<Token> with_numbers(std::vector<Token> tokens) {
  std::vector<Token> out;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    Token& token = tokens[at];
    const bool article = token.text == "a" || token.text == "an";
    const auto known = std::find_if(kNumberWords.begin(), kNumberWords.end(),
                                    [&](const auto& each) { return each.word == token.text; });
    const bool follows = !out.empty() && (one_of(out.back(), kOneEnd) || out.back().text == "for" ||
                                          out.back().text.starts_with("take"));
    if (known != kNumberWords.end() && token.kind == TokenKind::kWord) {
      token.kind = TokenKind::kNumber;
      token.value = known->value;
      const bool behind_article = !out.empty() && out.back().text == "a";
      if (token.text == "hundred" && behind_article) {
        token.column = out.back().column;
        out.pop_back();
      }
      if (token.text == "half" && at + 1 < tokens.size() &&
          (tokens[at + 1].text == "a" || tokens[at + 1].text == "an")) {
        token.end = tokens[++at].end;
      }
    } else if (article && follows && at + 1 < tokens.size() && is_period_word(tokens[at + 1])) {
      token.kind = TokenKind::kNumber;
      token.value = 1;
    }
    out.push_back(std::move(token));
  }
  return out;
}

// Tokens [from, to); none: not found.
struct Span {
  std::size_t from = 0;
  std::size_t to = 0;
  [[nodiscard]] bool found() const { return from < to; }
};

// One reading of one text.
class Listener {
 public:
  Listener(std::string_view text, std::vector<Token> tokens)
      : text_(text), tokens_(std::move(tokens)), end_(tokens_.size() - 1) {}

  Result<WorrySentence> read();
  // Whether the text begins like the strict form: how often, then a comma, "that" or the end.
  bool begins_strictly() const {
    if (!often_.found() || often_.from != 0) return false;
    const Token& next = tokens_[often_.to];
    return next.kind == TokenKind::kEnd || next.text == "," || next.text == "that" ||
           next.text == "of";
  }
  bool has_frequency() const { return often_.found(); }
  bool separated() const {
    return often_.found() && often_.from == 0 && tokens_[often_.to].text == ",";
  }

  void find_frequency();

 private:
  std::optional<Frequency> frequency_at(std::size_t at, Span& span) const;
  std::optional<std::size_t> loss_in(Span part) const;
  Result<void> take_loss(std::size_t at, Span part);
  Span period_behind_money(std::size_t at);
  Result<void> check_rest(Span part) const;
  std::string words_of(Span part) const;
  std::string trimmed(Span part) const;
  std::string what() const;
  std::string to_write(const std::string& often, const std::string& loss) const;
  Error problem(std::size_t token, std::string text, std::string expected) const {
    return make_error(
        {sentence_problem(text_, tokens_[token].column, std::move(text), std::move(expected))});
  }

  const std::string_view text_;
  const std::vector<Token> tokens_;
  const std::size_t end_;  // of the words: tokens_[end_] is kEnd
  Span often_;
  Span loss_;
  std::size_t loss_end_ = 0;  // with the words behind it that add nothing
  WorrySentence out_;
};

std::string Listener::words_of(Span part) const {
  if (part.from >= part.to) return {};
  const auto from = static_cast<std::size_t>(tokens_[part.from].column) - 1;
  return std::string(text_.substr(from, tokens_[part.to - 1].end - from));
}

std::string Listener::trimmed(Span part) const {
  while (part.from < part.to && one_of(tokens_[part.from], kBefore)) ++part.from;
  while (part.from < part.to && one_of(tokens_[part.to - 1], kBehind)) --part.to;
  return words_of(part);
}

// What is neither how often nor how bad.
std::string Listener::what() const {
  std::vector<Span> taken;
  if (often_.found()) taken.push_back(often_);
  if (loss_.found()) taken.push_back({loss_.from, loss_end_});
  std::sort(taken.begin(), taken.end(), [](Span a, Span b) { return a.from < b.from; });
  std::string out;
  std::size_t from = 0;
  taken.push_back({end_, end_});
  const bool of_things = often_.found() && out_.frequency.kind == Frequency::Kind::kPerTrial &&
                         tokens_[often_.to - 1].text.ends_with('s') &&
                         tokens_[often_.to].text != "that";
  for (const Span& span : taken) {
    std::string part = trimmed({from, span.from});
    const bool things_do = of_things && from == often_.to && !part.empty();
    if (things_do) part.insert(0, tokens_[often_.to - 1].text + " ");  // "deploys break checkout"
    if (!out.empty() && !part.empty()) out += " ";
    out += part;
    from = std::max(from, span.to);
  }
  return out;
}

// The sentence with its parts in the strict order.
std::string Listener::to_write(const std::string& often, const std::string& loss) const {
  const std::string said = what();
  return "'" + often + (said.empty() ? "" : " that " + said) + ", " + loss + "'";
}

// A frequency that begins at `at`: of time, or a share of things named in the plural.
std::optional<Frequency> Listener::frequency_at(std::size_t at, Span& span) const {
  const Token& first = tokens_[at];
  const bool at_once = first.text == "once" && at > 0 && tokens_[at - 1].text == "at";
  const bool begins = first.kind == TokenKind::kNumber || (first.text == "once" && !at_once) ||
                      first.text == "twice" || first.text == "every";
  if (!begins || first.glued) return {};
  if (at > 0 && (tokens_[at - 1].text == "-" || tokens_[at - 1].kind == TokenKind::kCurrency)) {
    return {};
  }
  const bool upper_end = at > 1 && tokens_[at - 1].text == "to" &&
                         (tokens_[at - 2].text == "%" || tokens_[at - 2].kind == first.kind);
  if (upper_end) return {};
  Grammar grammar(text_, tokens_);
  grammar.reset(at);
  const auto read = grammar.frequency();
  if (!read) return {};
  span = {at, grammar.mark()};
  const std::string& last = tokens_[span.to - 1].text;
  const bool of_things = first.kind == TokenKind::kNumber &&
                         (last.ends_with('s') || tokens_[span.to - 2].text == "per");
  if (read->kind == Frequency::Kind::kPerTrial && !of_things) return {};
  return *read;
}

void Listener::find_frequency() {
  for (std::size_t at = 0; at < end_ && !often_.found(); ++at) {
    Span span;
    if (auto read = frequency_at(at, span)) {
      out_.frequency = std::move(*read);
      often_ = span;
    }
  }
}

// Where the first amount with a unit of loss begins.
std::optional<std::size_t> Listener::loss_in(Span part) const {
  for (std::size_t at = part.from; at < part.to; ++at) {
    const Token& token = tokens_[at];
    if (token.kind == TokenKind::kCurrency) return at;
    const bool between = token.text == "between" && tokens_[at + 1].kind == TokenKind::kNumber;
    if (token.kind != TokenKind::kNumber && !between) continue;
    Grammar grammar(text_, tokens_);
    grammar.reset(at);
    const auto read = grammar.range();
    const bool counts = read && !read->quantity.unit.empty() && !read->unit.is_share();
    const bool with_unit = !read && is_period_word(tokens_[at + 1]);
    if (counts || with_unit) return at;
  }
  return {};
}

// The loss at `at`, up to the end of `part` but for words that add nothing.
Result<void> Listener::take_loss(std::size_t at, Span part) {
  loss_end_ = part.to;
  while (part.to > at && one_of(tokens_[part.to - 1], kAfterLoss)) --part.to;
  std::vector<Token> own(tokens_.begin() + static_cast<std::ptrdiff_t>(at),
                         tokens_.begin() + static_cast<std::ptrdiff_t>(part.to));
  Token end = tokens_[end_];
  if (!own.empty()) {
    end.column = static_cast<int>(own.back().end) + 1;
    end.end = own.back().end;
  }
  own.push_back(std::move(end));
  Grammar grammar(text_, std::move(own));
  TRY_VOID(read_loss(grammar, out_));
  loss_ = Span{at, part.to};
  if (!grammar.at_end()) {
    return fail(problem(at + grammar.mark(),
                        "the loss ends before '" + words_of({at + grammar.mark(), part.to}) + "'",
                        "how bad it is each time at the end: " +
                            to_write(often_.found() ? words_of(often_) : "30% a year",
                                     words_of({at, at + grammar.mark()}))));
  }
  if (at > 0 && one_of(tokens_[at - 1], kOneEnd) && out_.size.low == out_.size.high) {
    return fail(problem(at - 1, "one end alone is no range", "both ends, such as '2h to 8h'"));
  }
  return {};
}

// "$4k a month": the tokens "$4k" and the period behind it, of a day or more; it comes once in
// each.
Span Listener::period_behind_money(std::size_t at) {
  if (tokens_[at].kind != TokenKind::kCurrency) return {};
  Grammar grammar(text_, tokens_);
  grammar.reset(at);
  const auto read = grammar.range();
  const std::size_t behind = grammar.mark();
  if (!read || behind + 2 > end_) return {};
  const auto words = std::to_array<std::string_view>({"a", "per", "each", "every", "/"});
  const Token& period = tokens_[behind + 1];
  const UnitWord* const unit = is_period_word(period) ? find_unit_word(period.text) : nullptr;
  constexpr double kDay = 24;
  if (!one_of(tokens_[behind], words) || unit == nullptr || unit->factor < kDay) return {};
  out_.frequency = {};
  out_.frequency.low = out_.frequency.high = 1;
  out_.frequency.years = unit->factor / find_unit_word("year")->factor;
  return Span{behind, behind + 2};
}

// What is left over says neither a second frequency nor a share.
Result<void> Listener::check_rest(Span part) const {
  for (std::size_t at = part.from; at < part.to; ++at) {
    Span span;
    if (tokens_[at].text == "%" || frequency_at(at, span)) {
      return fail(problem(at, "a second number of how often",
                          "one of the two: " + to_write(words_of(often_), words_of(loss_))));
    }
  }
  return {};
}

Result<WorrySentence> Listener::read() {
  out_.text = text_;
  const Span after{often_.found() ? often_.to : 0, end_};
  const Span before{0, often_.found() ? often_.from : 0};
  auto at = loss_in(after);
  Span part = after;
  if (!at) {
    at = loss_in(before);
    part = before;
  }
  constexpr const char* kLosses = "2h to 8h";
  if (!at && !often_.found()) {
    return fail(problem(0, "says neither how often nor how bad it is each time",
                        "both, with your own numbers: " + to_write("30% a year", kLosses) +
                            "; what fills up, expires or has an advisory is found without a "
                            "sentence"));
  }
  if (!at) {
    return fail(
        problem(end_, "says how often ('" + words_of(often_) + "'), not how bad it is each time",
                "hours, money or records, such as: " + to_write(words_of(often_), kLosses)));
  }
  if (!often_.found()) {
    often_ = period_behind_money(*at);
    if (often_.found()) part = {*at, often_.from};
  }
  if (!often_.found()) {
    TRY_VOID(take_loss(*at, {*at, end_}));
    return fail(problem(0, "says how bad ('" + words_of(loss_) + "'), not how often",
                        "how often, such as: " + to_write("30% a year", words_of(loss_))));
  }
  TRY_VOID(take_loss(*at, part));
  TRY_VOID(check_rest({0, std::min(often_.from, loss_.from)}));
  if (often_.to < loss_.from) TRY_VOID(check_rest({often_.to, loss_.from}));
  if (loss_.to < often_.from) TRY_VOID(check_rest({loss_.to, often_.from}));
  TRY_VOID(check_rest({std::max(often_.to, loss_.to), end_}));
  out_.what = what();
  out_.heard = "how often '" + words_of(often_) + "', how bad '" + words_of(loss_) + "'" +
               (out_.what.empty() ? "" : ", what '" + out_.what + "'");
  return std::move(out_);
}

}  // namespace

Result<WorrySentence> read_plain_words(std::string_view text, Error strict) {
  auto tokens = read_tokens(text);
  if (!tokens || tokens->size() < 2) return fail(std::move(strict));
  const TokenKind first = tokens->front().kind;
  const bool number_first = first == TokenKind::kNumber || first == TokenKind::kSymbol;
  Listener listener(text, with_numbers(std::move(*tokens)));
  listener.find_frequency();
  if (listener.separated()) return fail(std::move(strict));
  const bool like_strict =
      listener.begins_strictly() || (number_first && !listener.has_frequency());
  auto out = listener.read();
  if (!out && like_strict) return fail(std::move(strict));
  return out;
}

}  // namespace daytwo::model
