// The typed tree of a query. Every node knows the bytes it was written in, for messages.
// Model: one struct per construct in a variant; what may stand where is checked once (check.h), so
// that whoever walks a tree from parse() need not ask again. Spans are half-open byte ranges.
// Thread rule: immutable after parse(); any thread may read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.h"
#include "series/matcher.h"

namespace daytwo::promql {

struct Function;  // functions.h

// Bytes [from, to) of the query.
struct ByteSpan {
  std::size_t from = 0;
  std::size_t to = 0;
  bool operator==(const ByteSpan&) const = default;
};

// What an expression yields at each step.
enum class Type : std::uint8_t { kScalar, kString, kVector, kMatrix };

// "scalar", "string", "instant vector", "range vector": the names that messages use.
[[nodiscard]] std::string_view name_of(Type type);

struct Node;
// A node owns its children.
using NodePtr = std::unique_ptr<Node>;

// A number, or a duration in seconds. A sign directly before it is part of it.
struct Number {
  double value = 0;
};

// A string with its escapes resolved.
struct Text {
  std::string value;
};

// What `@` pins a selector to.
enum class Pin : std::uint8_t { kNone, kTime, kStart, kEnd };

// `@ time` and `offset span`, in whatever order they were written. Evaluation looks at
// (pin or step) - offset.
struct Modifiers {
  Pin pin = Pin::kNone;
  Timestamp at;  // for Pin::kTime
  Duration offset;
};

// `name{matchers}`. The metric name, written outside or quoted inside the braces, is `name`; it is
// also among the matchers as __name__="...".
struct Selector {
  std::string name;
  std::vector<series::Matcher> matchers;
  Modifiers modifiers;
};

// `selector[range]`.
struct RangeSelector {
  Selector selector;
  Duration range;
};

// `inner[range:step]`; step 0 = the engine's default.
struct Subquery {
  NodePtr inner;
  Duration range;
  Duration step;
  Modifiers modifiers;
};

// `name(arguments)`.
struct Call {
  const Function* function = nullptr;
  std::vector<NodePtr> arguments;
  ByteSpan span;  // of the whole call, for annotations
};

// The aggregation operators of the language.
enum class AggregateOp : std::uint8_t {
  kSum,
  kAvg,
  kMin,
  kMax,
  kCount,
  kGroup,
  kStddev,
  kStdvar,
  kTopk,
  kBottomk,
  kQuantile,
  kCountValues,
};

// "sum", "topk", ...
[[nodiscard]] std::string_view name_of(AggregateOp op);
// True for topk, bottomk, quantile and count_values, which take a parameter before the vector.
[[nodiscard]] bool takes_parameter(AggregateOp op);

// `op by (labels) (parameter, inner)`.
struct Aggregate {
  AggregateOp op = AggregateOp::kSum;
  NodePtr inner;
  NodePtr parameter;  // null unless takes_parameter(op)
  std::vector<std::string> labels;
  bool without = false;
};

// The binary operators of the language.
enum class BinaryOp : std::uint8_t {
  kAdd,
  kSub,
  kMul,
  kDiv,
  kMod,
  kPow,
  kAtan2,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kAnd,
  kOr,
  kUnless,
};

// "+", "==", "and", ...
[[nodiscard]] std::string_view name_of(BinaryOp op);
[[nodiscard]] bool is_comparison(BinaryOp op);
[[nodiscard]] bool is_set_operator(BinaryOp op);

// How many elements of each side may meet. kManyToOne is group_left: many on the left.
enum class Cardinality : std::uint8_t { kOneToOne, kManyToOne, kOneToMany, kManyToMany };

// `on (labels)` or `ignoring (labels)` with `group_left (include)` or `group_right (include)`.
struct Matching {
  Cardinality cardinality = Cardinality::kOneToOne;
  bool on = false;
  std::vector<std::string> labels;
  std::vector<std::string> include;
};

// `left op right`.
struct Binary {
  BinaryOp op = BinaryOp::kAdd;
  NodePtr left;
  NodePtr right;
  Matching matching;
  bool returns_bool = false;
  ByteSpan operator_span;
};

// `-inner` or `+inner`.
struct Unary {
  bool negative = false;
  NodePtr inner;
};

// `(inner)`.
struct Paren {
  NodePtr inner;
};

// One construct, where it stands and what it yields.
struct Node {
  using Kind = std::variant<Number, Text, Selector, RangeSelector, Subquery, Call, Aggregate,
                            Binary, Unary, Paren>;
  Kind kind;
  ByteSpan span;
  // Nodes on the longest way down to a leaf, this one included. Bounded (kMaxHeight in parse.h), so
  // that walking a tree may recurse.
  int height = 1;
  Type type = Type::kScalar;
  // Set by the checker: the value is the same at every step (all selectors carry `@` and nothing
  // asks for the time), so it is evaluated once.
  bool pinned = false;
};

// The node inside any number of parentheses.
[[nodiscard]] const Node& without_parens(const Node& node);

// The construct of kind T inside any number of parentheses, or null.
template <typename T>
[[nodiscard]] const T* find_kind(const Node& node) {
  return std::get_if<T>(&without_parens(node).kind);
}

// A parsed and checked query with its text, which positions refer to. Copies share the tree.
struct Expression {
  std::shared_ptr<const Node> root;
  std::string text;
};

// "line:column" of a byte, both from 1, columns in bytes.
[[nodiscard]] std::string position_of(std::string_view text, std::size_t byte);

}  // namespace daytwo::promql
