#include "model/stake_sentence.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "model/amount.h"
#include "model/grammar.h"
#include "model/tokens.h"

namespace daytwo::model {
namespace {

constexpr auto kThings =
    std::to_array<PricedThing>({{"hour", StakeOf::kServiceHour, 1},
                                {"minute", StakeOf::kServiceHour, 1 / 60.0},
                                {"day", StakeOf::kServiceHour, 24},
                                {"record", StakeOf::kRecord, 1},
                                {"incident", StakeOf::kIncident, 1},
                                {"outage", StakeOf::kIncident, 1},
                                {"request", StakeOf::kFailedRequest, 1},
                                {"person-hour", StakeOf::kPersonHour, 1},
                                {"person-day", StakeOf::kPersonHour, kHoursAPersonDay},
                                {"person-week", StakeOf::kPersonHour, 5 * kHoursAPersonDay}});

constexpr const char* kForms = "'an hour of checkout down costs $2k to $20k'";

// "of checkout", "of the checkout service". An hour of downtime is of no service of that name.
Result<std::string> read_service(Grammar& grammar) {
  if (!grammar.accept("of")) return std::string();
  grammar.accept("the");
  const Token& name = grammar.peek();
  const bool state = name.text == "downtime" || name.text == "outage" || name.text == "work";
  if (name.kind != TokenKind::kWord || state) return fail(grammar.expected("a service's name"));
  std::string out = grammar.take().text;
  grammar.accept("service");
  return out;
}

}  // namespace

const PricedThing* find_priced_thing(std::string_view word) {
  const auto* const found = std::find_if(
      kThings.begin(), kThings.end(), [&](const PricedThing& each) { return each.word == word; });
  return found == kThings.end() ? nullptr : found;
}

Result<StakeSubject> read_stake_subject(Grammar& grammar) {
  grammar.accept_any({"a", "an", "one"});
  const bool failed = grammar.accept("failed");
  const PricedThing* const thing = find_priced_thing(grammar.peek().text);
  if (thing == nullptr || failed != (thing->of == StakeOf::kFailedRequest)) {
    return fail(grammar.expected(failed ? "'failed request'" : kForms));
  }
  grammar.take();
  StakeSubject out{*thing, ""};
  TRY(out.service, read_service(grammar));
  grammar.accept_any({"down", "exposed", "lost"});
  if (grammar.accept("is")) {
    if (!grammar.accept("worth")) return fail(grammar.expected("'worth'"));
  } else if (!grammar.accept_any({"costs", "cost", "=", ":"})) {
    return fail(grammar.expected("'costs'"));
  }
  grammar.accept("us");
  grammar.accept_any({"about", "around", "roughly"});
  return out;
}

Result<Quantity> read_stake_price(Grammar& grammar) {
  const Token at = grammar.peek();
  TRY(Measured read, grammar.range());
  if (read.quantity.unit.size() != 3) {
    return fail(grammar.problem(at, "a stake is money", "an amount such as $2k to $20k"));
  }
  if (!(read.quantity.low > 0)) {
    return fail(grammar.problem(at, "a stake is above 0", "an amount such as $2k to $20k"));
  }
  if (const auto fit = read.quantity.fit(); !fit) {
    return fail(grammar.problem(at, fit.error().text));
  }
  return std::move(read.quantity);
}

}  // namespace daytwo::model
