#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "chance/distribution.h"
#include "model/quantity/evaluate.h"
#include "model/quantity/expression.h"
#include "model/quantity/functions.h"
#include "model/quantity/measure.h"
#include "model/quantity/value.h"

namespace daytwo::model::quantity {
namespace {

// One word of `parameters`.
struct Parameter {
  std::string name;
  bool optional = false;
  bool variadic = false;
  bool list = false;
};

std::vector<Parameter> parameters_of(std::string_view text) {
  std::vector<Parameter> out;
  for (const std::string_view word : split(text, ' ')) {
    if (word.empty()) continue;
    Parameter each;
    std::string_view name = word;
    const auto ends = [&](std::string_view mark) {
      if (!name.ends_with(mark)) return false;
      name.remove_suffix(mark.size());
      return true;
    };
    each.optional = ends("?");
    each.variadic = ends("...");
    each.list = ends("[]");
    each.name = name;
    out.push_back(std::move(each));
  }
  return out;
}

std::string usage(const Function& function) {
  std::string out = std::string(function.name) + "(";
  bool first = true;
  for (const Parameter& each : parameters_of(function.parameters)) {
    const std::string name = each.list ? each.name + "[]" : each.name;
    const std::string word = (first ? "" : ", ") + name + (each.variadic ? ", ..." : "");
    out += each.optional ? "[" + word + "]" : word;
    first = false;
  }
  return out + ")";
}

}  // namespace

Result<void> Call::bind() {
  const std::vector<Parameter> parameters = parameters_of(function_.parameters);
  const Node& node = workshop_.program.nodes[node_];
  arguments_.assign(parameters.size(), std::nullopt);
  const bool variadic = !parameters.empty() && parameters.front().variadic;
  std::size_t place = 0;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const std::string& label = node.labels[i];
    if (label.empty() && variadic) {
      rest_.push_back(node.children[i]);
      continue;
    }
    std::size_t at = place;
    const bool listed = workshop_.values[node.children[i]].is_list;
    if (label.empty() && place < parameters.size() && parameters[place].list && !listed) {
      gather(place, node.children[i]);
      continue;
    }
    if (!label.empty()) {
      std::vector<std::string> known;
      for (const Parameter& each : parameters) known.push_back(each.name);
      at = static_cast<std::size_t>(std::find(known.begin(), known.end(), label) - known.begin());
      if (at == known.size() || parameters[at].variadic) {
        Error error = problem_under(node.children[i],
                                    std::string(function_.name) + " takes no '" + label + "'",
                                    usage(function_));
        error.diagnostics.front().suggestion = nearest_word(label, known);
        return fail(std::move(error));
      }
    } else {
      ++place;
    }
    if (at >= parameters.size()) {
      return fail(problem_under(node.children[i], "one argument too many", usage(function_)));
    }
    if (arguments_[at]) {
      return fail(problem_under(node.children[i], "'" + parameters[at].name + "' is given twice",
                                usage(function_)));
    }
    arguments_[at] = node.children[i];
  }
  if (variadic && rest_.empty()) return fail(problem("nothing to work on", usage(function_)));
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (arguments_[i] || parameters[i].optional || parameters[i].variadic) continue;
    return fail(problem(std::string(function_.name) + " needs '" + parameters[i].name + "'",
                        usage(function_)));
  }
  return {};
}

const Value& Call::value_of_node(std::size_t node) const { return workshop_.values[node]; }

std::size_t Call::place_of(std::size_t at) const {
  const auto& given = arguments_[at];
  CHECK(given.has_value(), "an argument that was given");
  return *given;
}

const Node& Call::node_of(std::size_t at) const { return workshop_.program.nodes[place_of(at)]; }

const Value& Call::value(std::size_t at) const {
  return gathered_ == at ? gathered_list_ : workshop_.values[place_of(at)];
}

void Call::gather(std::size_t at, std::size_t node) {
  if (!gathered_) {
    gathered_ = at;
    arguments_[at] = node;
    gathered_list_.is_list = true;
  }
  gathered_list_.items.push_back(workshop_.values[node]);
  gathered_nodes_.push_back(node);
}

Result<double> Call::number(std::size_t at) const {
  const Value& given = value(at);
  if (given.number) return *given.number;
  return fail(problem_at(at, given.is_list ? "a list" : "an uncertain quantity",
                         "a number here: mean(...) or quantile(..., 50%) makes one"));
}

Result<double> Call::plain(std::size_t at) const {
  TRY(const double out, number(at));
  if (value(at).unit.plain()) return out;
  return fail(problem_at(at, value(at).unit.words(), "a plain number"));
}

Result<double> Call::plain_or(std::size_t at, double fallback) const {
  if (!has(at)) return fallback;
  return plain(at);
}

