#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "promql/functions.h"
#include "promql/parse.h"
#include "promql/print.h"

namespace daytwo::promql {
namespace {

std::string pick(const std::vector<std::string>& from) { return *rc::gen::elementOf(from); }

std::string vector_text(int depth);

std::string scalar_text(int depth) {
  if (depth <= 0 || *rc::gen::inRange(0, 3) == 0) {
    return pick({"1", "2.5", "-3", "1e9", "NaN", "Inf", "time()", "pi()", "90s"});
  }
  switch (*rc::gen::inRange(0, 3)) {
    case 0:
      return scalar_text(depth - 1) + pick({" + ", " * ", " ^ ", " <= bool ", " atan2 "}) +
             scalar_text(depth - 1);
    case 1:
      return "-(" + scalar_text(depth - 1) + ")";
    default:
      return "scalar(" + vector_text(depth - 1) + ")";
  }
}

std::string selector_text() {
  return pick({"a", "a:b", "sum", "{\"x.y\"}", "{__name__=~\"a|b\"}", "a{b=\"c\",d!~\"e.*\"}",
               "a{\"l.x\"=\"quote \\\" and \\\\ back\"}"});
}

std::string modifiers_text() {
  return pick(
      {"", "", " offset 5m", " offset -1h30m", " @ 12.345", " @ start()", " @ end() offset 1d"});
}

std::string range_text(int depth) {
  if (depth <= 0 || *rc::gen::arbitrary<bool>()) {
    return selector_text() + pick({"[5m]", "[1d]", "[90]"}) + modifiers_text();
  }
  return "(" + vector_text(depth - 1) + ")" + pick({"[1h:5m]", "[30m:]"}) + modifiers_text();
}

std::string call_text(int depth) {
  const Function& function =
      *rc::gen::elementOf(std::vector<Function>(functions().begin(), functions().end()));
  std::string out = std::string(function.name) + "(";
  for (std::size_t i = 0; i < function.parameters.count; ++i) {
    if (i > 0) out += ", ";
    switch (function.parameters.types.at(i)) {
      case Type::kScalar:
        out += scalar_text(depth - 1);
        break;
      case Type::kString:
        out += "\"text\"";
        break;
      case Type::kVector:
        out += vector_text(depth - 1);
        break;
      case Type::kMatrix:
        out += range_text(depth - 1);
        break;
    }
  }
  out += ")";
  return function.result == Type::kScalar ? "vector(" + out + ")" : out;
}

std::string vector_text(int depth) {
  if (depth <= 0) return selector_text() + modifiers_text();
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return vector_text(depth - 1) +
             pick({" + ", " == bool on (x) ", " / ignoring (y) group_left (z) ", " and ", " or ",
                   " unless on () ", " % ", " > "}) +
             "(" + vector_text(depth - 1) + ")";
    case 1:
      return pick({"sum", "avg by (a)", "max without (b, c)", "group"}) + "(" +
             vector_text(depth - 1) + ")";
    case 2:
      return pick({"topk by (a) (", "quantile("}) + scalar_text(depth - 1) + ", " +
             vector_text(depth - 1) + ")";
    case 3:
      return "-" + vector_text(depth - 1);
    case 4:
      return "(" + vector_text(depth - 1) + ")";
    default:
      return call_text(depth);
  }
}

RC_GTEST_PROP(PrintProperty, WhatIsPrintedParsesToTheSameTree, ()) {
  const std::string text = vector_text(4);
  const auto parsed = parse(text);
  if (!parsed) RC_DISCARD("grouping of set operators and the like");
  const std::string printed = print(*parsed->root);
  const auto again = parse(printed);
  RC_ASSERT(again.has_value());
  RC_ASSERT(print(*again->root) == printed);
  RC_ASSERT(again->root->type == parsed->root->type);
  RC_ASSERT(again->root->pinned == parsed->root->pinned);
}

RC_GTEST_PROP(PrintProperty, BrokenIntoLinesItIsTheSameQuery, ()) {
  const auto parsed = parse(vector_text(5));
  if (!parsed) RC_DISCARD("not a query");
  const auto again = parse(format(*parsed->root));
  RC_ASSERT(again.has_value());
  RC_ASSERT(print(*again->root) == print(*parsed->root));
}

}  // namespace
}  // namespace daytwo::promql
