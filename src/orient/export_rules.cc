#include "orient/export_rules.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "promql/parse.h"

namespace daytwo::orient {
namespace {

using model::Rule;
using model::RuleGroup;
using model::SpecObjective;
using model::SpecSignal;

// An objective as two queries, or as one ratio; each holds {{.window}}.
struct Queries {
  std::string bad;
  std::string total;
  std::string ratio;  // of bad events; then the others are empty
};

// The rate of what other tools name by its counter.
std::string rate_of(const SpecObjective& spec, const model::SpecQuery& query) {
  if (!spec.counters || model::has_window(query.text)) return query.text;
  const std::string by = spec.by.empty() ? "" : fmt::format(" by ({})", fmt::join(spec.by, ", "));
  return fmt::format("sum{}(rate({}[{{{{.window}}}}]))", by, query.text);
}

// Errors: kNotFound for what no ratio says.
Result<Queries> queries_of(const SpecObjective& spec) {
  Queries out;
  switch (spec.signal) {
    case SpecSignal::kEvents:
    case SpecSignal::kLatency: {
      out.total = rate_of(spec, spec.total);
      const std::string good = rate_of(spec, spec.good);
      if (spec.version == "openslo/v1alpha" && !good.empty()) {
        out = {{}, {}, fmt::format("1 - (({})/({}))", good, out.total)};
      } else if (!spec.good.empty()) {
        out.bad = fmt::format("({}) - ({})", out.total, good);
      } else {
        out.bad = rate_of(spec, spec.bad);
      }
      return out;
    }
    case SpecSignal::kErrorRatio:
      out.ratio = spec.ratio.text;
      return out;
    case SpecSignal::kSuccessRatio:
      out.ratio = fmt::format("1 - ({})", spec.ratio.text);
      return out;
    case SpecSignal::kGauge:
      out.total = fmt::format("sum(count_over_time({}[{{{{.window}}}}]))", spec.good.text);
      out.bad =
          fmt::format("{} - sum(sum_over_time({}[{{{{.window}}}}]))", out.total, spec.good.text);
      return out;
    default:
      return fail(Code::kNotFound, "it is no ratio of two queries of Prometheus");
  }
}

// A duration as Prometheus writes it.
std::string short_name(Duration span) {
  if (span.ms % days(7).ms == 0) return fmt::format("{}w", span.ms / days(7).ms);
  if (span.ms % days(1).ms == 0) return fmt::format("{}d", span.ms / days(1).ms);
  return to_string(span);
}

// One objective's rules in the form of Sloth.
class SlothRules {
 public:
  SlothRules(const SpecObjective& spec, Queries queries, const model::SpecWindows& windows,
             const ExportOptions& options)
      : spec_(spec), queries_(std::move(queries)), windows_(windows), options_(options) {
    period_ = spec.window.ms > 0 ? spec.window : windows.period;
    id_ = fmt::format("{}-{}", spec.service, spec.name);
    ids_ = fmt::format("{{sloth_id={}, sloth_service={}, sloth_slo={}}}", go_quoted(id_),
                       go_quoted(spec.service), go_quoted(spec.name));
    budget_ = (100 - spec.percent) / 100;
  }

  [[nodiscard]] std::vector<RuleGroup> groups() const {
    std::vector<RuleGroup> out = {{"sloth-slo-sli-recordings-" + id_, {}, recordings()},
                                  {"sloth-slo-meta-recordings-" + id_, {}, meta()}};
    RuleGroup alerting{"sloth-slo-alerts-" + id_, {}, {}};
    const model::SpecAlerting& alerts = spec_.alerting;
    if (alerts.page.on) {
      alerting.rules.push_back(alert("page", alerts.page, windows_.page_quick, windows_.page_slow));
    }
    if (alerts.ticket.on) {
      alerting.rules.push_back(
          alert("ticket", alerts.ticket, windows_.ticket_quick, windows_.ticket_slow));
    }
    if (!alerting.rules.empty()) out.push_back(std::move(alerting));
    return out;
  }

