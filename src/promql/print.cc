#include "promql/print.h"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/text.h"
#include "base/time.h"
#include "promql/ast.h"
#include "promql/functions.h"
#include "series/matcher.h"

namespace daytwo::promql {
namespace {

constexpr std::size_t kMaxLine = 100;

bool is_plain_name(std::string_view name, bool colon) {
  if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (!letter && !(c >= '0' && c <= '9') && !(colon && c == ':')) return false;
  }
  return true;
}

// Words that cannot start a selector as they are, since they mean something else there.
bool is_reserved(std::string_view name) {
  const std::string lower = to_lower(name);
  for (const std::string_view word :
       {"bool", "on", "ignoring", "group_left", "group_right", "inf", "nan"}) {
    if (lower == word) return true;
  }
  return false;
}

std::string label_name(const std::string& name) {
  return is_plain_name(name, false) ? name : go_quoted(name);
}

std::string label_list(const std::vector<std::string>& names) {
  std::string out = "(";
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += ", ";
    out += label_name(names[i]);
  }
  return out + ')';
}

std::string modifiers_text(const Modifiers& modifiers) {
  std::string out;
  if (modifiers.pin == Pin::kStart) out += " @ start()";
  if (modifiers.pin == Pin::kEnd) out += " @ end()";
  if (modifiers.pin == Pin::kTime) {
    const std::int64_t ms = modifiers.at.ms;
    const std::int64_t size = ms < 0 ? -ms : ms;
    out += fmt::format(" @ {}{}.{:03}", ms < 0 ? "-" : "", size / 1000, size % 1000);
  }
  if (modifiers.offset.ms != 0) out += " offset " + to_string(modifiers.offset);
  return out;
}

std::string selector_text(const Selector& selector) {
  const bool outside = is_plain_name(selector.name, true) && !is_reserved(selector.name);
  std::string inner;
  bool name_seen = false;
  const auto add = [&inner](const std::string& part) {
    if (!inner.empty()) inner += ',';
    inner += part;
  };
  if (!selector.name.empty() && !outside) add(go_quoted(selector.name));
  for (const series::Matcher& matcher : selector.matchers) {
    const bool is_name = matcher.name() == "__name__" && matcher.op() == series::MatchOp::kEqual &&
                         matcher.value() == selector.name && !selector.name.empty();
    if (is_name && !name_seen) {
      name_seen = true;
      continue;
    }
    constexpr std::string_view kOps[] = {"=", "!=", "=~", "!~"};
    add(label_name(matcher.name()) + std::string(kOps[static_cast<std::size_t>(matcher.op())]) +
        go_quoted(matcher.value()));
  }
  std::string out = outside ? selector.name : "";
  if (!inner.empty() || out.empty()) out += '{' + inner + '}';
  return out;
}

std::string aggregate_head(const Aggregate& aggregate) {
  std::string out(name_of(aggregate.op));
  if (aggregate.without) {
    out += " without " + label_list(aggregate.labels) + ' ';
  } else if (!aggregate.labels.empty()) {
    out += " by " + label_list(aggregate.labels) + ' ';
  }
  return out;
}

std::string operator_text(const Binary& binary) {
  std::string out(name_of(binary.op));
  if (binary.returns_bool) out += " bool";
  const Matching& matching = binary.matching;
  const bool grouped = matching.cardinality == Cardinality::kManyToOne ||
                       matching.cardinality == Cardinality::kOneToMany;
  if (matching.on || grouped || !matching.labels.empty()) {
    out += (matching.on ? " on " : " ignoring ") + label_list(matching.labels);
  }
  if (grouped) {
    out += matching.cardinality == Cardinality::kManyToOne ? " group_left " : " group_right ";
    out += label_list(matching.include);
  }
  return out;
}

std::string subquery_tail(const Subquery& subquery) {
  return fmt::format("[{}:{}]{}", to_string(subquery.range),
                     subquery.step.ms == 0 ? "" : to_string(subquery.step),
                     modifiers_text(subquery.modifiers));
}

// Prints on one line, or, when `wide` asks, breaks what is longer than kMaxLine.
class Printer {
 public:
  explicit Printer(bool breaks) : breaks_(breaks) {}

  std::string text(const Node& node, int level) {
    if (breaks_) {
      std::string line = Printer(false).text(node, 0);
      if (line.size() <= kMaxLine) return indent(level) + line;
    }
    return std::visit([&](const auto& kind) { return on(kind, level); }, node.kind);
  }

 private:
  std::string on(const Number& number, int level) {
    // "+Inf" would read as a sign before "Inf ^ 2" and so come back as another tree.
    const std::string text = go_number(number.value);
    return indent(level) + (text == "+Inf" ? "Inf" : text);
  }
  std::string on(const Text& string, int level) { return indent(level) + go_quoted(string.value); }
  std::string on(const Selector& selector, int level) {
    return indent(level) + selector_text(selector) + modifiers_text(selector.modifiers);
  }
  std::string on(const RangeSelector& range, int level) {
    return fmt::format("{}{}[{}]{}", indent(level), selector_text(range.selector),
                       to_string(range.range), modifiers_text(range.selector.modifiers));
  }
  std::string on(const Subquery& subquery, int level) {
    return text(*subquery.inner, level) + subquery_tail(subquery);
  }
  std::string on(const Paren& paren, int level) {
    return bracketed("(", {paren.inner.get()}, level);
  }
  std::string on(const Unary& unary, int level) {
    const std::string inner = text(*unary.inner, level);
    return indent(level) + (unary.negative ? "-" : "+") + inner.substr(indent(level).size());
  }
  std::string on(const Call& call, int level) {
    std::vector<const Node*> parts;
    for (const NodePtr& argument : call.arguments) parts.push_back(argument.get());
    return bracketed(std::string(call.function->name) + '(', parts, level);
  }
  std::string on(const Aggregate& aggregate, int level) {
    std::vector<const Node*> parts;
    if (aggregate.parameter != nullptr) parts.push_back(aggregate.parameter.get());
    parts.push_back(aggregate.inner.get());
    return bracketed(aggregate_head(aggregate) + '(', parts, level);
  }
  std::string on(const Binary& binary, int level) {
    if (!breaks_) {
      return text(*binary.left, 0) + ' ' + operator_text(binary) + ' ' + text(*binary.right, 0);
    }
    return fmt::format("{}\n{}{}\n{}", text(*binary.left, level + 1), indent(level),
                       operator_text(binary), text(*binary.right, level + 1));
  }

  // head part, part ) on one line, or each part on its own.
  std::string bracketed(const std::string& head, const std::vector<const Node*>& parts, int level) {
    std::string out = indent(level) + head;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i > 0) out += breaks_ ? "," : ", ";
      if (breaks_) out += '\n';
      out += text(*parts[i], level + 1);
    }
    if (breaks_) out += '\n' + indent(level);
    return out + ')';
  }

  [[nodiscard]] std::string indent(int level) const {
    return breaks_ ? std::string(static_cast<std::size_t>(level) * 2, ' ') : std::string();
  }

  bool breaks_;
};

}  // namespace

std::string print(const Node& node) { return Printer(false).text(node, 0); }

std::string format(const Node& node) { return Printer(true).text(node, 0); }

}  // namespace daytwo::promql
