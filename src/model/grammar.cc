#include "model/grammar.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/money.h"
#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "model/amount.h"
#include "model/quantity/unit.h"
#include "model/sentence.h"
#include "model/tokens.h"

namespace daytwo::model {
namespace {

// What to write instead of a range that runs downwards.
constexpr const char* kRarer = "so many as one: what all of them cost, 'once a year'";
constexpr const char* kSmallerFirst = "the smaller end first, such as 2 to 8";

// Below this an amount of a sentence is a slip of the keyboard; 1e-320 has no two digits left.
constexpr double kSmallestAmount = 1e-18;

// Years of a period word, or 0.
double years_of(std::string_view word) {
  const UnitWord* const known = find_unit_word(word);
  return known != nullptr && known->thing == "h" ? known->factor / kHoursPerYear : 0;
}

// k, M, B and their words; 0 for any other. `m` alone means minutes except after a currency.
double magnitude(std::string_view word, bool money, bool upper) {
  if (word == "k" || word == "thousand") return 1e3;
  if (word == "m") return money || upper ? 1e6 : 0;
  if (word == "mn" || word == "million" || word == "millions") return 1e6;
  if (word == "b" || word == "bn" || word == "billion") return 1e9;
  if (word == "tn" || word == "trillion" || (word == "t" && (money || upper))) return 1e12;
  return 0;
}

constexpr const char* kAmountForms = "an amount such as $25k, 2h or 500 records";
constexpr const char* kPeriodForms = "a period such as 'a year', 'a month' or 'per deploy'";

std::string unit_words(const Unit& unit, const std::string& natural) {
  return natural.empty() || natural == kProbability ? unit.words() : natural;
}

}  // namespace

const Token& Grammar::peek(std::size_t ahead) const {
  return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
}

const Token& Grammar::take() {
  const Token& token = peek();
  if (next_ + 1 < tokens_.size()) ++next_;
  return token;
}

bool Grammar::accept(std::string_view text) {
  const Token& token = peek();
  const bool fits = token.kind == TokenKind::kWord || token.kind == TokenKind::kSymbol;
  if (!fits || token.text != text) return false;
  take();
  return true;
}

bool Grammar::accept_any(std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return accept(word); });
}

std::string Grammar::take_text() {
  const std::size_t from = static_cast<std::size_t>(peek().column) - 1;
  std::size_t to = from;
  while (!at_end()) {
    const TokenKind after = peek(1).kind;
    const bool number_next = after == TokenKind::kNumber || after == TokenKind::kCurrency ||
                             (peek(1).text == "(" && peek(2).kind == TokenKind::kNumber) ||
                             (peek(1).text == "-" && peek(2).kind == TokenKind::kNumber);
    if (peek().text == "," && number_next) break;
    to = peek().end;
    take();
  }
  return std::string(trim(text_.substr(from, to - from)));
}

Error Grammar::problem(const Token& token, std::string text, std::string expected) const {
  return make_error(
      {program_ ? program_problem(text_, token.column, std::move(text), std::move(expected))
                : sentence_problem(text_, token.column, std::move(text), std::move(expected))});
}

Error Grammar::expected(std::string what) const {
  const Token& token = peek();
  if (token.kind == TokenKind::kEnd)
    return problem(token, program_ ? "the expression ends here" : "the sentence ends here",
                   std::move(what));
  const std::string_view written =
      text_.substr(static_cast<std::size_t>(token.column) - 1,
                   token.end - static_cast<std::size_t>(token.column) + 1);
  return problem(token, "found '" + std::string(written) + "'", std::move(what));
}

Result<void> Grammar::magnitude_of(Amount& amount, bool signed_money) {
  const Token& next = peek();
  const std::string_view first = text_.substr(static_cast<std::size_t>(next.column) - 1, 1);
  if (next.kind == TokenKind::kWord) {
    const double factor = magnitude(next.text, signed_money, first == "M" || first == "T");
    if (factor > 0) {
      amount.number *= factor;
      take();
    }
  }
  if (!std::isfinite(amount.number) || std::abs(amount.number) > 1e18) {
    return fail(problem(amount.token, "a number too large to mean anything"));
  }
  if (!program_ && amount.number != 0 && std::abs(amount.number) < kSmallestAmount) {
    return fail(problem(amount.token, "a number too small to mean anything"));
  }
  return {};
}