Result<double> Call::probability(std::size_t at, bool open) const {
  TRY(const double out, plain(at));
  if (open ? out > 0 && out < 1 : out >= 0 && out <= 1) return out;
  if (out > 1 && out <= 100) {
    return fail(
        problem_at(at, "a probability above 1",
                   "a probability: " + format_double(out) + "% or " + format_double(out / 100)));
  }
  return fail(
      problem_at(at, out < 0 ? "a probability below 0" : "a probability of " + format_double(out),
                 open ? "a probability between 0 and 1" : "a probability from 0 to 1"));
}

std::size_t Call::item_node(std::size_t at, std::size_t i) const {
  if (gathered_ == at) return gathered_nodes_[i];
  const Node& node = node_of(at);
  return node.kind == NodeKind::kList ? node.children[i] : *arguments_[at];
}

Result<std::vector<double>> Call::same_units(std::span<const Placed> given, Unit& unit) const {
  const auto bare = [](const Value& value) { return value.unit.plain() && !value.unit.is_share(); };
  const auto leader = std::find_if(given.begin(), given.end(),
                                   [&](const Placed& each) { return !bare(*each.value); });
  if (leader != given.end()) unit = leader->value->unit;
  std::vector<double> out;
  for (const auto& [value, node] : given) {
    if (!value->number) {
      return fail(problem_under(node, value->is_list ? "a list" : "an uncertain quantity",
                                "a number here: mean(...) or quantile(..., 50%) makes one"));
    }
    if (leader != given.end() && bare(*value)) {
      out.push_back(*value->number * unit.factor());
    } else if (leader != given.end() && !value->unit.same(unit)) {
      return fail(problem_under(node, no_sum(unit, value->unit).value_or("another unit"),
                                "all of them in one unit"));
    } else {
      out.push_back(*value->number);
    }
  }
  return out;
}

Result<std::vector<double>> Call::alike(std::span<const std::size_t> parameters, Unit& unit) const {
  std::vector<Placed> given;
  for (const std::size_t at : parameters) given.push_back({&value(at), place_of(at)});
  return same_units(given, unit);
}

Result<std::vector<double>> Call::list(std::size_t at, Unit& unit) const {
  const Value& list = value(at);
  if (!list.is_list || list.items.empty()) {
    return fail(problem_at(at, "no list", "a list such as [120k, 300k, 90k]"));
  }
  std::vector<Placed> given;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    given.push_back({&list.items[i], item_node(at, i)});
  }
  return same_units(given, unit);
}

Result<Value> Call::variable(Result<chance::Distribution> law, Unit unit) const {
  if (!law) return fail(problem(law.error().text));
  Understood echo;
  echo.text = workshop_.program.to_string(node_);
  echo.law = law->to_string();
  const auto [shown, factor] = figure_unit(unit);
  echo.unit = shown;
  const double mean = law->mean();
  if (std::isfinite(mean)) echo.mean = mean / factor;
  echo.median = law->quantile(.5) / factor;
  echo.p99 = law->quantile(.99) / factor;
  if (!std::isfinite(echo.median) || !std::isfinite(echo.p99)) {
    return fail(problem("a distribution too wide to mean anything"));
  }
  workshop_.understood.push_back(std::move(echo));
  return law_value(workshop_.plan, *std::move(law), std::move(unit), node_);
}

Value Call::figure(const Figure& figure, Unit unit) const {
  Value out = number_value(workshop_.plan, figure.value, std::move(unit));
  out.error = figure.error;
  out.sampled = figure.sampled;
  return out;
}

Error Call::problem_under(std::size_t node, std::string text, std::string expected) const {
  return make_error({workshop_.program.problem(node, std::move(text), std::move(expected))});
}

Error Call::problem_at(std::size_t at, std::string text, std::string expected) const {
  return problem_under(place_of(at), std::move(text), std::move(expected));
}

Error Call::problem(std::string text, std::string expected) const {
  return problem_under(node_, std::move(text), std::move(expected));
}

std::span<const FunctionGroup> function_groups() {
  static const std::array<FunctionGroup, 7> kGroups = {
      {{"Distributions", distribution_functions()},
       {"Shape", shape_functions()},
       {"Measures", measure_functions()},
       {"Losses", loss_functions()},
       {"Learning and experts", learning_functions()},
       {"The worth of knowing", knowing_functions()},
       {"Spending", spending_functions()}}};
  return kGroups;
}

const Function* find_function(std::string_view name) {
  for (const FunctionGroup& group : function_groups()) {
    for (const Function& function : group.functions) {
      if (function.name == name) return &function;
    }
  }
  return nullptr;
}

const std::vector<std::string>& function_names() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> out;
    for (const FunctionGroup& group : function_groups()) {
      for (const Function& function : group.functions) out.emplace_back(function.name);
    }
    return out;
  }();
  return kNames;
}

}  // namespace daytwo::model::quantity
