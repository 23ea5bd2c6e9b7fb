#include "promql/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>

#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "promql/ast.h"
#include "promql/functions.h"
#include "promql/parser.h"
#include "series/matcher.h"

namespace daytwo::promql {
namespace {

// One overload per construct. Each sets the node's type and whether it is pinned.
class Checker {
 public:
  explicit Checker(std::string_view text) : text_(text) {}

  Result<void> visit(Node& node) {
    return std::visit([&](auto& kind) { return on(node, kind); }, node.kind);
  }

 private:
  Result<void> on(Node& node, Number& /*kind*/) {
    node.type = Type::kScalar;
    node.pinned = true;
    return {};
  }

  Result<void> on(Node& node, Text& /*kind*/) {
    node.type = Type::kString;
    node.pinned = true;
    return {};
  }

  Result<void> on(Node& node, Selector& selector) {
    node.type = Type::kVector;
    node.pinned = selector.modifiers.pin != Pin::kNone;
    return check_matchers(selector, node.span);
  }

  Result<void> on(Node& node, RangeSelector& range) {
    node.type = Type::kMatrix;
    node.pinned = range.selector.modifiers.pin != Pin::kNone;
    return check_matchers(range.selector, node.span);
  }

  Result<void> on(Node& node, Subquery& subquery) {
    TRY_VOID(visit(*subquery.inner));
    node.type = Type::kMatrix;
    node.pinned = subquery.modifiers.pin != Pin::kNone;
    if (subquery.inner->type == Type::kVector) return {};
    constexpr std::string_view kNames[] = {"scalar", "string", "vector", "matrix"};
    return problem(node.span,
                   fmt::format("subquery is only allowed on instant vector, got {} instead",
                               kNames[static_cast<std::size_t>(subquery.inner->type)]));
  }

  Result<void> on(Node& node, Paren& paren) {
    TRY_VOID(visit(*paren.inner));
    node.type = paren.inner->type;
    node.pinned = paren.inner->pinned;
    return {};
  }

  Result<void> on(Node& node, Unary& unary) {
    TRY_VOID(visit(*unary.inner));
    node.type = unary.inner->type;
    node.pinned = unary.inner->pinned;
    if (node.type == Type::kScalar || node.type == Type::kVector) return {};
    return problem(node.span, fmt::format("unary expression only allowed on expressions of type "
                                          "scalar or instant vector, got {}",
                                          go_quoted(name_of(node.type))));
  }

  Result<void> on(Node& node, Aggregate& aggregate) {
    node.type = Type::kVector;
    TRY_VOID(expect(*aggregate.inner, Type::kVector, "aggregation expression"));
    node.pinned = aggregate.inner->pinned;
    if (aggregate.parameter == nullptr) return {};
    const bool text = aggregate.op == AggregateOp::kCountValues;
    TRY_VOID(expect(*aggregate.parameter, text ? Type::kString : Type::kScalar,
                    "aggregation parameter"));
    node.pinned = node.pinned && aggregate.parameter->pinned;
    return {};
  }

  Result<void> on(Node& node, Call& call) {
    const Function& function = *call.function;
    node.type = function.result;
    TRY_VOID(check_count(node, call));
    const std::string context = "call to function " + go_quoted(function.name);
    bool all_pinned = true;
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
      const std::size_t row = std::min(i, function.parameters.count - 1);
      TRY_VOID(expect(*call.arguments[i], function.parameters.types.at(row), context));
      all_pinned = all_pinned && call.arguments[i]->pinned;
    }
    // timestamp() of a plain selector reads the samples' times, not the clock.
    const bool plain_timestamp =
        function.name == "timestamp" && find_kind<Selector>(*call.arguments[0]) != nullptr;
    node.pinned = all_pinned && (!function.asks_time || plain_timestamp);
    return {};
  }

