#include "orient/adopt.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic_order.h"
#include "base/text.h"
#include "orient/lift.h"

namespace daytwo::orient {
namespace {

using model::SpecObjective;
using model::SpecSignal;

constexpr std::size_t kMaxName = 63;

// Adopts one objective. What is changed is said at its place.
class Adopting {
 public:
  Adopting(const SpecObjective& spec, const model::SpecWindows& windows, Diagnostics& changes,
           Diagnostics& problems)
      : spec_(spec), windows_(windows), changes_(changes), problems_(problems) {}

  Adopted run() {
    name();
    window();
    target();
    method();
    count();
    rules();
    left_out();
    return std::move(out_);
  }

 private:
  void say(std::string text) {
    const std::string line = fmt::format("{}: {}", spec_.name, text);
    changes_.push_back(spec_.at ? spec_.at->problem(line) : Diagnostic{.text = line});
  }

  // The first reason stands.
  void cannot(std::string reason) {
    if (out_.cannot.empty()) out_.cannot = std::move(reason);
  }

  void name() {
    out_.description = spec_.description;
    out_.objective.name = spec_.name;
    const std::string service = catalog_name(spec_.service);
    if (service != spec_.service)
      say(fmt::format("service '{}' is now '{}'", spec_.service, service));
    out_.objective.service = ServiceId(service);
  }

  void window() {
    out_.objective.window = spec_.window.ms > 0                     ? spec_.window
                            : spec_.form == model::SpecForm::kSloth ? windows_.period
                                                                    : days(30);
    if (spec_.window.ms == 0) {
      say(fmt::format("no window is stated: {} is taken", to_string(out_.objective.window)));
    }
    if (spec_.calendar) {
      cannot(fmt::format("calendar windows are not evaluated yet ({} from {}, {})",
                         spec_.calendar->duration, spec_.calendar->start, spec_.calendar->zone));
    }
    if (out_.objective.window < hours(1) || out_.objective.window > days(366)) {
      cannot("a window lies between 1h and 366d");
    }
  }

  void target() {
    const auto ppb = model::parse_target(spec_.target);
    if (ppb) {
      out_.objective.target_ppb = *ppb;
    } else {
      cannot(ppb.error().text);
    }
  }

  void method() {
    if (spec_.method != model::SpecMethod::kOccurrences) {
      cannot(fmt::format("{} are not evaluated yet", name_of(spec_.method)));
    }
    if (spec_.weight != 1) cannot("weights of composites are not evaluated yet");
  }

  // A query with any window: columns stay.
  Result<LiftedCounter> lifted(const model::SpecQuery& query) {
    return placed(query, lift_counter(model::with_window(query.text, "5m", true)));
  }

  // The problems of a query that does not parse, at their place in the file.
  template <typename T>
  Result<T> placed(const model::SpecQuery& query, Result<T> read) {
    if (read || read.error().code != Code::kInvalid) return read;
    problems_.push_back(query.problem(read.error().text));
    return read;
  }

  // The selector of a query, or nothing and the reason.
  std::string counter(const model::SpecQuery& query) {
    if (query.empty()) return {};
    const auto read = lifted(query);
    if (!read) {
      cannot(read.error().text);
      return {};
    }
    grouped(read->by);
    return read->selector;
  }

  void grouped(const std::vector<std::string>& by) {
    if (by.empty() || grouped_) return;
    grouped_ = true;
    say(fmt::format("groups by {} are counted together: `by` is not evaluated yet",
                    fmt::join(by, ", ")));
  }

