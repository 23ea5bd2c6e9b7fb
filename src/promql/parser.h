// The recursive descent behind parse(). Precedence, loosest first: or; and unless; comparisons;
// + -; * / % atan2; unary - +; ^ (to the right); offset, @ and [ ].
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "promql/ast.h"
#include "promql/lexer.h"

namespace daytwo::promql {

// The error of a query with its position: "1:5: parse error: text".
[[nodiscard]] tl::unexpected<Error> parse_error(std::string_view text, ByteSpan span,
                                                const std::string& problem);

// One parse. Use it once.
class Parser {
 public:
  explicit Parser(std::string_view text);

  // The tree of the whole text, types not yet checked. Errors: kInvalid.
  [[nodiscard]] Result<NodePtr> run();

 private:
  [[nodiscard]] Result<NodePtr> expression(int min_precedence);
  [[nodiscard]] Result<NodePtr> unary();
  [[nodiscard]] Result<NodePtr> postfix();
  [[nodiscard]] Result<NodePtr> primary();
  [[nodiscard]] Result<NodePtr> binary(NodePtr left, int precedence);
  [[nodiscard]] Result<Matching> matching();
  [[nodiscard]] Result<NodePtr> call(const Token& name);
  [[nodiscard]] Result<NodePtr> aggregate(const Token& op);
  [[nodiscard]] Result<void> grouping(Aggregate& out, std::size_t& end);
  [[nodiscard]] Result<std::vector<NodePtr>> arguments(std::string_view context);
  [[nodiscard]] Result<std::vector<std::string>> label_list(std::size_t* end = nullptr);
  [[nodiscard]] Result<NodePtr> selector(const Token* name);
  [[nodiscard]] Result<void> matchers(Selector& out, std::size_t& end);
  [[nodiscard]] Result<void> matcher(Selector& out);
  [[nodiscard]] Result<NodePtr> brackets(NodePtr node);
  [[nodiscard]] Result<NodePtr> offset(NodePtr node);
  [[nodiscard]] Result<NodePtr> at(NodePtr node);
  [[nodiscard]] Result<Timestamp> at_time();
  [[nodiscard]] Result<Duration> duration(std::string_view context, std::string_view expected);
  [[nodiscard]] Result<std::string> string_of(const Token& token);

  // A node over children of that height. Errors: kInvalid when the tree gets too high.
  [[nodiscard]] Result<NodePtr> make_node(Node::Kind kind, ByteSpan span, int height_below) const;
  void advance();
  [[nodiscard]] Token take();
  [[nodiscard]] bool is(TokenKind kind) const { return token_.kind == kind; }
  [[nodiscard]] bool is_operator(BinaryOp op) const;
  [[nodiscard]] tl::unexpected<Error> unexpected(std::string_view context,
                                                 std::string_view expected) const;
  [[nodiscard]] tl::unexpected<Error> problem(ByteSpan span, const std::string& text) const;

  std::string_view text_;
  Lexer lexer_;
  Token token_;    // the next one
  ByteSpan last_;  // of the token taken last
  int depth_ = 0;
};

}  // namespace daytwo::promql
