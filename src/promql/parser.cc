#include "promql/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "promql/ast.h"
#include "promql/functions.h"
#include "promql/lexer.h"
#include "promql/literals.h"
#include "promql/parse.h"

namespace daytwo::promql {
namespace {

constexpr int kUnaryPrecedence = 6;

int precedence_of(BinaryOp op) {
  switch (op) {
    case BinaryOp::kOr:
      return 1;
    case BinaryOp::kAnd:
    case BinaryOp::kUnless:
      return 2;
    case BinaryOp::kAdd:
    case BinaryOp::kSub:
      return 4;
    case BinaryOp::kMul:
    case BinaryOp::kDiv:
    case BinaryOp::kMod:
    case BinaryOp::kAtan2:
      return 5;
    case BinaryOp::kPow:
      return 7;
    default:
      return 3;
  }
}

int height_of(const std::vector<NodePtr>& nodes) {
  int height = 0;
  for (const NodePtr& node : nodes) height = std::max(height, node->height);
  return height;
}

// Counts how deep the parser is; the caller asks whether that is too deep.
class Deeper {
 public:
  explicit Deeper(int& depth) : depth_(depth) { ++depth_; }
  ~Deeper() { --depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

 private:
  int& depth_;
};

}  // namespace

tl::unexpected<Error> parse_error(std::string_view text, ByteSpan span,
                                  const std::string& problem) {
  return fail(Code::kInvalid,
              fmt::format("{}: parse error: {}", position_of(text, span.from), problem));
}

Parser::Parser(std::string_view text) : text_(text), lexer_(text) { advance(); }

void Parser::advance() {
  last_ = token_.span;
  token_ = lexer_.next();
}

Token Parser::take() {
  Token token = token_;
  advance();
  return token;
}

bool Parser::is_operator(BinaryOp op) const {
  return is(TokenKind::kOperator) && token_.binary == op;
}

tl::unexpected<Error> Parser::problem(ByteSpan span, const std::string& text) const {
  return parse_error(text_, span, text);
}

tl::unexpected<Error> Parser::unexpected(std::string_view context,
                                         std::string_view expected) const {
  if (is(TokenKind::kError)) return problem(token_.span, token_.message);
  std::string text = "unexpected " + token_.description();
  if (!context.empty()) text += fmt::format(" in {}", context);
  if (!expected.empty()) text += fmt::format(", expected {}", expected);
  return problem(token_.span, text);
}

Result<NodePtr> Parser::make_node(Node::Kind kind, ByteSpan span, int height_below) const {
  auto node = std::make_unique<Node>();
  node->kind = std::move(kind);
  node->span = span;
  node->height = height_below + 1;
  if (node->height > kMaxHeight)
    return problem(span, "expression is too long or nested too deeply");
  return node;
}

Result<NodePtr> Parser::run() {
  if (is(TokenKind::kEnd)) return problem(token_.span, "no expression found in input");
  TRY(NodePtr root, expression(0));
  if (!is(TokenKind::kEnd)) return unexpected("", "");
  return root;
}

Result<NodePtr> Parser::expression(int min_precedence) {
  const Deeper deeper(depth_);
  if (depth_ > kMaxDepth) return problem(token_.span, "expression is nested too deeply");
  TRY(NodePtr left, unary());
  while (is(TokenKind::kOperator)) {
    const int precedence = precedence_of(token_.binary);
    if (precedence < min_precedence) break;
    TRY(NodePtr next, binary(std::move(left), precedence));
    left = std::move(next);
  }
  return left;
}

Result<NodePtr> Parser::binary(NodePtr left, int precedence) {
  const Token op = take();
  Binary out;
  out.op = op.binary;
  out.operator_span = op.span;
  if (is(TokenKind::kBool)) {
    advance();
    out.returns_bool = true;
  }
  TRY(out.matching, matching());
  if (is_set_operator(op.binary) && out.matching.cardinality == Cardinality::kOneToOne) {
    out.matching.cardinality = Cardinality::kManyToMany;
  }
  const bool to_the_right = op.binary == BinaryOp::kPow;
  TRY(out.right, expression(to_the_right ? precedence : precedence + 1));
  const ByteSpan span{left->span.from, out.right->span.to};
  const int height = std::max(left->height, out.right->height);
  out.left = std::move(left);
  return make_node(std::move(out), span, height);
}

Result<Matching> Parser::matching() {
  Matching out;
  if (!is(TokenKind::kOn) && !is(TokenKind::kIgnoring)) return out;
  out.on = take().kind == TokenKind::kOn;
  TRY(out.labels, label_list());
  if (is(TokenKind::kGroupLeft) || is(TokenKind::kGroupRight)) {
    const bool left = take().kind == TokenKind::kGroupLeft;
    out.cardinality = left ? Cardinality::kManyToOne : Cardinality::kOneToMany;
    if (is(TokenKind::kLeftParen)) {
      TRY(out.include, label_list());
    }
  }
  return out;
}

Result<NodePtr> Parser::unary() {
  if (!is_operator(BinaryOp::kSub) && !is_operator(BinaryOp::kAdd)) return postfix();
  const Token sign = take();
  const bool negative = sign.binary == BinaryOp::kSub;
  TRY(NodePtr inner, expression(kUnaryPrecedence));
  const ByteSpan span{sign.span.from, inner->span.to};
  if (auto* number = std::get_if<Number>(&inner->kind)) {
    if (negative) number->value = -number->value;
    inner->span = span;
    return inner;
  }
  const int height = inner->height;
  return make_node(Unary{negative, std::move(inner)}, span, height);
}

Result<NodePtr> Parser::postfix() {
  TRY(NodePtr node, primary());
  for (int rounds = 0; rounds < kMaxDepth; ++rounds) {
    Result<NodePtr> next = nullptr;
    if (is(TokenKind::kLeftBracket)) {
      next = brackets(std::move(node));
    } else if (is(TokenKind::kOffset)) {
      next = offset(std::move(node));
    } else if (is(TokenKind::kAt)) {
      next = at(std::move(node));
    } else {
      return node;
    }
    if (!next) return next;
    node = std::move(*next);
  }
  return problem(token_.span, "expression is nested too deeply");
}

Result<NodePtr> Parser::primary() {
  switch (token_.kind) {
    case TokenKind::kNumber: {
      const Token token = take();
      const auto value = parse_number(token.text);
      if (!value) return problem(token.span, value.error().text);
      return make_node(Number{*value}, token.span, 0);
    }
    case TokenKind::kDuration: {
      const Token token = take();
      const auto span = parse_duration_literal(token.text);
      if (!span) return problem(token.span, span.error().text);
      return make_node(Number{span->seconds()}, token.span, 0);
    }
    case TokenKind::kString: {
      const Token token = take();
      TRY(std::string value, string_of(token));
      return make_node(Text{std::move(value)}, token.span, 0);
    }
    case TokenKind::kLeftParen: {
      const Token open = take();
      TRY(NodePtr inner, expression(0));
      if (!is(TokenKind::kRightParen)) return unexpected("", "");
      const Token close = take();
      const int height = inner->height;
      return make_node(Paren{std::move(inner)}, {open.span.from, close.span.to}, height);
    }
    case TokenKind::kLeftBrace:
      return selector(nullptr);
    case TokenKind::kAggregate: {
      const Token op = take();
      const bool calls = is(TokenKind::kLeftParen) || is(TokenKind::kBy) || is(TokenKind::kWithout);
      return calls ? aggregate(op) : selector(&op);
    }
    case TokenKind::kIdentifier: {
      const Token name = take();
      return is(TokenKind::kLeftParen) ? call(name) : selector(&name);
    }
    case TokenKind::kMetricIdentifier:
    case TokenKind::kBy:
    case TokenKind::kWithout:
    case TokenKind::kOffset:
    case TokenKind::kStart:
    case TokenKind::kEndWord: {
      const Token name = take();
      return selector(&name);
    }
    case TokenKind::kOperator:
      if (token_.is_word()) {
        const Token name = take();
        return selector(&name);
      }
      return unexpected("", "");
    default:
      return unexpected("", "");
  }
}

Result<NodePtr> Parser::call(const Token& name) {
  Call out;
  out.function = find_function(name.text);
  if (out.function == nullptr) {
    return problem(name.span, "unknown function with name " + go_quoted(name.text));
  }
  TRY(out.arguments, arguments("function call"));
  out.span = {name.span.from, last_.to};
  const ByteSpan span = out.span;
  const int height = height_of(out.arguments);
  return make_node(std::move(out), span, height);
}

Result<std::vector<NodePtr>> Parser::arguments(std::string_view context) {
  if (!is(TokenKind::kLeftParen)) return unexpected(context, "");
  advance();
  std::vector<NodePtr> out;
  if (is(TokenKind::kRightParen)) {
    advance();
    return out;
  }
  while (true) {
    TRY(NodePtr argument, expression(0));
    out.push_back(std::move(argument));
    if (is(TokenKind::kRightParen)) break;
    if (!is(TokenKind::kComma)) return unexpected("", "");
    const Token comma = take();
    if (is(TokenKind::kRightParen)) {
      return problem(comma.span, "trailing commas not allowed in function call args");
    }
  }
  advance();
  return out;
}

Result<NodePtr> Parser::aggregate(const Token& op) {
  Aggregate out;
  out.op = op.aggregate;
  std::size_t end = op.span.to;
  const bool grouped_first = !is(TokenKind::kLeftParen);
  if (grouped_first) TRY_VOID(grouping(out, end));
  if (!is(TokenKind::kLeftParen)) return unexpected("aggregation", "");
  TRY(std::vector<NodePtr> inputs, arguments("aggregation"));
  end = last_.to;
  if (!grouped_first && (is(TokenKind::kBy) || is(TokenKind::kWithout))) {
    TRY_VOID(grouping(out, end));
  }
  const ByteSpan span{op.span.from, end};
  const std::size_t wanted = takes_parameter(out.op) ? 2 : 1;
  if (inputs.empty()) {
    return problem(span, "no arguments for aggregate expression provided");
  }
  if (inputs.size() != wanted) {
    return problem(span, fmt::format("wrong number of arguments for aggregate expression provided, "
                                     "expected {}, got {}",
                                     wanted, inputs.size()));
  }
  const int height = height_of(inputs);
  if (wanted == 2) out.parameter = std::move(inputs.front());
  out.inner = std::move(inputs.back());
  return make_node(std::move(out), span, height);
}

Result<void> Parser::grouping(Aggregate& out, std::size_t& end) {
  out.without = take().kind == TokenKind::kWithout;
  TRY(out.labels, label_list(&end));
  return {};
}

Result<std::vector<std::string>> Parser::label_list(std::size_t* end) {
  constexpr std::string_view kContext = "grouping opts";
  if (!is(TokenKind::kLeftParen)) return unexpected(kContext, "\"(\"");
  advance();
  std::vector<std::string> out;
  while (!is(TokenKind::kRightParen)) {
    if (is(TokenKind::kString)) {
      const Token token = take();
      TRY(std::string name, string_of(token));
      if (name.empty() || !is_utf8(name)) {
        return problem(token.span, "invalid label name for grouping: " + go_quoted(name));
      }
      out.push_back(std::move(name));
    } else if (token_.is_word()) {
      out.emplace_back(take().text);
    } else {
      return unexpected(kContext, "label");
    }
    if (is(TokenKind::kComma)) {
      advance();
    } else if (!is(TokenKind::kRightParen)) {
      return unexpected(kContext, "\",\" or \")\"");
    }
  }
  advance();
  if (end != nullptr) *end = last_.to;
  return out;
}

Result<std::string> Parser::string_of(const Token& token) {
  auto value = unquote(token.text);
  if (!value) return problem(token.span, value.error().text);
  return *value;
}

}  // namespace daytwo::promql
