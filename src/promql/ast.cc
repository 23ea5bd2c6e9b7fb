#include "promql/ast.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace daytwo::promql {
namespace {

constexpr std::array<std::string_view, 4> kTypes = {"scalar", "string", "instant vector",
                                                    "range vector"};
constexpr std::array<std::string_view, 12> kAggregates = {
    "sum",    "avg",    "min",  "max",     "count",    "group",
    "stddev", "stdvar", "topk", "bottomk", "quantile", "count_values"};
constexpr std::array<std::string_view, 16> kBinaries = {
    "+", "-", "*", "/", "%", "^", "atan2", "==", "!=", "<", "<=", ">", ">=", "and", "or", "unless"};

}  // namespace

std::string_view name_of(Type type) { return kTypes.at(static_cast<std::size_t>(type)); }

std::string_view name_of(AggregateOp op) { return kAggregates.at(static_cast<std::size_t>(op)); }

bool takes_parameter(AggregateOp op) { return op >= AggregateOp::kTopk; }

std::string_view name_of(BinaryOp op) { return kBinaries.at(static_cast<std::size_t>(op)); }

bool is_comparison(BinaryOp op) { return op >= BinaryOp::kEqual && op <= BinaryOp::kGreaterEqual; }

bool is_set_operator(BinaryOp op) { return op >= BinaryOp::kAnd; }

const Node& without_parens(const Node& node) {
  const Node* at = &node;
  while (const auto* paren = std::get_if<Paren>(&at->kind)) at = paren->inner.get();
  return *at;
}

std::string position_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t line_break = before.rfind('\n');
  const std::size_t column = line_break == std::string_view::npos ? byte + 1 : byte - line_break;
  return fmt::format("{}:{}", line, column);
}

}  // namespace daytwo::promql