Result<void> Grammar::unit_of(Amount& amount) {
  if (accept("%")) {
    amount.of = Unit::share();
    amount.natural = kProbability;
    return {};
  }
  if (peek().kind == TokenKind::kCurrency) {
    amount.natural = parse_currency(take().text)->to_string();
    amount.of = Unit::money(amount.natural);
    return {};
  }
  const bool failed = accept("failed");
  if (failed && peek().text != "requests" && peek().text != "request") {
    return fail(expected("'failed requests'"));
  }
  const UnitWord* unit = peek().kind == TokenKind::kWord ? find_unit_word(peek().text) : nullptr;
  if (unit == nullptr || (!program_ && unit->natural.empty())) return {};
  take();
  amount.of = Unit::of(*unit);
  amount.natural = unit->natural;
  return {};
}

// "/h", "a month", "per record", "per 1000 h", after an amount of a program; any number of them.
Result<void> Grammar::rate_of(Amount& amount) {
  while (program_) {
    if (peek().text == "/" && peek(1).kind == TokenKind::kCurrency &&
        peek(2).kind != TokenKind::kNumber) {  // a rate of exchange: 1.08 USD/EUR
      take();
      amount.per = amount.per.times(Unit::money(parse_currency(take().text)->to_string()));
      amount.natural.clear();
      continue;
    }
    // "/ min(" divides by the smallest of some things, not by a minute.
    const bool slash =
        peek().text == "/" && peek(1).kind == TokenKind::kWord && peek(2).text != "(";
    const bool per =
        peek().text == "per" || peek().text == "a" || peek().text == "an" || peek().text == "each";
    if (slash ? find_unit_word(peek(1).text) == nullptr : !per) return {};
    take();
    if (per && peek().kind == TokenKind::kNumber) {
      if (!(peek().value > 0)) return fail(problem(peek(), "a period of nothing"));
      amount.each *= take().value;
    }
    const UnitWord* unit = peek().kind == TokenKind::kWord ? find_unit_word(peek().text) : nullptr;
    if (unit == nullptr) {
      Error error = expected("a unit such as h, month, record or deploy");
      error.diagnostics.front().suggestion = nearest_unit_word(peek().text);
      return fail(std::move(error));
    }
    take();
    amount.per = amount.per.times(Unit::of(*unit));
    amount.natural.clear();
  }
  return {};
}

Result<Grammar::Amount> Grammar::amount() {
  Amount out;
  out.token = peek();
  const bool negative = accept("-");
  const bool money = peek().kind == TokenKind::kCurrency;
  if (money) {
    auto currency = parse_currency(peek().text);
    if (!currency) return fail(problem(peek(), currency.error().text));
    out.natural = currency->to_string();
    out.of = Unit::money(out.natural);
    take();
  }
  if (peek().kind != TokenKind::kNumber) return fail(expected(kAmountForms));
  out.number = take().value;
  TRY_VOID(magnitude_of(out, money));
  if (!money) TRY_VOID(unit_of(out));
  TRY_VOID(rate_of(out));
  if (negative) out.number = -out.number;
  return out;
}

// Ends without a unit take the other's ("2 to 8h"), and one "a month" holds for both; two units
// make no range.
Result<void> Grammar::same_unit(Amount& low, Amount& high) const {
  if (low.per.plain() && !high.per.plain()) {
    low.per = high.per;
    low.each = high.each;
    low.natural.clear();
  }
  if (low.bare() || high.bare()) {
    Amount& bare = low.bare() ? low : high;
    const Amount& full = low.bare() ? high : low;
    bare.of = full.of;
    bare.natural = full.natural;
  }
  if (low.unit().same(high.unit()) && low.of.is_share() == high.of.is_share()) return {};
  const std::string one = low.unit().some_currency();
  const std::string other = high.unit().some_currency();
  if (!one.empty() && !other.empty() && one != other) {
    return fail(problem(high.token, "two currencies, " + one + " and " + other + ", make no range",
                        "both ends in one currency"));
  }
  return fail(problem(high.token,
                      "one end is in " + unit_words(low.unit(), low.natural) + ", the other in " +
                          unit_words(high.unit(), high.natural),
                      "both ends in one unit"));
}

