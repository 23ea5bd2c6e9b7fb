// Sloth: prometheus/v1, its Kubernetes form, and AlertWindows.
#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "model/spec/parts.h"

namespace daytwo::model {
namespace {

// [A-Za-z0-9][-A-Za-z0-9_.]*[A-Za-z0-9]
bool is_sloth_name(std::string_view text) {
  const auto word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  if (text.empty() || !word(text.front()) || !word(text.back())) return false;
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return word(c) || c == '-' || c == '_' || c == '.'; });
}

// Reads the body of a document. Keys have underscores in files and camels in Kubernetes.
class Body {
 public:
  Body(bool camels, std::string version, Specs& out, Diagnostics& problems)
      : camels_(camels), version_(std::move(version)), specs_(out), problems_(problems) {}

  // The keys of the service, from a map whose other keys were read already.
  void read(YamlMap& map) {
    const std::string service = map.required_text("service");
    name(map.whole(), service, "service");
    const SpecTexts labels = read_texts(map, "labels", problems_);
    plugins(map, key("slo_plugins", "sloPlugins"));
    const auto list = map.list("slos");
    if (list.empty()) problems_.push_back(map.whole().problem("there are no slos"));
    std::set<std::string> names;
    for (const YamlNode& node : list) {
      SpecObjective out = objective(node);
      out.service = service;
      out.service_labels = labels;
      if (!names.insert(out.name).second) {
        problems_.push_back(node.problem(fmt::format("'{}' is there twice", out.name)));
      }
      specs_.objectives.push_back(std::move(out));
    }
  }

 private:
  [[nodiscard]] std::string_view key(std::string_view file, std::string_view kubernetes) const {
    return camels_ ? kubernetes : file;
  }

  void name(const YamlNode& node, const std::string& text, std::string_view what) {
    if (text.empty() || is_sloth_name(text)) return;
    problems_.push_back(node.problem(fmt::format("'{}' is no {} name", text, what),
                                     "letters and digits, with '-', '_' and '.' between them"));
  }

  void plugins(YamlMap& map, std::string_view key_name) {
    const auto node = map.node(key_name);
    if (!node) return;
    specs_.notes.push_back(node->problem(
        fmt::format("{} are left out: they are programs that run inside Sloth", key_name)));
  }

  SpecObjective objective(const YamlNode& node) {
    YamlMap map(node, problems_);
    SpecObjective out;
    out.at = node;
    out.version = version_;
    out.name = map.required_text("name");
    name(node, out.name, "SLO");
    out.description = map.text("description").value_or("");
    if (const auto target = map.node("objective")) {
      read_percent(*target, false, out, problems_);
    } else {
      problems_.push_back(node.problem("objective is missing", "objective: 99.9"));
    }
    out.labels = read_texts(map, "labels", problems_);
    plugins(map, "plugins");
    if (const auto sli = map.node("sli")) {
      read_sli(*sli, out);
    } else {
      problems_.push_back(node.problem("sli is missing", "sli: {events: ..} or {raw: ..}"));
    }
    const auto alerting = map.node("alerting");
    read_alerting(alerting.value_or(node), alerting.has_value(), out);
    map.finish();
    return out;
  }

  SpecQuery query(YamlMap& map, std::string_view key_name) {
    SpecQuery out = read_query(map, key_name);
    if (out.empty()) {
      problems_.push_back(map.whole().problem(fmt::format("{} is missing", key_name)));
    } else if (!has_window(out.text)) {
      problems_.push_back(
          out.problem("the query does not hold the window", "rate(..[{{.window}}])"));
    }
    return out;
  }

  void read_sli(const YamlNode& node, SpecObjective& out) {
    YamlMap map(node, problems_);
    const auto events = map.node("events");
    const auto raw = map.node("raw");
    const auto plugin = map.node("plugin");
    map.finish();
    const auto one = events ? events : raw ? raw : plugin;
    if (!one || int{events.has_value()} + int{raw.has_value()} + int{plugin.has_value()} != 1) {
      problems_.push_back(node.problem("an sli counts in one way", "events, raw or plugin"));
      return;
    }
    YamlMap inner(*one, problems_);
    if (events) {
      out.bad = query(inner, key("error_query", "errorQuery"));
      out.total = query(inner, key("total_query", "totalQuery"));
      if (!out.bad.empty() && out.bad.text == out.total.text) {
        problems_.push_back(out.bad.problem("the error query is the total query"));
      }
    } else if (raw) {
      out.signal = SpecSignal::kErrorRatio;
      out.ratio = query(inner, key("error_ratio_query", "errorRatioQuery"));
    } else {
      out.signal = SpecSignal::kPlugin;
      out.source = inner.required_text("id");
      static_cast<void>(read_texts(inner, "options", problems_));
    }
    inner.finish();
  }

