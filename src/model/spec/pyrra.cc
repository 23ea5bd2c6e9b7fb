// Pyrra: pyrra.dev/v1alpha1 ServiceLevelObjective.
#include <fmt/core.h>

#include <string>
#include <string_view>
#include <utility>

#include "model/spec/parts.h"

namespace daytwo::model {
namespace {

// The counter under `key`: {metric: ..}.
SpecQuery metric(YamlMap& map, std::string_view key, Diagnostics& problems) {
  const auto node = map.node(key);
  if (!node) {
    problems.push_back(map.whole().problem(fmt::format("'{}' is missing", key),
                                           fmt::format("{}: {{metric: ..}}", key)));
    return {};
  }
  YamlMap inner(*node, problems);
  SpecQuery out = read_query(inner, "metric");
  if (out.empty()) problems.push_back(node->problem("'metric' is missing"));
  inner.finish();
  return out;
}

void read_indicator(const YamlNode& node, SpecObjective& out, Diagnostics& problems) {
  YamlMap map(node, problems);
  const auto ratio = map.node("ratio");
  const auto latency = map.node("latency");
  const auto native = map.node("latencyNative");
  const auto gauge = map.node("bool_gauge");
  map.finish();
  const auto one = ratio ? ratio : latency ? latency : native ? native : gauge;
  if (!one || int{ratio.has_value()} + int{latency.has_value()} + int{native.has_value()} +
                      int{gauge.has_value()} !=
                  1) {
    problems.push_back(node.problem("an indicator counts in one way",
                                    "ratio, latency, latencyNative or bool_gauge"));
    return;
  }
  YamlMap inner(*one, problems);
  out.by = inner.texts("grouping");
  if (ratio) {
    out.bad = metric(inner, "errors", problems);
    out.total = metric(inner, "total", problems);
  } else if (latency) {
    out.signal = SpecSignal::kLatency;
    out.good = metric(inner, "success", problems);
    out.total = metric(inner, "total", problems);
    if (!out.good.empty() && out.good.text.find("le=") == std::string::npos) {
      problems.push_back(out.good.problem("no bucket is chosen", "le=\"0.25\""));
    }
  } else if (native) {
    out.signal = SpecSignal::kNativeLatency;
    out.below = inner.duration("latency");
    if (!out.below) problems.push_back(one->problem("'latency' is missing", "latency: 250ms"));
    out.total = metric(inner, "total", problems);
  } else {
    out.signal = SpecSignal::kGauge;
    out.good = read_query(inner, "metric");
    if (out.good.empty()) problems.push_back(one->problem("'metric' is missing"));
  }
  inner.finish();
}

void read_alerting(const YamlNode& node, SpecObjective& out, Diagnostics& problems) {
  YamlMap map(node, problems);
  out.alerting.page.on = map.boolean("burnrates").value_or(true);
  map.ignore("disabled");
  out.alerting.ticket.on = out.alerting.page.on;
  out.alerting.absent = map.boolean("absent").value_or(true);
  if (const auto name = map.text("name")) out.alerting.name = *name;
  if (const auto name = map.text("absentName")) out.alerting.absent_name = *name;
  if (const auto severities = map.node("severities")) {
    YamlMap inner(*severities, problems);
    for (const char* key : {"fastBurn", "mediumBurn", "slowBurn", "longTermBurn", "absent"}) {
      if (const auto text = inner.text(key)) out.alerting.severities.emplace(key, *text);
    }
    inner.finish();
  }
  map.finish();
}

void read_spec(const YamlNode& node, SpecObjective& out, Specs& specs, Diagnostics& problems) {
  YamlMap map(node, problems);
  out.description = map.text("description").value_or("");
  if (const auto target = map.node("target")) {
    read_percent(*target, false, out, problems);
    if (out.percent == 100) problems.push_back(target->problem("100 leaves no budget"));
  } else {
    problems.push_back(node.problem("target is missing", "target: '99.5'"));
  }
  const auto window = map.duration("window");
  out.window = window.value_or(Duration{});
  if (out.window.ms <= 0) problems.push_back(node.problem("window is missing", "window: 4w"));
  if (const auto indicator = map.node("indicator")) {
    read_indicator(*indicator, out, problems);
  } else {
    problems.push_back(node.problem("indicator is missing", "indicator: {ratio: ..}"));
  }
  if (const auto alerting = map.node("alerting")) read_alerting(*alerting, out, problems);
  for (const char* key : {"performanceOverAccuracy", "ruleOutput"}) {
    if (const auto left = map.node(key)) {
      specs.notes.push_back(
          left->problem(fmt::format("{} is left out: it says how Pyrra writes its rules", key)));
    }
  }
  map.finish();
}

}  // namespace

void read_pyrra(const YamlNode& node, Specs& out, Diagnostics& problems) {
  YamlMap map(node, problems);
  SpecObjective objective;
  objective.at = node;
  objective.form = SpecForm::kPyrra;
  objective.version = map.text("apiVersion").value_or("");
  objective.counters = true;
  objective.alerting.name = "ErrorBudgetBurn";
  objective.alerting.absent_name = "SLOMetricAbsent";
  if (map.text("kind").value_or("") != "ServiceLevelObjective") {
    problems.push_back(node.problem("this kind of Pyrra is not read", "ServiceLevelObjective"));
  }
  const auto metadata = map.node("metadata");
  if (metadata) {
    objective.name = text_below(*metadata, "name");
    YamlMap inner(*metadata, problems);  // other keys are Kubernetes's
    objective.labels = read_texts(inner, "labels", problems);
    objective.annotations = read_texts(inner, "annotations", problems);
  }
  if (objective.name.empty()) {
    problems.push_back(node.problem("metadata.name is missing", "metadata: {name: checkout}"));
  }
  const auto label = objective.labels.find("pyrra.dev/service");
  objective.service = label == objective.labels.end() ? objective.name : label->second;
  map.ignore("status");
  if (const auto spec = map.node("spec")) {
    read_spec(*spec, objective, out, problems);
  } else {
    problems.push_back(node.problem("'spec' is missing"));
  }
  map.finish();
  out.objectives.push_back(std::move(objective));
}

}  // namespace daytwo::model