Result<double> Grammar::confidence() {
  const Token number = take();
  if (!accept("%")) return fail(expected("'%'"));
  if (!(number.value > 0 && number.value < 100)) {
    return fail(problem(number, "confidence must lie between 0 and 100 %"));
  }
  return number.value / 100;
}

// "80%: 2 to 6", "(80%) 2 to 6", "80% $2k to $6k"; but not "60% to 80%".
Result<std::optional<double>> Grammar::confidence_before() {
  const bool bracket = peek().text == "(" && peek().kind == TokenKind::kSymbol;
  if (bracket) {
    take();
    if (peek().kind != TokenKind::kNumber) return fail(expected("a confidence such as 80%"));
    TRY(const double value, confidence());
    if (!accept(")")) return fail(expected("')'"));
    return value;
  }
  const bool percent = peek().kind == TokenKind::kNumber && peek(1).text == "%";
  const bool range_next = peek(2).text == ":" || peek(2).kind == TokenKind::kCurrency ||
                          peek(2).kind == TokenKind::kNumber;
  if (!percent || !range_next) return std::optional<double>();
  TRY(const double value, confidence());
  accept(":");
  return value;
}

Result<std::optional<double>> Grammar::confidence_after() {
  if (peek().text != "(" || peek().kind != TokenKind::kSymbol) return std::optional<double>();
  take();
  if (peek().kind != TokenKind::kNumber) return fail(expected("a confidence such as 80%"));
  TRY(const double value, confidence());
  if (!accept(")")) return fail(expected("')'"));
  return value;
}

Result<Measured> Grammar::range() {
  TRY(const auto before, confidence_before());
  const bool between = accept("between");
  TRY(Amount low, amount());
  Measured out;
  if (!accept("to") && !(between && accept("and")) && !(!program_ && accept_any({"and", "-"}))) {
    if (before || between) return fail(expected("'to' and the upper end"));
    out.quantity.low = out.quantity.high = low.value();
    out.quantity.unit = low.natural;
    out.unit = low.unit();
    return out;
  }
  TRY(Amount high, amount());
  const Token bracket = peek();
  TRY(const auto after, confidence_after());
  if (before && after) {
    return fail(problem(bracket, "two confidences for one range", "a confidence before or after"));
  }
  TRY_VOID(same_unit(low, high));
  if (low.value() == high.value()) {
    return fail(
        problem(low.token, "both ends are the same", "one number, which is taken as exact"));
  }
  if (!(low.value() < high.value())) {
    return fail(problem(low.token, "lower end must be below upper end", kSmallerFirst));
  }
  out.quantity.low = low.value();
  out.quantity.high = high.value();
  out.quantity.confidence = before ? *before : after.value_or(0.9);
  out.quantity.unit = low.natural;
  out.unit = low.unit();
  return out;
}

// One amount in the unit of `range`.
Result<Grammar::Amount> Grammar::bound_of(const Measured& range, const char* what) {
  TRY(Amount value, amount());
  if (value.bare()) {
    // The range's own words, which its rate may have changed: hours stay hours.
    value.number *= range.unit.factor();
  } else if (!value.unit().same(range.unit) || value.of.is_share() != range.unit.is_share()) {
    return fail(problem(value.token, std::string(what) + " is in another unit than the range"));
  }
  return value;
}

Result<void> Grammar::likely(Measured& range) {
  TRY(const Amount value, bound_of(range, "the likely value"));
  if (value.value() < range.quantity.low || value.value() > range.quantity.high) {
    return fail(problem(value.token, "the likely value must lie inside the range"));
  }
  range.quantity.likely = value.value();
  return {};
}

