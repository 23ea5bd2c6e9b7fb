#include "orient/lift.h"

#include <fmt/core.h>

#include <string>
#include <string_view>

#include "promql/functions.h"
#include "promql/parse.h"
#include "promql/print.h"

namespace daytwo::orient {
namespace {

using promql::Node;

tl::unexpected<Error> other_shape(const Node& node, std::string_view wanted) {
  return fail(Code::kNotFound, fmt::format("'{}' is not {}", promql::print(node), wanted));
}

constexpr std::string_view kCounter = "a counter, its rate or a sum of its rates";

bool plain(const promql::Modifiers& modifiers) {
  return modifiers.pin == promql::Pin::kNone && modifiers.offset.ms == 0;
}

// The selector alone: a range is the window that daytwo chooses itself.
Result<std::string> selector_of(const Node& node) {
  if (const auto* selector = promql::find_kind<promql::Selector>(node)) {
    if (plain(selector->modifiers)) return promql::print(promql::without_parens(node));
  }
  if (const auto* call = promql::find_kind<promql::Call>(node)) {
    const std::string_view name = call->function->name;
    const bool rate = name == "rate" || name == "increase" || name == "irate";
    if (rate && call->arguments.size() == 1) {
      const auto* range = promql::find_kind<promql::RangeSelector>(*call->arguments.front());
      if (range != nullptr && plain(range->selector.modifiers)) {
        return promql::print(Node{range->selector, {}, 1, promql::Type::kVector});
      }
    }
  }
  return other_shape(node, kCounter);
}

Result<LiftedCounter> counter_of(const Node& node) {
  LiftedCounter out;
  const auto* sum = promql::find_kind<promql::Aggregate>(node);
  if (sum != nullptr && sum->op == promql::AggregateOp::kSum && !sum->without) {
    out.by = sum->labels;
    TRY(out.selector, selector_of(*sum->inner));
    return out;
  }
  TRY(out.selector, selector_of(node));
  return out;
}

bool is_one(const Node& node) {
  const auto* number = promql::find_kind<promql::Number>(node);
  return number != nullptr && number->value == 1;
}

Result<LiftedRatio> ratio_of(const Node& node, bool good_share) {
  const auto* binary = promql::find_kind<promql::Binary>(node);
  if (binary == nullptr) return other_shape(node, "a ratio of two counters");
  if (binary->op == promql::BinaryOp::kSub && is_one(*binary->left)) {
    return ratio_of(*binary->right, !good_share);
  }
  if (binary->op != promql::BinaryOp::kDiv) return other_shape(node, "a ratio of two counters");
  LiftedRatio out;
  out.good = good_share;
  TRY(out.part, counter_of(*binary->left));
  TRY(out.total, counter_of(*binary->right));
  return out;
}

}  // namespace

Result<LiftedCounter> lift_counter(std::string_view query) {
  TRY(const auto expression, promql::parse(query));
  return counter_of(*expression.root);
}

Result<LiftedRatio> lift_ratio(std::string_view query, bool good_share) {
  TRY(const auto expression, promql::parse(query));
  return ratio_of(*expression.root, good_share);
}

}  // namespace daytwo::orient
