// Reading objectives: what counts, the target, the window and the rules that alert.
#include "model/objective_yaml.h"

#include <fmt/core.h>

#include <string>
#include <utility>

#include "base/diagnostic.h"
#include "base/id.h"
#include "base/time.h"
#include "model/objective.h"
#include "model/yaml.h"

namespace daytwo::model {

namespace {

void read_rules(YamlMap& map, Objective& objective, Diagnostics& problems) {
  for (const YamlNode& node : map.list("windows")) {
    YamlMap inner(node, problems);
    BurnRule rule;
    rule.severity = inner.required_text("severity");
    rule.short_window = inner.duration("short").value_or(minutes(5));
    rule.long_window = inner.duration("long").value_or(hours(1));
    const auto factor = inner.number("factor");
    const auto fraction = inner.number("fraction");
    inner.finish();
    if (rule.severity != "page" && rule.severity != "ticket") {
      problems.push_back(node.problem("a rule's severity is page or ticket"));
    }
    if (rule.short_window.ms <= 0 || rule.long_window <= rule.short_window) {
      problems.push_back(node.problem("the short window must be above 0 and below the long one"));
      continue;
    }
    if (factor.has_value() == fraction.has_value()) {
      problems.push_back(node.problem("give one of factor and fraction"));
      continue;
    }
    rule.factor =
        factor ? *factor : *fraction * objective.window.hours() / rule.long_window.hours();
    const double allowed = 1 - static_cast<double>(objective.target_ppb) / kBillion;
    if (rule.factor * allowed >= 1) {
      problems.push_back(node.problem(
          fmt::format("this rule cannot fire: {:.4g} budgets are more than every event",
                      rule.factor),
          fmt::format("a factor below {:.4g}", 1 / allowed)));
    }
    objective.rules.push_back(std::move(rule));
  }
}

// Exactly one way of counting must be given.
void read_what_counts(YamlMap& map, Objective& objective, const YamlNode& node,
                      Diagnostics& problems) {
  objective.good = map.text("good").value_or("");
  objective.bad = map.text("bad").value_or("");
  objective.total = map.text("total").value_or("");
  objective.probe = map.text("probe").value_or("");
  objective.flow = map.text("flow").value_or("");
  const bool ratio = !objective.total.empty() && (objective.good.empty() != objective.bad.empty());
  const bool any_ratio =
      !objective.total.empty() || !objective.good.empty() || !objective.bad.empty();
  const bool probe = !objective.probe.empty();
  const bool flow = !objective.flow.empty();
  if ((any_ratio && !ratio) || int{ratio} + int{probe} + int{flow} != 1) {
    problems.push_back(node.problem("an objective counts in exactly one way",
                                    "total with good or bad; probe; or flow"));
  }
  objective.kind = probe  ? ObjectiveKind::kProbe
                   : flow ? ObjectiveKind::kFlow
                          : ObjectiveKind::kRatio;
}

}  // namespace

Objective read_objective(const YamlNode& node, const ServiceId& service, Diagnostics& problems) {
  YamlMap inner(node, problems);
  Objective objective;
  objective.name = inner.required_text("name");
  objective.service = service;
  read_what_counts(inner, objective, node, problems);
  if (const auto target = inner.node("target")) {
    const auto ppb = parse_target(target->text());
    if (ppb) {
      objective.target_ppb = *ppb;
    } else {
      problems.push_back(target->problem(ppb.error().text, "a percentage such as 99.9"));
    }
  } else {
    problems.push_back(node.problem("an objective needs a target", "target: 99.9"));
  }
  objective.window = inner.duration("window").value_or(days(30));
  if (objective.window < hours(1) || objective.window > days(366)) {
    problems.push_back(node.problem("a window lies between 1h and 366d"));
    objective.window = days(30);
  }
  objective.false_pages = inner.number("false_pages").value_or(objective.false_pages);
  read_rules(inner, objective, problems);
  inner.finish();
  return objective;
}

}  // namespace daytwo::model