Result<void> Grammar::never_above(Measured& range) {
  if (!accept_any({"above", "more", "over"})) return fail(expected("'above'"));
  accept("than");
  TRY(const Amount value, bound_of(range, "the bound"));
  if (value.value() < range.quantity.high) {
    return fail(problem(value.token, "never above a value inside the range"));
  }
  range.quantity.cap = value.value();
  return {};
}

Result<Grammar::Period> Grammar::period_unit() {
  double count = 1;
  if (peek().kind == TokenKind::kNumber) {
    const Token number = take();
    count = number.value;
    if (!(count > 0)) return fail(problem(number, "a period of nothing"));
  }
  if (peek().kind != TokenKind::kWord) return fail(expected(kPeriodForms));
  if (const double years = years_of(peek().text); years > 0) {
    take();
    return Period{years * count, ""};
  }
  std::string trial = take().text;
  if (trial.size() > 3 && trial.ends_with('s')) trial.pop_back();
  if (count != 1) trial = format_double(count) + " " + trial;
  return Period{0, std::move(trial)};
}

Result<Grammar::Period> Grammar::period() {
  if (accept_any({"yearly", "annually"})) return Period{1, ""};
  if (accept("monthly")) return Period{1 / 12.0, ""};
  if (accept("weekly")) return Period{7 / kDaysPerYear, ""};
  if (accept("daily")) return Period{1 / kDaysPerYear, ""};
  if (!accept_any({"a", "an", "per", "each", "every", "in", "/"}))
    return fail(expected(kPeriodForms));
  accept_any({"a", "an"});
  return period_unit();
}

Result<Frequency> Grammar::checked(Frequency frequency, const Token& first) const {
  if (frequency.high < frequency.low || (frequency.low == frequency.high && frequency.low < 0)) {
    return fail(problem(first, "lower end must be below upper end", kSmallerFirst));
  }
  if (!(frequency.high > 0)) return fail(problem(first, "something that never happens"));
  if (frequency.low != frequency.high && !(frequency.low > 0)) {
    return fail(problem(first, "a range of rates begins above 0"));
  }
  if (!program_ && frequency.kind == Frequency::Kind::kRate &&
      frequency.high / frequency.years > kMaxEventsAYear) {
    return fail(
        problem(first, "more than " + format_double(kMaxEventsAYear) + " events a year", kRarer));
  }
  return frequency;
}

// After the number of the first "P %": "30% a year", "20% to 40% a year", "20-40% a year", "10% of
// deploys".
Result<Frequency> Grammar::chance(const Token& first) {
  Frequency out;
  out.kind = Frequency::Kind::kChance;
  out.low = out.high = first.value / 100;
  Token last = first;
  accept("%");
  if (accept_any({"to", "-"})) {
    if (peek().kind != TokenKind::kNumber) return fail(expected("the upper chance"));
    last = take();
    if (!accept("%")) return fail(expected("'%'"));
    out.high = last.value / 100;
    if (!(out.low < out.high))
      return fail(problem(first, "lower end must be below upper end", kSmallerFirst));
  }
  Period over;
  if (accept("of")) {
    accept_any({"all", "our", "the"});
    const Token trial = peek();
    TRY(over, period_unit());
    if (over.trial.empty()) {
      return fail(problem(trial, "a share of time is not a chance", kPeriodForms));
    }
  } else {
    accept_any({"chance", "likely", "probability"});
    TRY(over, period());
  }
  if (out.high >= 1) {
    const bool trial = !over.trial.empty();
    if (!trial || out.high > 1) {
      const std::string said = format_double(last.value) + "%";
      return fail(problem(
          last,
          trial ? "a chance of " + said : said + " a year has no finite rate; write '3 a year'",
          "a chance below 100%"));
    }
  }
  out.years = over.years;
  if (!over.trial.empty()) {
    out.kind = Frequency::Kind::kPerTrial;
    out.trial = over.trial;
  }
  return checked(out, first);
}

