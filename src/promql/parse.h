// Text to a checked tree. The whole stable language of Prometheus 3, UTF-8 names included.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "promql/ast.h"
#include "series/matcher.h"

namespace daytwo::promql {

// Parses and checks a query.
// Errors: kInvalid with Prometheus's text, "1:5: parse error: unexpected ..."; the first problem
// only, and types are looked at only when the syntax is sound. Nesting and length are bounded.
[[nodiscard]] Result<Expression> parse(std::string_view text);

// Parses a selector without modifiers, `up{job="a"}`, as series endpoints and federation take it.
// Errors: as parse(), also when the text is another kind of expression.
[[nodiscard]] Result<std::vector<series::Matcher>> parse_selector(std::string_view text);

// Parentheses, signs and calls that may be open at a time; bounds the parser's stack, far above
// what people and dashboards write.
inline constexpr int kMaxDepth = 200;
// Height of a tree: a chain `a or b or c ..` is as high as it is long. Bounds everybody's stack.
inline constexpr int kMaxHeight = 1000;

}  // namespace daytwo::promql