 private:
  [[nodiscard]] std::vector<Duration> spans() const {
    std::vector<Duration> out;
    for (const model::SpecWindow& each :
         {windows_.page_quick, windows_.page_slow, windows_.ticket_quick, windows_.ticket_slow}) {
      out.push_back(each.short_window);
      out.push_back(each.long_window);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  static std::string error_name(Duration span) {
    return "slo:sli_error:ratio_rate" + short_name(span);
  }

  [[nodiscard]] model::RuleTexts labels() const {
    model::RuleTexts out = {
        {"sloth_id", id_}, {"sloth_service", spec_.service}, {"sloth_slo", spec_.name}};
    for (const auto* more : {&options_.extra_labels, &spec_.service_labels, &spec_.labels}) {
      for (const auto& [name, value] : *more) out.insert_or_assign(name, value);
    }
    return out;
  }

  [[nodiscard]] Rule record(std::string name, std::string query) const {
    Rule out;
    out.record = std::move(name);
    out.query = std::move(query);
    out.labels = labels();
    return out;
  }

  [[nodiscard]] std::string error_query(const std::string& window) const {
    if (!queries_.ratio.empty()) {
      return fmt::format("({})", model::with_window(queries_.ratio, window));
    }
    return fmt::format("({})\n/\n({})", model::with_window(queries_.bad, window),
                       model::with_window(queries_.total, window));
  }

  [[nodiscard]] std::vector<Rule> recordings() const {
    std::vector<Rule> out;
    const std::vector<Duration> all = spans();
    for (const Duration span : all) {
      const std::string window = short_name(span);
      out.push_back(record(error_name(span), error_query(window)));
      out.back().labels.insert_or_assign("sloth_window", window);
    }
    // Sloth's own mean of ratios: an hour without traffic weighs as much as one under load.
    const std::string shortest = error_name(all.front()) + ids_;
    const std::string window = short_name(period_);
    out.push_back(record(
        error_name(period_),
        fmt::format("sum_over_time({0}[{1}])\n/ ignoring (sloth_window)\ncount_over_time({0}[{1}])",
                    shortest, window)));
    out.back().labels.insert_or_assign("sloth_window", window);
    return out;
  }

  [[nodiscard]] std::vector<Rule> meta() const {
    const std::string target = format_double(spec_.percent / 100);
    const auto burn = [&](Duration span) {
      return fmt::format(
          "{0}{1}\n/ on(sloth_id, sloth_slo, sloth_service) group_left\n"
          "slo:error_budget:ratio{1}",
          error_name(span), ids_);
    };
    std::vector<Rule> out = {
        record("slo:objective:ratio", fmt::format("vector({})", target)),
        record("slo:error_budget:ratio", fmt::format("vector(1-{})", target)),
        record("slo:time_period:days",
               fmt::format("vector({})", format_double(period_.hours() / 24))),
        record("slo:current_burn_rate:ratio", burn(spans().front())),
        record("slo:period_burn_rate:ratio", burn(period_)),
        record("slo:period_error_budget_remaining:ratio", "1 - slo:period_burn_rate:ratio" + ids_),
        record("sloth_slo_info", "vector(1)")};
    model::RuleTexts& info = out.back().labels;
    const bool own = spec_.form == model::SpecForm::kOpenSlo;
    info.insert_or_assign("sloth_mode", own ? "cli-gen-openslo" : "cli-gen-prom");
    info.insert_or_assign("sloth_objective", spec_.target);
    info.insert_or_assign("sloth_spec", spec_.version);
    info.insert_or_assign("sloth_version", options_.generator_version);
    return out;
  }

  // One pair of windows: both must burn.
  [[nodiscard]] std::string pair(const model::SpecWindow& window) const {
    const double factor = window.percent * period_.hours() / 100 / window.long_window.hours();
    const auto side = [&](Duration span) {
      return fmt::format("max({}{} > ({} * {})) without (sloth_window)", error_name(span), ids_,
                         format_double(factor), format_double(budget_));
    };
    return fmt::format("(\n    {}\n    and\n    {}\n)", side(window.short_window),
                       side(window.long_window));
  }

  [[nodiscard]] Rule alert(std::string_view severity, const model::SpecAlert& how,
                           const model::SpecWindow& quick, const model::SpecWindow& slow) const {
    Rule out;
    out.alert = spec_.alerting.name;
    out.query = fmt::format("{}\nor\n{}", pair(quick), pair(slow));
    out.labels = {{"sloth_severity", std::string(severity)}};
    out.annotations = {
        {"summary",
         "{{$labels.sloth_service}} {{$labels.sloth_slo}} SLO error budget burn rate is "
         "over expected."},
        {"title", fmt::format("({}) {{{{$labels.sloth_service}}}} {{{{$labels.sloth_slo}}}} SLO "
                              "error budget burn rate is too fast.",
                              severity)}};
    for (const auto* more : {&spec_.alerting.labels, &how.labels}) {
      for (const auto& [name, value] : *more) out.labels.insert_or_assign(name, value);
    }
    for (const auto* more : {&spec_.alerting.annotations, &how.annotations}) {
      for (const auto& [name, value] : *more) out.annotations.insert_or_assign(name, value);
    }
    return out;
  }

  const SpecObjective& spec_;
  Queries queries_;
  const model::SpecWindows& windows_;
  const ExportOptions& options_;
  Duration period_;
  std::string id_;
  std::string ids_;
  double budget_ = 0;
};

}  // namespace

Result<std::vector<RuleGroup>> export_as_sloth(const model::Specs& specs,
                                               const ExportOptions& options) {
  std::vector<RuleGroup> out;
  Diagnostics problems;
  for (const SpecObjective& spec : specs.objectives) {
    const auto complain = [&](const std::string& text) {
      const std::string line = fmt::format("{}: {}", spec.name, text);
      problems.push_back(spec.at ? spec.at->problem(line) : model::SpecQuery{}.problem(line));
    };
    if (!spec.alerting.policies.empty()) {
      complain("its own burn rules have no place in Sloth's two pairs of windows");
      continue;
    }
    auto queries = queries_of(spec);
    if (!queries) {
      complain(queries.error().text);
      continue;
    }
    for (RuleGroup& group :
         SlothRules(spec, *std::move(queries), specs.windows, options).groups()) {
      for (const Rule& rule : group.rules) {
        if (const auto read = promql::parse(rule.query); !read) complain(read.error().text);
      }
      out.push_back(std::move(group));
    }
  }
  if (!problems.empty()) return fail(std::move(problems));
  return out;
}

}  // namespace daytwo::orient
