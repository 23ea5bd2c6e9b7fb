#include "model/loss_part.h"

#include <utility>

#include "model/amount.h"
#include "model/tokens.h"

namespace daytwo::model {
namespace {

Result<void> read_extra(Grammar& grammar, WorrySentence& out, Measured& size) {
  if (grammar.accept("likely")) return grammar.likely(size);
  if (grammar.accept("never")) return grammar.never_above(size);
  if (grammar.accept("at")) {
    if (!grammar.accept("most") || !grammar.accept("once")) {
      return fail(grammar.expected("'at most once'"));
    }
    grammar.accept_any({"a", "per"});
    grammar.accept("year");
    out.frequency.at_most_once = true;
    return {};
  }
  if (grammar.accept("ongoing")) {
    out.ongoing = true;
    return {};
  }
  if (grammar.accept("source")) {
    grammar.accept(":");
    out.source = grammar.take_text();
    return {};
  }
  return fail(grammar.expected("'likely', 'never above', 'at most once', 'ongoing' or 'source'"));
}

// A range of losses begins above 0; a share or nothing at all is no loss.
Result<void> check_loss(const Grammar& grammar, const Token& at, const Quantity& size) {
  if (!(size.low > 0)) return fail(grammar.problem(at, "a loss begins above 0"));
  if (size.unit.empty() || size.unit == kProbability) {
    return fail(grammar.problem(at, "a loss needs a unit",
                                "money ($25k), hours (2h), records or incidents"));
  }
  return {};
}

}  // namespace

Result<void> read_loss(Grammar& grammar, WorrySentence& out) {
  const Token at = grammar.peek();
  TRY(Measured size, grammar.range());
  TRY_VOID(check_loss(grammar, at, size.quantity));
  while (grammar.accept(",")) TRY_VOID(read_extra(grammar, out, size));
  out.size = std::move(size.quantity);
  if (out.frequency.at_most_once && out.frequency.kind == Frequency::Kind::kRate &&
      out.frequency.high / out.frequency.years > 1) {
    return fail(grammar.problem(Token{}, "more than one a year is not at most once"));
  }
  const auto fit = out.size.fit();
  if (!fit) return fail(grammar.problem(at, fit.error().text));
  return {};
}

}  // namespace daytwo::model
