#include "promql/parse.h"

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "promql/ast.h"
#include "promql/check.h"
#include "promql/parser.h"
#include "series/matcher.h"

namespace daytwo::promql {

Result<Expression> parse(std::string_view text) {
  TRY(NodePtr root, Parser(text).run());
  TRY_VOID(check(*root, text));
  return Expression{std::move(root), std::string(text)};
}

Result<std::vector<series::Matcher>> parse_selector(std::string_view text) {
  TRY(const Expression expression, parse(text));
  const auto* selector = std::get_if<Selector>(&expression.root->kind);
  const bool plain = selector != nullptr && selector->modifiers.pin == Pin::kNone &&
                     selector->modifiers.offset.ms == 0;
  if (!plain) {
    return parse_error(text, expression.root->span, "expected a series selector");
  }
  return selector->matchers;
}

}  // namespace daytwo::promql
