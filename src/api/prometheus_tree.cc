#include "api/prometheus_tree.h"

#include <array>
#include <cstddef>
#include <string_view>
#include <variant>
#include <vector>

#include "base/text.h"
#include "model/json.h"
#include "promql/functions.h"

namespace daytwo::api {
namespace {

using model::JsonWriter;

std::string_view type_text(promql::Type type) {
  switch (type) {
    case promql::Type::kScalar:
      return "scalar";
    case promql::Type::kString:
      return "string";
    case promql::Type::kVector:
      return "vector";
    case promql::Type::kMatrix:
      return "matrix";
  }
  return "none";
}

std::string_view match_text(series::MatchOp op) {
  constexpr std::array<std::string_view, 4> kTexts = {"=", "!=", "=~", "!~"};
  return kTexts[static_cast<std::size_t>(op)];
}

std::string_view cardinality_text(promql::Cardinality cardinality) {
  constexpr std::array<std::string_view, 4> kTexts = {"one-to-one", "many-to-one", "one-to-many",
                                                      "many-to-many"};
  return kTexts[static_cast<std::size_t>(cardinality)];
}

void write_text(JsonWriter& writer, std::string_view name, std::string_view text) {
  writer.key(name);
  writer.string(text);
}

void write_texts(JsonWriter& writer, std::string_view name, const std::vector<std::string>& texts) {
  writer.key(name);
  model::write_json(writer, texts);
}

void write_node(JsonWriter& writer, const promql::Node& node);

void write_child(JsonWriter& writer, std::string_view name, const promql::Node* node) {
  writer.key(name);
  node == nullptr ? writer.null() : write_node(writer, *node);
}

// offset in ms, the pinned time in ms, and start() or end().
void write_modifiers(JsonWriter& writer, const promql::Modifiers& modifiers) {
  writer.key("offset");
  writer.integer(modifiers.offset.ms);
  writer.key("timestamp");
  modifiers.pin == promql::Pin::kTime ? writer.integer(modifiers.at.ms) : writer.null();
  writer.key("startOrEnd");
  if (modifiers.pin == promql::Pin::kStart) {
    writer.string("start");
  } else if (modifiers.pin == promql::Pin::kEnd) {
    writer.string("end");
  } else {
    writer.null();
  }
}

void write_selector(JsonWriter& writer, const promql::Selector& selector) {
  write_text(writer, "name", selector.name);
  writer.key("matchers");
  writer.begin_array();
  for (const series::Matcher& matcher : selector.matchers) {
    writer.begin_object();
    write_text(writer, "name", matcher.name());
    write_text(writer, "value", matcher.value());
    write_text(writer, "type", match_text(matcher.op()));
    writer.end_object();
  }
  writer.end_array();
  write_modifiers(writer, selector.modifiers);
}

void write_function(JsonWriter& writer, const promql::Function& function) {
  writer.key("func");
  writer.begin_object();
  write_text(writer, "name", function.name);
  writer.key("argTypes");
  writer.begin_array();
  for (std::size_t i = 0; i < function.parameters.count; ++i) {
    writer.string(type_text(function.parameters.types[i]));
  }
  writer.end_array();
  // 0 exact, 1 one may be left out, -1 any number.
  writer.key("variadic");
  writer.integer(function.parameters.arity == promql::Arity::kExact          ? 0
                 : function.parameters.arity == promql::Arity::kLastOptional ? 1
                                                                             : -1);
  write_text(writer, "returnType", type_text(function.result));
  writer.end_object();
}

// Writes the members of each kind of node, its type first.
struct NodeWriter {
  JsonWriter& writer;

  void operator()(const promql::Number& number) const {
    write_text(writer, "type", "numberLiteral");
    write_text(writer, "val", format_double(number.value));
  }
  void operator()(const promql::Text& text) const {
    write_text(writer, "type", "stringLiteral");
    write_text(writer, "val", text.value);
  }
  void operator()(const promql::Selector& selector) const {
    write_text(writer, "type", "vectorSelector");
    write_selector(writer, selector);
  }
  void operator()(const promql::RangeSelector& range) const {
    write_text(writer, "type", "matrixSelector");
    write_selector(writer, range.selector);
    writer.key("range");
    writer.integer(range.range.ms);
  }
  void operator()(const promql::Subquery& subquery) const {
    write_text(writer, "type", "subquery");
    write_child(writer, "expr", subquery.inner.get());
    writer.key("range");
    writer.integer(subquery.range.ms);
    writer.key("step");
    writer.integer(subquery.step.ms);
    write_modifiers(writer, subquery.modifiers);
  }
  void operator()(const promql::Call& call) const {
    write_text(writer, "type", "call");
    write_function(writer, *call.function);
    writer.key("args");
    writer.begin_array();
    for (const promql::NodePtr& argument : call.arguments) write_node(writer, *argument);
    writer.end_array();
  }
  void operator()(const promql::Aggregate& aggregate) const {
    write_text(writer, "type", "aggregation");
    write_text(writer, "op", name_of(aggregate.op));
    write_child(writer, "expr", aggregate.inner.get());
    write_child(writer, "param", aggregate.parameter.get());
    write_texts(writer, "grouping", aggregate.labels);
    writer.key("without");
    writer.boolean(aggregate.without);
  }
  void operator()(const promql::Binary& binary) const {
    write_text(writer, "type", "binaryExpr");
    write_text(writer, "op", name_of(binary.op));
    write_child(writer, "lhs", binary.left.get());
    write_child(writer, "rhs", binary.right.get());
    writer.key("matching");
    const bool vectors =
        binary.left->type == promql::Type::kVector && binary.right->type == promql::Type::kVector;
    if (vectors) {
      writer.begin_object();
      write_text(writer, "card", cardinality_text(binary.matching.cardinality));
      write_texts(writer, "labels", binary.matching.labels);
      writer.key("on");
      writer.boolean(binary.matching.on);
      write_texts(writer, "include", binary.matching.include);
      writer.end_object();
    } else {
      writer.null();
    }
    writer.key("bool");
    writer.boolean(binary.returns_bool);
  }
  void operator()(const promql::Unary& unary) const {
    write_text(writer, "type", "unaryExpr");
    write_text(writer, "op", unary.negative ? "-" : "+");
    write_child(writer, "expr", unary.inner.get());
  }
  void operator()(const promql::Paren& paren) const {
    write_text(writer, "type", "parenExpr");
    write_child(writer, "expr", paren.inner.get());
  }
};

void write_node(JsonWriter& writer, const promql::Node& node) {
  writer.begin_object();
  std::visit(NodeWriter{writer}, node.kind);
  writer.end_object();
}

}  // namespace

std::string to_json_tree(const promql::Node& node) {
  std::string out;
  JsonWriter writer(out);
  write_node(writer, node);
  return out;
}

}  // namespace daytwo::api