// "once in 5 years", "twice a month", "every 3 months".
Result<Frequency> Grammar::frequency_in_words() {
  Frequency out;
  const Token first = peek();
  out.low = out.high = 1;
  if (accept("twice")) {
    out.low = out.high = 2;
  } else if (peek().text != "every" && !accept("once")) {
    return fail(expected("how often: '30% a year', '1 in 20 deploys' or 'once in 5 years'"));
  }
  if (accept("in")) accept("every");
  TRY(const Period over, peek().kind == TokenKind::kNumber ? period_unit() : period());
  out.years = over.years;
  if (!over.trial.empty()) {
    out.kind = Frequency::Kind::kPerTrial;
    out.trial = over.trial;
  }
  return checked(out, first);
}

// Whether the token `ahead` begins a period of time, or of anything when it is said with "per".
bool Grammar::period_ahead(std::size_t ahead) const {
  const std::string& word = peek(ahead).text;
  if (word == "yearly" || word == "annually" || word == "monthly" || word == "weekly" ||
      word == "daily") {
    return true;
  }
  if (word != "a" && word != "an" && word != "per" && word != "each" && word != "every" &&
      word != "in" && word != "/") {
    return false;
  }
  ++ahead;
  if (peek(ahead).kind == TokenKind::kNumber && word != "/") ++ahead;
  return peek(ahead).kind == TokenKind::kWord && years_of(peek(ahead).text) > 0 &&
         peek(ahead + 1).text != "(";
}

bool Grammar::frequency_ahead() const {
  if (peek().kind != TokenKind::kNumber) {
    return peek().kind == TokenKind::kWord &&
           (peek().text == "once" || peek().text == "twice" || peek().text == "every");
  }
  if ((peek(1).text == "in" || peek(1).text == "of") && peek(2).kind == TokenKind::kNumber) {
    return true;
  }
  std::size_t ahead = 1;
  const bool percent = peek(ahead).text == "%";
  if (percent) ++ahead;
  if (peek(ahead).text == "to" && peek(ahead + 1).kind == TokenKind::kNumber) {
    ahead += 2;
    if (percent && peek(ahead).text == "%") ++ahead;
  }
  const std::string& noun = peek(ahead).text;
  if (percent && (noun == "chance" || noun == "likely" || noun == "probability")) return true;
  if (!percent && (noun == "times" || noun == "events" || noun == "event" || noun == "incidents" ||
                   noun == "incident" || noun == "outages" || noun == "x")) {
    ++ahead;
  }
  const bool trial = percent && (peek(ahead).text == "per" || peek(ahead).text == "each") &&
                     peek(ahead + 1).kind == TokenKind::kWord;
  return trial || period_ahead(ahead);
}

Result<Frequency> Grammar::frequency() {
  if (peek().kind != TokenKind::kNumber) return frequency_in_words();
  const Token first = take();
  const bool percent_later = (peek().text == "to" || peek().text == "-") &&
                             peek(1).kind == TokenKind::kNumber && peek(2).text == "%";
  if (peek().text == "%" || percent_later) return chance(first);
  Frequency out;
  out.low = out.high = first.value;
  if (accept_any({"in", "of"})) {  // N in M unit
    const Token many = peek();
    if (many.kind != TokenKind::kNumber) return fail(expected("a count: '1 in 20 deploys'"));
    take();
    if (!(many.value > 0)) return fail(problem(many, "a count above 0"));
    TRY(const Period over, period_unit());
    if (over.trial.empty()) {
      out.years = over.years * many.value;
      return checked(out, first);
    }
    out.kind = Frequency::Kind::kPerTrial;
    out.trial = over.trial;
    out.low = out.high = first.value / many.value;
    if (out.high > 1) return fail(problem(first, "more than all of them"));
    return checked(out, first);
  }
  if (accept_any({"to", "-"})) {
    if (peek().kind != TokenKind::kNumber) return fail(expected("the upper rate"));
    out.high = take().value;
    if (!(out.low < out.high))
      return fail(problem(first, "lower end must be below upper end", kSmallerFirst));
  }
  accept_any({"times", "events", "event", "incidents", "incident", "outages", "x"});
  TRY(const Period over, period());
  if (!over.trial.empty()) {
    return fail(problem(first, "a count per " + over.trial + " is not a chance",
                        "a chance such as '1 in 20 deploys' or '5% per deploy'"));
  }
  out.years = over.years;
  return checked(out, first);
}

}  // namespace daytwo::model