  SpecAlert alert(YamlMap& map, std::string_view key_name) {
    SpecAlert out;
    const auto node = map.node(key_name);
    if (!node) return out;
    YamlMap inner(*node, problems_);
    out.on = !inner.boolean("disable").value_or(false);
    out.labels = read_texts(inner, "labels", problems_);
    out.annotations = read_texts(inner, "annotations", problems_);
    inner.finish();
    return out;
  }

  void read_alerting(const YamlNode& node, bool there, SpecObjective& out) {
    if (there) {
      YamlMap map(node, problems_);
      out.alerting.name = map.text("name").value_or("");
      out.alerting.labels = read_texts(map, "labels", problems_);
      out.alerting.annotations = read_texts(map, "annotations", problems_);
      out.alerting.page = alert(map, key("page_alert", "pageAlert"));
      out.alerting.ticket = alert(map, key("ticket_alert", "ticketAlert"));
      map.finish();
    }
    const bool alerts = out.alerting.page.on || out.alerting.ticket.on;
    if (alerts && out.alerting.name.empty()) {
      problems_.push_back(node.problem("the alert has no name",
                                       "alerting: {name: HighErrorRate}, or disable both alerts"));
    }
  }

  bool camels_;
  std::string version_;
  Specs& specs_;
  Diagnostics& problems_;
};

SpecWindow read_window(const YamlNode& node, Diagnostics& problems) {
  YamlMap map(node, problems);
  SpecWindow out;
  out.percent = map.number("errorBudgetPercent").value_or(0);
  out.short_window = map.duration("shortWindow").value_or(Duration{});
  out.long_window = map.duration("longWindow").value_or(Duration{});
  map.finish();
  if (out.percent <= 0 || out.percent > 100 || out.short_window.ms <= 0 ||
      out.long_window <= out.short_window) {
    problems.push_back(node.problem("no alert window",
                                    "{errorBudgetPercent: 2, shortWindow: 5m, longWindow: 1h}"));
  }
  return out;
}

void read_pair(YamlMap& map, std::string_view key, SpecWindow& quick, SpecWindow& slow,
               Diagnostics& problems) {
  const auto node = map.node(key);
  if (!node) {
    problems.push_back(map.whole().problem(fmt::format("'{}' is missing", key)));
    return;
  }
  YamlMap pair(*node, problems);
  for (const auto& [name, window] : {std::pair("quick", &quick), std::pair("slow", &slow)}) {
    const auto inner = pair.node(name);
    if (inner) {
      *window = read_window(*inner, problems);
    } else {
      problems.push_back(node->problem(fmt::format("'{}' is missing", name)));
    }
  }
  pair.finish();
}

void read_alert_windows(YamlMap& map, Specs& out, Diagnostics& problems) {
  const auto spec = map.node("spec");
  if (!spec) {
    problems.push_back(map.whole().problem("'spec' is missing"));
    return;
  }
  YamlMap inner(*spec, problems);
  out.windows.period = inner.duration("sloPeriod").value_or(days(30));
  read_pair(inner, "page", out.windows.page_quick, out.windows.page_slow, problems);
  read_pair(inner, "ticket", out.windows.ticket_quick, out.windows.ticket_slow, problems);
  inner.finish();
}

}  // namespace

void read_sloth(const YamlNode& node, Specs& out, Diagnostics& problems) {
  YamlMap map(node, problems);
  const std::string version = map.text("version").value_or("");
  if (!version.empty()) {
    if (version != "prometheus/v1") {
      problems.push_back(
          node.problem(fmt::format("'{}' is no version of Sloth", version), "prometheus/v1"));
    }
    Body(false, version, out, problems).read(map);
    map.finish();
    return;
  }
  const std::string api = map.text("apiVersion").value_or("");
  const std::string kind = map.text("kind").value_or("");
  map.ignore("metadata");
  map.ignore("status");
  if (kind == "AlertWindows") {
    read_alert_windows(map, out, problems);
  } else if (kind != "PrometheusServiceLevel" || api != "sloth.slok.dev/v1") {
    problems.push_back(node.problem(fmt::format("'{}' of '{}' is not read", kind, api),
                                    "PrometheusServiceLevel of sloth.slok.dev/v1"));
    map.ignore("spec");
  } else if (const auto spec = map.node("spec")) {
    YamlMap inner(*spec, problems);
    Body(true, api, out, problems).read(inner);
    inner.finish();
  } else {
    problems.push_back(node.problem("'spec' is missing"));
  }
  map.finish();
}

}  // namespace daytwo::model
