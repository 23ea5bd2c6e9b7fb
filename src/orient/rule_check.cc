#include "orient/rule_check.h"

#include <fmt/core.h>

#include <string>
#include <utility>

#include "promql/parse.h"

namespace daytwo::orient {
namespace {

// Why the rule's query is none; empty when it is one.
std::string problem_of(const model::Rule& rule) {
  const auto query = promql::parse(rule.query);
  if (!query) return query.error().text;
  const promql::Type type = query->root->type;
  if (type == promql::Type::kVector || type == promql::Type::kScalar) return {};
  return fmt::format("a rule cannot hold a {}", promql::name_of(type));
}

}  // namespace

Diagnostics check_rules(std::span<const model::RuleGroup> groups) {
  Diagnostics out;
  for (const model::RuleGroup& group : groups) {
    for (const model::Rule& rule : group.rules) {
      const std::string problem = problem_of(rule);
      if (problem.empty()) continue;
      std::string text = fmt::format("{}: {}", rule.name(), problem);
      Diagnostic found;
      if (rule.query_at) {
        found = rule.query_at->problem(std::move(text));
      } else {
        found.text = std::move(text);
      }
      out.push_back(std::move(found));
    }
  }
  return out;
}

}  // namespace daytwo::orient