  void count() {
    switch (spec_.signal) {
      case SpecSignal::kEvents:
      case SpecSignal::kLatency:
        out_.objective.good = counter(spec_.good);
        out_.objective.bad = counter(spec_.bad);
        out_.objective.total = counter(spec_.total);
        break;
      case SpecSignal::kErrorRatio:
      case SpecSignal::kSuccessRatio:
        ratio();
        break;
      case SpecSignal::kGauge:
        out_.objective.kind = model::ObjectiveKind::kProbe;
        out_.objective.probe = counter(spec_.good);
        break;
      case SpecSignal::kNativeLatency:
        cannot("native histograms are not evaluated yet");
        break;
      case SpecSignal::kThreshold:
        cannot("thresholds of gauges are not evaluated yet");
        break;
      case SpecSignal::kPlugin:
        cannot(fmt::format("plugin '{}' is a program of the other tool", spec_.source));
        break;
      case SpecSignal::kElsewhere:
        cannot(fmt::format("its data source is {}, not Prometheus",
                           spec_.source.empty() ? "unknown" : spec_.source));
        break;
    }
    grouped(spec_.by);
  }

  void ratio() {
    const std::string query = model::with_window(spec_.ratio.text, "5m", true);
    const auto read =
        placed(spec_.ratio, lift_ratio(query, spec_.signal == SpecSignal::kSuccessRatio));
    if (!read) {
      cannot(read.error().text);
      return;
    }
    (read->good ? out_.objective.good : out_.objective.bad) = read->part.selector;
    out_.objective.total = read->total.selector;
    grouped(read->part.by);
    say("the ratio is now counted as events, exact over any window");
  }

  void rules() {
    std::vector<model::BurnRule> rules = spec_.alerting.policies;
    if (spec_.form == model::SpecForm::kSloth) rules = sloth_rules();
    if (spec_.form == model::SpecForm::kPyrra) rules = pyrra_rules();
    if (rules.empty()) {
      const bool off = !spec_.alerting.page.on && !spec_.alerting.ticket.on;
      if (off) say("its alerts are off; daytwo has no objective without burn rules");
      return;
    }
    const double allowed =
        1 - static_cast<double>(out_.objective.target_ppb) / static_cast<double>(model::kBillion);
    for (model::BurnRule& rule : rules) {
      if (rule.short_window.ms <= 0 || rule.long_window <= rule.short_window) {
        say(fmt::format("a {} rule is left out: of {} its short window would be {}", rule.severity,
                        to_string(out_.objective.window), to_string(rule.short_window)));
      } else if (rule.factor * allowed >= 1) {
        say(
            fmt::format("the {} rule of {} at {:.4g} budgets is left out: it cannot fire, for that "
                        "is more than every event",
                        rule.severity, to_string(rule.long_window), rule.factor));
      } else {
        out_.objective.rules.push_back(std::move(rule));
      }
    }
    if (out_.objective.rules.empty()) cannot("none of its burn rules can be kept");
  }

  [[nodiscard]] std::vector<model::BurnRule> sloth_rules() const {
    std::vector<model::BurnRule> out;
    const auto add = [&](const char* severity, const model::SpecWindow& each) {
      out.push_back(
          {severity, each.short_window, each.long_window,
           each.percent / 100 * out_.objective.window.hours() / each.long_window.hours()});
    };
    if (spec_.alerting.page.on) {
      add("page", windows_.page_quick);
      add("page", windows_.page_slow);
    }
    if (spec_.alerting.ticket.on) {
      add("ticket", windows_.ticket_quick);
      add("ticket", windows_.ticket_slow);
    }
    return out;
  }

