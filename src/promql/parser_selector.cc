// Selectors and what may follow them: matchers, ranges, subqueries, offset and @.
#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "promql/ast.h"
#include "promql/lexer.h"
#include "promql/literals.h"
#include "promql/parser.h"
#include "series/matcher.h"

namespace daytwo::promql {
namespace {

// Timestamps beyond this many seconds would overflow arithmetic on milliseconds.
constexpr double kMaxSeconds = 9.2e15;

// The modifiers of a selector, range selector or subquery; null for anything else.
Modifiers* modifiers_of(Node& node) {
  if (auto* selector = std::get_if<Selector>(&node.kind)) return &selector->modifiers;
  if (auto* range = std::get_if<RangeSelector>(&node.kind)) return &range->selector.modifiers;
  if (auto* subquery = std::get_if<Subquery>(&node.kind)) return &subquery->modifiers;
  return nullptr;
}

}  // namespace

Result<NodePtr> Parser::selector(const Token* name) {
  Selector out;
  ByteSpan span = name != nullptr ? name->span : token_.span;
  if (name != nullptr) {
    out.name = std::string(name->text);
    out.matchers.push_back(series::Matcher::equal("__name__", out.name));
  }
  if (is(TokenKind::kLeftBrace)) TRY_VOID(matchers(out, span.to));
  return make_node(std::move(out), span, 0);
}

Result<void> Parser::matchers(Selector& out, std::size_t& end) {
  advance();
  while (!is(TokenKind::kRightBrace)) {
    TRY_VOID(matcher(out));
    if (is(TokenKind::kComma)) {
      advance();
    } else if (!is(TokenKind::kRightBrace)) {
      return unexpected("label matching", "\",\" or \"}\"");
    }
  }
  advance();
  end = last_.to;
  return {};
}

Result<void> Parser::matcher(Selector& out) {
  constexpr std::string_view kContext = "label matching";
  if (!is(TokenKind::kIdentifier) && !is(TokenKind::kString)) {
    return unexpected(kContext, "identifier or \"}\"");
  }
  const Token token = take();
  std::string name(token.text);
  if (token.kind == TokenKind::kString) {
    TRY(name, string_of(token));
    if (is(TokenKind::kComma) || is(TokenKind::kRightBrace)) {
      if (!out.name.empty()) {
        return problem(token.span, fmt::format("metric name must not be set twice: {} or {}",
                                               go_quoted(out.name), go_quoted(name)));
      }
      out.name = name;
      out.matchers.push_back(series::Matcher::equal("__name__", std::move(name)));
      return {};
    }
  }
  series::MatchOp op = series::MatchOp::kEqual;
  if (is_operator(BinaryOp::kNotEqual)) {
    op = series::MatchOp::kNotEqual;
  } else if (is(TokenKind::kRegexMatch)) {
    op = series::MatchOp::kRegex;
  } else if (is(TokenKind::kRegexExclude)) {
    op = series::MatchOp::kNotRegex;
  } else if (!is(TokenKind::kAssign)) {
    return unexpected(kContext, "label matching operator");
  }
  advance();
  if (!is(TokenKind::kString)) return unexpected(kContext, "string");
  const Token quoted = take();
  TRY(std::string value, string_of(quoted));
  auto made = series::Matcher::make(op, std::move(name), std::move(value));
  if (!made) return problem({token.span.from, quoted.span.to}, made.error().text);
  out.matchers.push_back(std::move(*made));
  return {};
}

Result<Duration> Parser::duration(std::string_view context, std::string_view expected) {
  if (!is(TokenKind::kDuration) && !is(TokenKind::kNumber)) return unexpected(context, expected);
  const Token token = take();
  Result<Duration> span = Duration{};
  if (token.kind == TokenKind::kDuration) {
    span = parse_duration_literal(token.text);
  } else if (const auto number = parse_number(token.text)) {
    span = duration_from_seconds(*number);
  } else {
    span = fail(number.error());
  }
  if (!span) return problem(token.span, span.error().text);
  return *span;
}

// Reads `[range]` or `[range:step]` after a node.
Result<NodePtr> Parser::brackets(NodePtr node) {
  advance();
  const ByteSpan range_span = token_.span;
  TRY(const Duration range, duration("subquery or range selector", "number or duration"));
  if (range.ms <= 0) return problem(range_span, "duration must be greater than 0");
  if (is(TokenKind::kColon)) {
    advance();
    Subquery subquery;
    subquery.range = range;
    if (!is(TokenKind::kRightBracket)) {
      const ByteSpan step_span = token_.span;
      TRY(subquery.step, duration("subquery selector", "number, duration or \"]\""));
      if (subquery.step.ms <= 0) return problem(step_span, "duration must be greater than 0");
    }
    if (!is(TokenKind::kRightBracket)) return unexpected("subquery selector", "\"]\"");
    advance();
    const ByteSpan span{node->span.from, last_.to};
    const int height = node->height;
    subquery.inner = std::move(node);
    return make_node(std::move(subquery), span, height);
  }
  if (!is(TokenKind::kRightBracket)) {
    return unexpected("subquery or range", "\":\" or \"]\"");
  }
  advance();
  const ByteSpan span{node->span.from, last_.to};
  auto* selector = std::get_if<Selector>(&node->kind);
  if (selector == nullptr) {
    return problem(span, "ranges only allowed for vector selectors");
  }
  if (selector->modifiers.offset.ms != 0) {
    return problem(span, "no offset modifiers allowed before range");
  }
  if (selector->modifiers.pin != Pin::kNone) {
    return problem(span, "no @ modifiers allowed before range");
  }
  return make_node(RangeSelector{std::move(*selector), range}, span, 0);
}

Result<NodePtr> Parser::offset(NodePtr node) {
  advance();
  const bool negative = is_operator(BinaryOp::kSub);
  if (negative || is_operator(BinaryOp::kAdd)) advance();
  TRY(const Duration span, duration("offset", "number or duration"));
  Modifiers* modifiers = modifiers_of(*node);
  if (modifiers == nullptr) {
    return problem(node->span,
                   "offset modifier must be preceded by an instant vector selector or range vector "
                   "selector or a subquery");
  }
  if (modifiers->offset.ms != 0) {
    return problem(node->span, "offset may not be set multiple times");
  }
  modifiers->offset = negative ? -span : span;
  node->span.to = last_.to;
  return node;
}

Result<NodePtr> Parser::at(NodePtr node) {
  advance();
  Modifiers pinned;
  if (is(TokenKind::kStart) || is(TokenKind::kEndWord)) {
    pinned.pin = take().kind == TokenKind::kStart ? Pin::kStart : Pin::kEnd;
    if (!is(TokenKind::kLeftParen)) return unexpected("@", "timestamp");
    advance();
    if (!is(TokenKind::kRightParen)) return unexpected("@", "timestamp");
    advance();
  } else {
    pinned.pin = Pin::kTime;
    TRY(pinned.at, at_time());
  }
  Modifiers* modifiers = modifiers_of(*node);
  if (modifiers == nullptr) {
    return problem(node->span,
                   "@ modifier must be preceded by an instant vector selector or range vector "
                   "selector or a subquery");
  }
  if (modifiers->pin != Pin::kNone) {
    return problem(node->span, "@ <timestamp> may not be set multiple times");
  }
  modifiers->pin = pinned.pin;
  modifiers->at = pinned.at;
  node->span.to = last_.to;
  return node;
}

Result<Timestamp> Parser::at_time() {
  const std::size_t from = token_.span.from;
  const bool negative = is_operator(BinaryOp::kSub);
  if (negative || is_operator(BinaryOp::kAdd)) advance();
  double seconds = 0;
  if (is(TokenKind::kNumber)) {
    const auto number = parse_number(token_.text);
    if (!number) return problem(token_.span, number.error().text);
    seconds = *number;
  } else if (is(TokenKind::kDuration)) {
    const auto span = parse_duration_literal(token_.text);
    if (!span) return problem(token_.span, span.error().text);
    seconds = span->seconds();
  } else {
    return unexpected("@", "timestamp");
  }
  advance();
  if (negative) seconds = -seconds;
  if (!(std::abs(seconds) < kMaxSeconds / 1000)) {
    return problem({from, last_.to},
                   fmt::format("timestamp out of bounds for @ modifier: {}", go_number(seconds)));
  }
  return Timestamp{std::llround(seconds * 1000)};
}

}  // namespace daytwo::promql