  Result<void> on(Node& node, Binary& binary) {
    TRY_VOID(visit(*binary.left));
    TRY_VOID(visit(*binary.right));
    const Type left = binary.left->type;
    const Type right = binary.right->type;
    const bool vector = left == Type::kVector || right == Type::kVector;
    node.type = vector ? Type::kVector : Type::kScalar;
    node.pinned = binary.left->pinned && binary.right->pinned;
    if (binary.returns_bool && !is_comparison(binary.op)) {
      return problem(binary.operator_span,
                     "bool modifier can only be used on comparison operators");
    }
    if (is_comparison(binary.op) && !binary.returns_bool && left == Type::kScalar &&
        right == Type::kScalar) {
      return problem(binary.operator_span, "comparisons between scalars must use BOOL modifier");
    }
    TRY_VOID(check_labels(node, binary));
    for (const Node* side : {binary.left.get(), binary.right.get()}) {
      if (side->type == Type::kScalar || side->type == Type::kVector) continue;
      return problem(side->span,
                     "binary expression must contain only scalar and instant vector types");
    }
    return check_matching(node, binary);
  }

  Result<void> check_labels(const Node& node, const Binary& binary) {
    const Matching& matching = binary.matching;
    if (!matching.on) return {};
    for (const std::string& label : matching.labels) {
      const auto& include = matching.include;
      if (std::find(include.begin(), include.end(), label) == include.end()) continue;
      return problem(
          node.span,
          fmt::format("label {} must not occur in ON and GROUP clause at once", go_quoted(label)));
    }
    return {};
  }

  Result<void> check_matching(const Node& node, const Binary& binary) {
    const bool vectors = binary.left->type == Type::kVector && binary.right->type == Type::kVector;
    const Matching& matching = binary.matching;
    if (!vectors && !matching.labels.empty()) {
      return problem(node.span, "vector matching only allowed between instant vectors");
    }
    if (!is_set_operator(binary.op)) return {};
    const std::string op = go_quoted(name_of(binary.op));
    if (vectors && matching.cardinality != Cardinality::kManyToMany) {
      return problem(node.span, fmt::format("no grouping allowed for {} operation", op));
    }
    if (!vectors) {
      return problem(node.span,
                     fmt::format("set operator {} not allowed in binary scalar expression", op));
    }
    return {};
  }

  Result<void> check_count(const Node& node, const Call& call) {
    const Function& function = *call.function;
    const std::size_t most = function.parameters.count;
    const std::size_t least = function.parameters.arity == Arity::kExact ? most : most - 1;
    const std::size_t got = call.arguments.size();
    const auto wrong = [&](std::string_view quantity, std::size_t wanted) {
      return problem(node.span, fmt::format("expected {}{} argument(s) in call to {}, got {}",
                                            quantity, wanted, go_quoted(function.name), got));
    };
    if (function.parameters.arity == Arity::kExact && got != most) return wrong("", most);
    if (got < least) return wrong("at least ", least);
    if (function.parameters.arity == Arity::kLastOptional && got > most) {
      return wrong("at most ", most);
    }
    return {};
  }

  Result<void> check_matchers(const Selector& selector, ByteSpan span) {
    std::size_t names = 0;
    bool narrows = false;
    for (const series::Matcher& matcher : selector.matchers) {
      if (matcher.name() == "__name__" && matcher.op() == series::MatchOp::kEqual) {
        ++names;
        if (names > 1 && !selector.name.empty()) {
          return problem(span, fmt::format("metric name must not be set twice: {} or {}",
                                           go_quoted(selector.name), go_quoted(matcher.value())));
        }
      }
      narrows = narrows || !matcher.matches("");
    }
    if (narrows) return {};
    return problem(span, "vector selector must contain at least one non-empty matcher");
  }

  Result<void> expect(Node& node, Type wanted, std::string_view context) {
    TRY_VOID(visit(node));
    if (node.type == wanted) return {};
    return problem(node.span, fmt::format("expected type {} in {}, got {}", name_of(wanted),
                                          context, name_of(node.type)));
  }

  [[nodiscard]] tl::unexpected<Error> problem(ByteSpan span, const std::string& text) const {
    return parse_error(text_, span, text);
  }

  std::string_view text_;
};

}  // namespace

Result<void> check(Node& node, std::string_view text) { return Checker(text).visit(node); }

}  // namespace daytwo::promql
