#include "model/grammar.h"

#include <algorithm>
#include <array>
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
#include "model/sentence.h"
#include "model/tokens.h"

namespace daytwo::model {
namespace {

struct UnitWord {
  std::string_view word;
  std::string_view unit;
  double factor;
};

// Times are hours of service, unless a person spends them. A person-day has 8 hours.
constexpr std::array<UnitWord, 39> kUnits = {{
    {"s", kHoursLost, 1 / 3600.0},
    {"sec", kHoursLost, 1 / 3600.0},
    {"second", kHoursLost, 1 / 3600.0},
    {"seconds", kHoursLost, 1 / 3600.0},
    {"m", kHoursLost, 1 / 60.0},
    {"min", kHoursLost, 1 / 60.0},
    {"mins", kHoursLost, 1 / 60.0},
    {"minute", kHoursLost, 1 / 60.0},
    {"minutes", kHoursLost, 1 / 60.0},
    {"h", kHoursLost, 1},
    {"hr", kHoursLost, 1},
    {"hrs", kHoursLost, 1},
    {"hour", kHoursLost, 1},
    {"hours", kHoursLost, 1},
    {"d", kHoursLost, 24},
    {"day", kHoursLost, 24},
    {"days", kHoursLost, 24},
    {"week", kHoursLost, 168},
    {"weeks", kHoursLost, 168},
    {"record", kRecordsExposed, 1},
    {"records", kRecordsExposed, 1},
    {"incident", kIncidents, 1},
    {"incidents", kIncidents, 1},
    {"event", kIncidents, 1},
    {"events", kIncidents, 1},
    {"request", kFailedRequests, 1},
    {"requests", kFailedRequests, 1},
    {"person-minute", kPersonHours, 1 / 60.0},
    {"person-minutes", kPersonHours, 1 / 60.0},
    {"person-hour", kPersonHours, 1},
    {"person-hours", kPersonHours, 1},
    {"person-day", kPersonHours, kHoursAPersonDay},
    {"person-days", kPersonHours, kHoursAPersonDay},
    {"people-days", kPersonHours, kHoursAPersonDay},
    {"person-week", kPersonHours, 5 * kHoursAPersonDay},
    {"person-weeks", kPersonHours, 5 * kHoursAPersonDay},
    {"man-day", kPersonHours, kHoursAPersonDay},
    {"man-days", kPersonHours, kHoursAPersonDay},
    {"failed", kFailedRequests, 1},
}};

struct PeriodWord {
  std::string_view word;
  double years;
};
constexpr std::array<PeriodWord, 14> kPeriods = {{{"year", 1},
                                                  {"years", 1},
                                                  {"y", 1},
                                                  {"quarter", 0.25},
                                                  {"quarters", 0.25},
                                                  {"month", 1 / 12.0},
                                                  {"months", 1 / 12.0},
                                                  {"week", 7 / kDaysPerYear},
                                                  {"weeks", 7 / kDaysPerYear},
                                                  {"day", 1 / kDaysPerYear},
                                                  {"days", 1 / kDaysPerYear},
                                                  {"h", 1 / kHoursPerYear},
                                                  {"hour", 1 / kHoursPerYear},
                                                  {"hours", 1 / kHoursPerYear}}};

const UnitWord* find_unit(std::string_view word) {
  const auto found = std::find_if(kUnits.begin(), kUnits.end(),
                                  [&](const auto& each) { return each.word == word; });
  return found == kUnits.end() ? nullptr : &*found;
}

const PeriodWord* find_period(std::string_view word) {
  const auto found = std::find_if(kPeriods.begin(), kPeriods.end(),
                                  [&](const auto& each) { return each.word == word; });
  return found == kPeriods.end() ? nullptr : &*found;
}

// k, M, B and their words; 0 for any other. `m` alone means minutes except after a currency.
double magnitude(std::string_view word, bool money, bool upper) {
  if (word == "k" || word == "thousand") return 1e3;
  if (word == "m") return money || upper ? 1e6 : 0;
  if (word == "mn" || word == "million" || word == "millions") return 1e6;
  if (word == "b" || word == "bn" || word == "billion") return 1e9;
  return 0;
}

constexpr const char* kAmountForms = "an amount such as $25k, 2h or 500 records";
constexpr const char* kPeriodForms = "a period such as 'a year', 'a month' or 'per deploy'";

std::string unit_words(const std::string& unit) {
  return unit == kProbability ? "a share (%)" : unit;
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
  return make_error({sentence_problem(text_, token.column, std::move(text), std::move(expected))});
}

Error Grammar::expected(std::string what) const {
  const Token& token = peek();
  if (token.kind == TokenKind::kEnd)
    return problem(token, "the sentence ends here", std::move(what));
  const std::string_view written =
      text_.substr(static_cast<std::size_t>(token.column) - 1,
                   token.end - static_cast<std::size_t>(token.column) + 1);
  return problem(token, "found '" + std::string(written) + "'", std::move(what));
}

Result<void> Grammar::amount_unit(Amount& amount, bool signed_money) {
  const Token& next = peek();
  const bool upper =
      next.column >= 1 && text_.substr(static_cast<std::size_t>(next.column) - 1, 1) == "M";
  if (next.kind == TokenKind::kWord) {
    const double factor = magnitude(next.text, signed_money, upper);
    if (factor > 0) {
      amount.number *= factor;
      take();
    }
  }
  if (!std::isfinite(amount.number) || std::abs(amount.number) > 1e18) {
    return fail(problem(amount.token, "a number too large to mean anything"));
  }
  if (signed_money) return {};
  if (accept("%")) {
    amount.factor = 0.01;
    amount.unit = kProbability;
    return {};
  }
  if (peek().kind == TokenKind::kCurrency) {
    amount.unit = parse_currency(take().text)->to_string();
    return {};
  }
  const UnitWord* unit = peek().kind == TokenKind::kWord ? find_unit(peek().text) : nullptr;
  if (unit == nullptr) return {};
  take();
  if (unit->word == "failed" && !accept_any({"requests", "request"})) {
    return fail(expected("'failed requests'"));
  }
  amount.factor = unit->factor;
  amount.unit = unit->unit;
  return {};
}

Result<Grammar::Amount> Grammar::amount() {
  Amount out;
  out.token = peek();
  const bool negative = accept("-");
  bool money = false;
  if (peek().kind == TokenKind::kCurrency) {
    auto currency = parse_currency(peek().text);
    if (!currency) return fail(problem(peek(), currency.error().text));
    out.unit = currency->to_string();
    money = true;
    take();
  }
  if (peek().kind != TokenKind::kNumber) return fail(expected(kAmountForms));
  out.number = take().value;
  TRY_VOID(amount_unit(out, money));
  if (negative) out.number = -out.number;
  return out;
}

// Ends without a unit take the other's; two units make no range.
Result<void> Grammar::same_unit(Amount& low, Amount& high) const {
  if (low.unit == high.unit) return {};
  if (low.unit.empty() || high.unit.empty()) {
    Amount& bare = low.unit.empty() ? low : high;
    const Amount& full = low.unit.empty() ? high : low;
    bare.unit = full.unit;
    bare.factor = full.factor;
    return {};
  }
  const auto money = [](const std::string& unit) { return unit.size() == 3; };
  if (money(low.unit) && money(high.unit)) {
    return fail(problem(high.token,
                        "two currencies, " + low.unit + " and " + high.unit + ", make no range",
                        "both ends in one currency"));
  }
  return fail(
      problem(high.token,
              "one end is in " + unit_words(low.unit) + ", the other in " + unit_words(high.unit),
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

Result<Quantity> Grammar::single() {
  TRY(const Amount only, amount());
  Quantity out;
  out.low = out.high = only.value();
  out.unit = only.unit;
  return out;
}

Result<Quantity> Grammar::range() {
  TRY(const auto before, confidence_before());
  accept("between");
  TRY(Amount low, amount());
  Quantity out;
  if (!accept_any({"to", "and", "-"})) {
    if (before) return fail(expected("'to' and the upper end"));
    out.low = out.high = low.value();
    out.unit = low.unit;
    return out;
  }
  TRY(Amount high, amount());
  const Token bracket = peek();
  TRY(const auto after, confidence_after());
  if (before && after) {
    return fail(problem(bracket, "two confidences for one range", "a confidence before or after"));
  }
  TRY_VOID(same_unit(low, high));
  if (!(low.value() < high.value())) {
    return fail(problem(low.token, "lower end must be below upper end"));
  }
  out.low = low.value();
  out.high = high.value();
  out.confidence = before ? *before : after.value_or(0.9);
  out.unit = low.unit;
  return out;
}

Result<Grammar::Period> Grammar::period_unit() {
  double count = 1;
  if (peek().kind == TokenKind::kNumber) {
    const Token number = take();
    count = number.value;
    if (!(count > 0)) return fail(problem(number, "a period of nothing"));
  }
  if (peek().kind != TokenKind::kWord) return fail(expected(kPeriodForms));
  if (const PeriodWord* known = find_period(peek().text)) {
    take();
    return Period{known->years * count, ""};
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
    return fail(problem(first, "lower end must be below upper end"));
  }
  if (!(frequency.high > 0)) return fail(problem(first, "something that never happens"));
  if (frequency.low != frequency.high && !(frequency.low > 0)) {
    return fail(problem(first, "a range of rates begins above 0"));
  }
  if (frequency.kind == Frequency::Kind::kRate &&
      frequency.high / frequency.years > kMaxEventsAYear) {
    Error error = problem(first, "more than " + format_double(kMaxEventsAYear) + " events a year");
    error.code = Code::kLimit;
    return fail(std::move(error));
  }
  return frequency;
}

// After the first "P %".
Result<Frequency> Grammar::chance(const Token& first) {
  Frequency out;
  out.kind = Frequency::Kind::kChance;
  out.low = out.high = first.value / 100;
  Token last = first;
  if (accept_any({"to", "-"})) {
    if (peek().kind != TokenKind::kNumber) return fail(expected("the upper chance"));
    last = take();
    if (!accept("%")) return fail(expected("'%'"));
    out.high = last.value / 100;
    if (!(out.low < out.high)) return fail(problem(first, "lower end must be below upper end"));
  }
  accept_any({"chance", "likely", "probability"});
  TRY(const Period over, period());
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

Result<Frequency> Grammar::frequency() {
  if (peek().kind != TokenKind::kNumber) return frequency_in_words();
  const Token first = take();
  if (accept("%")) return chance(first);
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
    if (!(out.low < out.high)) return fail(problem(first, "lower end must be below upper end"));
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
