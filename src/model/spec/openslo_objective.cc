// SLO, SLI, AlertPolicy and AlertCondition of OpenSLO.
#include "model/spec/openslo_objective.h"

#include <fmt/core.h>

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/text.h"
#include "model/spec/parts.h"

namespace daytwo::model {
namespace {

// "30d", "1M": a whole number and one of m h d w M Q Y. M, Q and Y, which only a calendar can say,
// count as 30, 90 and 365 days.
std::optional<Duration> parse_span(std::string_view text) {
  std::int64_t count = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (code != std::errc{} || end + 1 != text.data() + text.size() || count < 1 || count > 100'000) {
    return std::nullopt;
  }
  switch (*end) {
    case 'm':
      return minutes(count);
    case 'h':
      return hours(count);
    case 'd':
      return days(count);
    case 'w':
      return days(7 * count);
    case 'M':
      return days(30 * count);
    case 'Q':
      return days(90 * count);
    case 'Y':
      return days(365 * count);
    default:
      return std::nullopt;
  }
}

bool is_calendar_span(std::string_view text) {
  return text.ends_with('M') || text.ends_with('Q') || text.ends_with('Y');
}

}  // namespace

void OpenSloReader::problem(const YamlNode& at, std::string text, std::string expected) {
  problems_.push_back(at.problem(std::move(text), std::move(expected)));
}

std::optional<YamlNode> OpenSloReader::spec_of(std::string_view kind, const YamlNode& name) {
  const auto kinds = refer_.by_kind.find(std::string(kind));
  std::vector<std::string> names;
  if (kinds != refer_.by_kind.end()) {
    const auto found = kinds->second.find(name.text());
    if (found != kinds->second.end()) return child_of(found->second, "spec");
    for (const auto& [each, node] : kinds->second) names.push_back(each);
  }
  problems_.push_back(
      name.problem(fmt::format("there is no {} called '{}' in these files", kind, name.text()), {},
                   nearest_word(name.text(), names)));
  return std::nullopt;
}

std::optional<YamlNode> OpenSloReader::own_or_named(const YamlNode& whole, YamlMap& map,
                                                    std::string_view inline_key,
                                                    std::string_view reference_key,
                                                    std::string_view kind, bool required) {
  const auto own = map.node(inline_key);
  const auto named = map.node(reference_key);
  if (own && named) {
    problem(*named, fmt::format("'{}' and '{}' exclude each other", inline_key, reference_key));
    return std::nullopt;
  }
  if (named) return spec_of(kind, *named);
  if (!own) {
    if (required) problem(whole, fmt::format("one of {} and {}", inline_key, reference_key));
    return std::nullopt;
  }
  YamlMap inner(*own, problems_);
  inner.ignore("metadata");
  inner.ignore("apiVersion");
  inner.ignore("kind");
  auto spec = inner.node("spec");
  if (!spec) problem(*own, "'spec' is missing");
  inner.finish();
  return spec;
}

SpecQuery OpenSloReader::source(const YamlNode& node, SpecObjective& out) {
  YamlMap map(node, problems_);
  std::string type = map.text("type").value_or("");
  const auto named = map.node("metricSourceRef");
  const auto data_source = map.node("dataSourceRef");
  if (const auto own = map.node("dataSourceSpec")) {
    if (data_source) problem(*own, "dataSourceRef and dataSourceSpec exclude each other");
    type = text_below(*own, "type");
  }
  const auto spec = map.node("spec");
  map.finish();
  for (const auto& reference : {named, data_source}) {
    if (!reference || !type.empty()) continue;
    // A source with its own type needs no DataSource beside it; another cannot do without.
    if (const auto found = spec_of("DataSource", *reference)) type = text_below(*found, "type");
  }
  if (to_lower(type) != "prometheus") {
    out.signal = SpecSignal::kElsewhere;
    out.source = type;
    return {};
  }
  if (!spec) {
    problem(node, "'spec' is missing", "spec: {query: ..}");
    return {};
  }
  YamlMap inner(*spec, problems_);
  SpecQuery query = read_query(inner, "query");
  if (query.empty()) problem(*spec, "'query' is missing");
  return query;
}

SpecQuery OpenSloReader::metric(YamlMap& map, std::string_view key, SpecObjective& out) {
  const auto node = map.node(key);
  if (!node) return {};
  if (version_ == "openslo.com/v2alpha") {
    // The source stands directly below, or, as in v1, under metricSource.
    if (!child_of(*node, "metricSource")) return source(*node, out);
  }
  YamlMap inner(*node, problems_);
  const auto below = inner.node("metricSource");
  inner.finish();
  if (!below) {
    problem(*node, "'metricSource' is missing");
    return {};
  }
  return source(*below, out);
}

void OpenSloReader::indicator(const YamlNode& spec, SpecObjective& out) {
  YamlMap map(spec, problems_);
  static_cast<void>(map.text("description"));
  const auto ratio_metric = map.node("ratioMetric");
  const auto threshold = map.node("thresholdMetric");
  if (ratio_metric.has_value() == threshold.has_value()) {
    problem(spec, "an indicator counts in one way", "one of ratioMetric and thresholdMetric");
  } else if (ratio_metric) {
    ratio(*ratio_metric, out);
  } else {
    out.signal = SpecSignal::kThreshold;
    out.ratio = metric(map, "thresholdMetric", out);
  }
  map.finish();
}

void OpenSloReader::ratio(const YamlNode& node, SpecObjective& out) {
  YamlMap map(node, problems_);
  out.counters = map.boolean("counter").value_or(false);
  const auto type = map.text("rawType");
  const bool raw = map.node("raw").has_value();
  const bool good = map.node("good").has_value();
  const bool bad = map.node("bad").has_value();
  const bool total = map.node("total").has_value();
  if (raw ? good || bad || total : good == bad || !total) {
    problem(node, "a ratio is raw, or total with one of good and bad");
  }
  if (raw) {
    out.signal = type == "failure" ? SpecSignal::kErrorRatio : SpecSignal::kSuccessRatio;
    if (type != "failure" && type != "success") {
      problem(node, "a raw ratio says what it is a share of", "rawType: success or failure");
    }
    out.ratio = metric(map, "raw", out);
  }
  out.good = metric(map, "good", out);
  out.bad = metric(map, "bad", out);
  out.total = metric(map, "total", out);
  map.finish();
}

void OpenSloReader::ratio_of_v1alpha(const YamlNode& node, SpecObjective& out) {
  YamlMap map(node, problems_);
  static_cast<void>(map.boolean("incremental"));
  const auto read = [&](std::string_view key) -> SpecQuery {
    const auto below = map.node(key);
    if (!below) return {};
    YamlMap inner(*below, problems_);
    const std::string source = inner.text("source").value_or("prometheus");
    static_cast<void>(inner.text("queryType"));
    SpecQuery query = read_query(inner, "query");
    inner.finish();
    if (query.empty()) problem(*below, "'query' is missing");
    if (to_lower(source) == "prometheus") return query;
    out.signal = SpecSignal::kElsewhere;
    out.source = source;
    return {};
  };
  out.good = read("good");
  out.bad = read("bad");
  out.total = read("total");
  map.finish();
  const bool known = out.signal == SpecSignal::kElsewhere;
  if (!known && (out.total.empty() || out.good.empty() == out.bad.empty())) {
    problem(node, "a ratio is total with one of good and bad");
  }
}

void OpenSloReader::calendar(const YamlNode& node, const std::string& duration,
                             SpecObjective& out) {
  YamlMap map(node, problems_);
  SpecCalendar read{duration, map.required_text("startTime"), map.required_text("timeZone")};
  map.finish();
  const auto instant = parse_rfc3339(
      read.start.size() == 19 ? read.start.substr(0, 10) + "T" + read.start.substr(11) + "Z" : "");
  if (!read.start.empty() && (!instant || read.start.at(10) != ' ')) {
    problem(node, fmt::format("'{}' is no time", read.start), "2026-01-01 00:00:00");
  }
  out.calendar = std::move(read);
}

void OpenSloReader::time_window(YamlMap& map, SpecObjective& out) {
  const auto list = map.list("timeWindow");
  if (list.size() != 1) {
    problem(map.whole(), "an SLO has exactly one timeWindow",
            "timeWindow: [{duration: 30d, isRolling: true}]");
    return;
  }
  YamlMap inner(list.front(), problems_);
  const std::string duration = inner.required_text("duration");
  const auto span = parse_span(duration);
  const bool rolling = inner.boolean("isRolling").value_or(false);
  const auto by_date = inner.node("calendar");
  inner.finish();
  if (!span || (version_ == "openslo.com/v2alpha" && is_calendar_span(duration) && rolling)) {
    problem(list.front(), fmt::format("'{}' is no duration", duration),
            "a whole number and m, h, d, w, M, Q or Y, such as 30d");
    return;
  }
  out.window = *span;
  if (rolling == by_date.has_value()) {
    problem(list.front(), "a window is rolling or has a calendar", "isRolling: true");
  }
  if (by_date) calendar(*by_date, duration, out);
}

void OpenSloReader::time_window_of_v1alpha(const YamlNode& node, SpecObjective& out) {
  YamlMap map(node, problems_);
  const std::int64_t count = map.integer("count").value_or(0);
  const std::string unit = map.required_text("unit");
  static_cast<void>(map.boolean("isRolling"));
  const auto by_date = map.node("calendar");
  map.finish();
  static const std::map<std::string, char> kUnits = {
      {"Minute", 'm'}, {"Hour", 'h'},    {"Day", 'd'}, {"Week", 'w'},
      {"Month", 'M'},  {"Quarter", 'Q'}, {"Year", 'Y'}};
  const auto found = kUnits.find(unit);
  const std::string text = fmt::format("{}{}", count, found == kUnits.end() ? '?' : found->second);
  const auto span = parse_span(text);
  if (!span) problem(node, "no time window", "{count: 30, unit: Day}");
  out.window = span.value_or(Duration{});
  if (by_date) calendar(*by_date, text, out);
}

std::optional<BurnRule> OpenSloReader::condition(const YamlNode& spec) {
  YamlMap map(spec, problems_);
  static_cast<void>(map.text("description"));
  const std::string severity = map.required_text("severity");
  const auto node = map.node("condition");
  map.finish();
  if (!node) {
    problem(spec, "'condition' is missing");
    return std::nullopt;
  }
  YamlMap inner(*node, problems_);
  const std::string kind = inner.text("kind").value_or("burnrate");
  const std::string op = inner.text("op").value_or("gte");
  const auto threshold = inner.number("threshold");
  const std::string lookback = inner.required_text("lookbackWindow");
  const auto long_window = parse_span(lookback);
  const std::string after = inner.text("alertAfter").value_or("0m");
  inner.finish();
  if (kind != "burnrate") problem(*node, fmt::format("'{}' is no condition", kind), "burnrate");
  if (!threshold) problem(*node, "'threshold' is missing");
  if (!long_window) problem(*node, fmt::format("'{}' is no duration", lookback));
  if (after != "0m" && !parse_span(after)) {
    problem(*node, fmt::format("'{}' is no duration", after));
  }
  if (op != "gt" && op != "gte" && op != "lt" && op != "lte") {
    problem(*node, fmt::format("'{}' is no operator", op), "gt, gte, lt or lte");
  }
  if (!threshold || !long_window) return std::nullopt;
  if (op == "lt" || op == "lte") {
    specs_.notes.push_back(node->problem(
        fmt::format("the condition is left out: a burn rate {} {} is no alarm", op, *threshold)));
    return std::nullopt;
  }
  // The Workbook's rule of thumb: the short window is a twelfth of the long one.
  return BurnRule{severity == "page" || severity == "critical" ? "page" : "ticket",
                  {long_window->ms / 12},
                  *long_window,
                  *threshold};
}

std::optional<BurnRule> OpenSloReader::policy(const YamlNode& spec) {
  YamlMap map(spec, problems_);
  static_cast<void>(map.text("description"));
  for (const char* key : {"alertWhenNoData", "alertWhenResolved", "alertWhenBreaching"}) {
    static_cast<void>(map.boolean(key));
  }
  const auto conditions = map.list("conditions");
  for (const YamlNode& node : map.list("notificationTargets")) {
    YamlMap inner(node, problems_);
    if (const auto named = inner.node("targetRef")) {
      static_cast<void>(spec_of("AlertNotificationTarget", *named));
    }
  }
  map.finish();
  if (conditions.size() > 1) problem(conditions.at(1), "a policy has at most one condition");
  if (conditions.empty()) return std::nullopt;
  const YamlNode& node = conditions.front();
  YamlMap inner(node, problems_);
  if (const auto named = inner.node("conditionRef")) {
    const auto found = spec_of("AlertCondition", *named);
    inner.finish();
    return found ? condition(*found) : std::nullopt;
  }
  for (const char* key : {"apiVersion", "kind", "metadata"}) inner.ignore(key);
  const auto own = inner.node("spec");
  inner.finish();
  if (!own) problem(node, "one of conditionRef and a condition with its spec");
  return own ? condition(*own) : std::nullopt;
}

void OpenSloReader::policies(YamlMap& map, SpecObjective& out) {
  for (const YamlNode& node : map.list("alertPolicies")) {
    std::optional<YamlNode> spec;
    if (node.kind() == YamlKind::kScalar) {
      spec = spec_of("AlertPolicy", node);
    } else {
      YamlMap inner(node, problems_);
      if (const auto named = inner.node("alertPolicyRef")) {
        spec = spec_of("AlertPolicy", *named);
      } else {
        for (const char* key : {"apiVersion", "kind", "metadata"}) inner.ignore(key);
        spec = inner.node("spec");
        if (!spec) problem(node, "one of alertPolicyRef and a policy with its spec");
      }
      inner.finish();
    }
    if (!spec) continue;
    if (auto rule = policy(*spec)) out.alerting.policies.push_back(*std::move(rule));
  }
}

void OpenSloReader::target(YamlMap& map, SpecObjective& out) {
  const auto share = map.node("target");
  const auto percent = map.node("targetPercent");
  if (share.has_value() == percent.has_value()) {
    problem(map.whole(), "an objective has one of target and targetPercent", "target: 0.999");
  } else {
    read_percent(share ? *share : *percent, share.has_value(), out, problems_);
    if (out.percent == 100)
      problem(share ? *share : *percent, "a target of 100 % leaves no budget");
  }
}

void OpenSloReader::slice(YamlMap& map, SpecObjective& out) {
  const bool sliced = out.method != SpecMethod::kOccurrences;
  const auto share = map.number("timeSliceTarget");
  if (share && (*share <= 0 || *share > 1)) {
    problem(map.whole(), "timeSliceTarget lies above 0 and at most at 1");
  }
  out.slice_target = share.value_or(0);
  if (const auto window = map.node("timeSliceWindow")) {
    const std::string& text = window->text();
    const bool bare = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    out.slice = parse_span(bare ? text + "m" : text);
    if (!out.slice) problem(*window, fmt::format("'{}' is no duration", text), "1m");
  }
  if (sliced && out.method == SpecMethod::kTimeslices && !share) {
    problem(map.whole(), "Timeslices need a timeSliceTarget");
  }
  if (sliced && !out.slice) problem(map.whole(), "slices need a timeSliceWindow", "1m");
}

SpecObjective OpenSloReader::objective(const YamlNode& node, const SpecObjective& shared,
                                       bool indicated) {
  YamlMap map(node, problems_);
  SpecObjective out = shared;
  out.at = node;
  if (const auto name = map.text("displayName")) out.description = *name + ": " + out.description;
  if (version_ == "openslo/v1alpha") {
    if (const auto ratios = map.node("ratioMetrics")) ratio_of_v1alpha(*ratios, out);
  } else {
    for (const auto& [own_key, reference] :
         {std::pair("indicator", "indicatorRef"), std::pair("sli", "sliRef")}) {
      if (!map.node(own_key) && !map.node(reference)) continue;
      if (indicated) problem(node, "the SLO has an indicator already");
      indicated = true;
      const auto spec = own_or_named(node, map, own_key, reference, "SLI", true);
      if (spec) indicator(*spec, out);
    }
    if (!indicated) problem(node, "no indicator", "indicator or indicatorRef");
  }
  out.op = map.text("op").value_or("");
  if (!out.op.empty() && out.op != "lte" && out.op != "gte" && out.op != "lt" && out.op != "gt") {
    problem(node, fmt::format("'{}' is no operator", out.op), "lte, gte, lt or gt");
  }
  const auto value = map.number("value");
  out.value = value.value_or(0);
  if (out.signal == SpecSignal::kThreshold && (out.op.empty() || !value)) {
    problem(node, "a threshold needs op and value", "op: lte, value: 0.25");
  }
  target(map, out);
  slice(map, out);
  out.weight = map.number("compositeWeight").value_or(1);
  if (out.weight <= 0) problem(node, "compositeWeight lies above 0");
  map.finish();
  return out;
}

void OpenSloReader::slo(const YamlNode& spec, const std::string& name) {
  YamlMap map(spec, problems_);
  SpecObjective shared;
  shared.form = SpecForm::kOpenSlo;
  shared.version = version_;
  shared.description = map.text("description").value_or("");
  shared.service = map.text("service").value_or("");
  if (const auto reference = map.text("serviceRef")) shared.service = *reference;
  if (shared.service.empty()) problem(spec, "'service' is missing");
  const std::string method = map.text("budgetingMethod").value_or("Occurrences");
  if (method == "Timeslices") {
    shared.method = SpecMethod::kTimeslices;
  } else if (method == "RatioTimeslices") {
    shared.method = SpecMethod::kRatioTimeslices;
  } else if (method != "Occurrences") {
    problem(spec, fmt::format("'{}' is no budgetingMethod", method),
            "Occurrences, Timeslices or RatioTimeslices");
  }
  const bool alpha = version_ == "openslo/v1alpha";
  if (alpha) {
    for (const YamlNode& node : map.list("timeWindows")) time_window_of_v1alpha(node, shared);
    shared.alerting.page.on = shared.alerting.ticket.on = false;
  } else {
    time_window(map, shared);
  }
  bool indicated = false;
  for (const auto& [own_key, reference] :
       {std::pair("indicator", "indicatorRef"), std::pair("sli", "sliRef")}) {
    if (!map.node(own_key) && !map.node(reference)) continue;
    indicated = true;
    const auto sli = own_or_named(spec, map, own_key, reference, "SLI", true);
    if (!sli) continue;
    if (alpha) {
      problem(*sli, "an indicator of v1alpha is not read", "ratioMetrics in each objective");
    } else {
      indicator(*sli, shared);
    }
  }
  policies(map, shared);
  const auto objectives = map.list("objectives");
  map.finish();
  if (objectives.empty()) problem(spec, "an SLO without objectives");
  for (std::size_t i = 0; i < objectives.size(); ++i) {
    SpecObjective out = objective(objectives.at(i), shared, indicated);
    out.name = alpha || objectives.size() > 1 ? fmt::format("{}-{}", name, i) : name;
    specs_.objectives.push_back(std::move(out));
  }
}

}  // namespace daytwo::model