  // Its four windows belong to 28 days and grow with the window, to the minute, halves up.
  [[nodiscard]] std::vector<model::BurnRule> pyrra_rules() const {
    const auto scaled = [&](Duration span) {
      const std::int64_t exact = span.ms * (out_.objective.window.ms / 60'000) / (28LL * 24 * 60);
      return minutes((exact + 30'000) / 60'000);
    };
    if (!spec_.alerting.page.on) return {};
    std::vector<model::BurnRule> out = {{"page", minutes(5), hours(1), 14},
                                        {"page", minutes(30), hours(6), 7},
                                        {"ticket", hours(2), days(1), 2},
                                        {"ticket", hours(6), days(4), 1}};
    for (model::BurnRule& rule : out) {
      rule.short_window = scaled(rule.short_window);
      rule.long_window = scaled(rule.long_window);
    }
    return out;
  }

  void left_out() {
    if (!spec_.service_labels.empty() || !spec_.labels.empty()) {
      say("labels have no place in an objective");
    }
    const model::SpecAlerting& alerting = spec_.alerting;
    const auto texts = [](const model::SpecAlert& alert) {
      return !alert.labels.empty() || !alert.annotations.empty();
    };
    if (!alerting.labels.empty() || !alerting.annotations.empty() || texts(alerting.page) ||
        texts(alerting.ticket) || !alerting.severities.empty()) {
      say("labels and annotations of alerts are left out: the owner of the service is told");
    }
    if (spec_.form == model::SpecForm::kPyrra) {
      say("the alert on an absent metric is left out: what is not measured is unknown, and shown");
    }
  }

  const SpecObjective& spec_;
  const model::SpecWindows& windows_;
  Diagnostics& changes_;
  Diagnostics& problems_;
  Adopted out_;
  bool grouped_ = false;
};

// In single quotes.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += '\'';
    out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  }
  return out + "'";
}

// One line behind "#": a comment cannot be left by what stands in it.
std::string comment(std::string_view text) {
  std::string out;
  for (const char c : to_utf8(text)) {
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return std::string(trim(out));
}

void write_objective(const Adopted& each, std::string& out) {
  const model::Objective& objective = each.objective;
  if (!each.description.empty()) out += fmt::format("  # {}\n", comment(each.description));
  out += fmt::format("  - name: {}\n", quoted(objective.name));
  for (const auto& [key, text] :
       {std::pair("good", &objective.good), std::pair("bad", &objective.bad),
        std::pair("total", &objective.total), std::pair("probe", &objective.probe)}) {
    if (!text->empty()) out += fmt::format("    {}: {}\n", key, quoted(*text));
  }
  out += fmt::format("    target: {}\n    window: {}\n", model::target_words(objective.target_ppb),
                     to_string(objective.window));
  if (objective.rules.empty()) return;
  out += "    windows:\n";
  for (const model::BurnRule& rule : objective.rules) {
    out += fmt::format("      - {{severity: {}, short: {}, long: {}, factor: {}}}\n", rule.severity,
                       to_string(rule.short_window), to_string(rule.long_window),
                       format_fixed(rule.factor));
  }
}

}  // namespace

std::string catalog_name(std::string_view name) {
  std::string out;
  for (const char c : to_lower(name)) {
    const bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (good) {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
    if (out.size() == kMaxName) break;
  }
  while (out.ends_with('-')) out.pop_back();
  return out.empty() ? "service" : out;
}

Result<Adoption> adopt(const model::Specs& specs) {
  Adoption out;
  Diagnostics problems;
  out.changes = specs.notes;
  for (const SpecObjective& spec : specs.objectives) {
    out.objectives.push_back(Adopting(spec, specs.windows, out.changes, problems).run());
    const Adopted& last = out.objectives.back();
    if (last.cannot.empty()) continue;
    const std::string text = fmt::format("{} cannot be evaluated: {}", spec.name, last.cannot);
    out.changes.push_back(spec.at ? spec.at->problem(text) : Diagnostic{.text = text});
  }
  if (!problems.empty()) {
    sort_by_place(problems);
    return fail(std::move(problems));
  }
  sort_by_place(out.changes);
  return out;
}

std::string to_catalog_yaml(std::span<const Adopted> objectives) {
  std::map<std::string, std::vector<const Adopted*>> services;
  for (const Adopted& each : objectives) {
    services[each.objective.service.value].push_back(&each);
  }
  std::string out;
  for (const auto& [service, list] : services) {
    if (!out.empty()) out += "---\n";
    out += fmt::format("service: {}\n", quoted(service));
    const bool any = std::any_of(list.begin(), list.end(),
                                 [](const Adopted* each) { return each->cannot.empty(); });
    if (any) out += "slos:\n";
    for (const Adopted* each : list) {
      if (each->cannot.empty()) {
        write_objective(*each, out);
      } else {
        out += fmt::format("  # {}: not evaluated: {}\n", comment(each->objective.name),
                           comment(each->cannot));
      }
    }
  }
  return out;
}

}  // namespace daytwo::orient
