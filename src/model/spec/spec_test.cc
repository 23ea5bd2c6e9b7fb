#include "model/spec/spec.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace daytwo::model {
namespace {

Result<Specs> read(const std::string& text, std::optional<SpecForm> only = std::nullopt) {
  const CatalogFile file{"spec.yml", text};
  return read_specs({&file, 1}, only);
}

// All problems, one to a line, as "line:column text".
std::string problems(const std::string& text, std::optional<SpecForm> only = std::nullopt) {
  const auto specs = read(text, only);
  std::string out;
  if (specs) return out;
  for (const Diagnostic& each : specs.error().diagnostics) {
    out += std::to_string(each.line) + ":" + std::to_string(each.column) + " " + each.text + "\n";
  }
  return out;
}

constexpr const char* kSloth = R"(version: prometheus/v1
service: shop
slos:
  - name: orders
    objective: 99.9
    sli:
      events:
        error_query: sum(rate(e_total[{{ .window }}]))
        total_query: sum(rate(t_total[{{.window}}]))
    alerting: {name: Orders, ticket_alert: {disable: true}}
)";

TEST(Spec, ReadsSlothWithBlanksAroundItsWindow) {
  const auto specs = read(kSloth);
  ASSERT_TRUE(specs) << specs.error().to_string();
  ASSERT_EQ(specs->objectives.size(), 1U);
  const SpecObjective& out = specs->objectives.front();
  EXPECT_EQ(out.service, "shop");
  EXPECT_EQ(out.target, "99.9");
  EXPECT_TRUE(out.alerting.page.on);
  EXPECT_FALSE(out.alerting.ticket.on);
  EXPECT_EQ(with_window(out.bad.text, "5m"), "sum(rate(e_total[5m]))");
  EXPECT_EQ(with_window(out.bad.text, "5m", true).size(), out.bad.text.size());
}

TEST(Spec, NamesEveryProblemOfSlothWithItsPlace) {
  std::string text = kSloth;
  text.replace(text.find("objective:"), 10, "objectiv:");
  text.replace(text.find("[{{.window}}]"), 13, "[5m]");
  EXPECT_EQ(problems(text),
            "4:5 objective is missing\n"
            "5:5 unknown key 'objectiv'\n"
            "9:22 the query does not hold the window\n");
}

TEST(Spec, RefusesAnotherFormThanTheOneAskedFor) {
  EXPECT_EQ(problems(kSloth, SpecForm::kPyrra), "1:1 this is no specification of pyrra\n");
  EXPECT_EQ(problems("a: 1\n"), "1:1 this is no specification that is read here\n");
}

TEST(Spec, ReadsTheKubernetesFormOfSloth) {
  const auto specs = read(R"(apiVersion: sloth.slok.dev/v1
kind: PrometheusServiceLevel
metadata: {name: shop, namespace: monitoring}
spec:
  service: shop
  slos:
    - name: orders
      objective: 99.9
      sli: {raw: {errorRatioQuery: 'a[{{.window}}]'}}
      alerting: {pageAlert: {disable: true}, ticketAlert: {disable: true}}
)");
  ASSERT_TRUE(specs) << specs.error().to_string();
  EXPECT_EQ(specs->objectives.at(0).signal, SpecSignal::kErrorRatio);
}

TEST(Spec, ReadsAlertWindowsOfSloth) {
  const auto specs = read(R"(apiVersion: sloth.slok.dev/v1
kind: AlertWindows
spec:
  sloPeriod: 1w
  page:
    quick: {errorBudgetPercent: 8, shortWindow: 5m, longWindow: 1h}
    slow: {errorBudgetPercent: 12.5, shortWindow: 30m, longWindow: 6h}
  ticket:
    quick: {errorBudgetPercent: 20, shortWindow: 2h, longWindow: 1d}
    slow: {errorBudgetPercent: 42, shortWindow: 6h, longWindow: 3d}
)");
  ASSERT_TRUE(specs) << specs.error().to_string();
  EXPECT_EQ(specs->windows.period, days(7));
  EXPECT_EQ(specs->windows.page_slow.percent, 12.5);
}

constexpr const char* kOpenSlo = R"(apiVersion: openslo/v1
kind: SLO
metadata: {name: web}
spec:
  service: web
  indicatorRef: succes
  timeWindow: [{duration: 30x, isRolling: true}]
  budgetingMethod: Timeslice
  objectives: [{target: 0.99, targetPercent: 99}]
---
apiVersion: openslo/v1
kind: SLI
metadata: {name: success}
spec:
  ratioMetric:
    counter: true
    good: {metricSource: {type: Prometheus, spec: {query: good_total}}}
    total: {metricSource: {type: Prometheus, spec: {query: all_total}}}
)";

TEST(Spec, NamesEveryProblemOfOpenSloWithItsPlace) {
  EXPECT_EQ(problems(kOpenSlo),
            "5:3 'Timeslice' is no budgetingMethod\n"
            "6:17 there is no SLI called 'succes' in these files\n"
            "7:16 '30x' is no duration\n"
            "9:16 an objective has one of target and targetPercent\n");
}

TEST(Spec, TiesAnObjectiveOfOpenSloToItsIndicator) {
  std::string text = kOpenSlo;
  text.replace(text.find("succes\n"), 6, "success");
  text.replace(text.find("30x"), 3, "30d");
  text.replace(text.find("Timeslice"), 9, "Occurrences");
  text.replace(text.find(", targetPercent: 99"), 19, "");
  const auto specs = read(text);
  ASSERT_TRUE(specs) << specs.error().to_string();
  ASSERT_EQ(specs->objectives.size(), 1U);
  EXPECT_EQ(specs->objectives.front().name, "web");
  EXPECT_EQ(specs->objectives.front().good.text, "good_total");
  EXPECT_EQ(specs->objectives.front().target, "99");
}

TEST(Spec, SurvivesAliasesThatExpandWithoutEnd) {
  std::string text = "version: prometheus/v1\nservice: a\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) text += last + (j < 9 ? ", " : "]\n");
  }
  const auto specs = read(text);
  ASSERT_FALSE(specs);
  EXPECT_EQ(specs.error().code, Code::kLimit);
}

}  // namespace
}  // namespace daytwo::model
