#include "orient/adopt.h"

#include <gtest/gtest.h>

#include <string>

#include "model/service.h"
#include "orient/lift.h"

namespace daytwo::orient {
namespace {

Result<Adoption> adopted(const std::string& text) {
  const model::CatalogFile file{"spec.yml", text};
  TRY(const auto specs, model::read_specs({&file, 1}, std::nullopt));
  return adopt(specs);
}

std::string pyrra(const std::string& target, const std::string& window) {
  return "apiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective\n"
         "metadata: {name: Query_API}\nspec:\n  target: '" +
         target + "'\n  window: " + window +
         "\n  indicator: {ratio: {errors: {metric: 'e_total{code=~\"5..\"}'},"
         " total: {metric: e_total}, grouping: [route]}}\n";
}

TEST(Lift, FindsTheCounterBehindARate) {
  const auto sum = lift_counter("sum by (job) (rate(http_total{code=~\"5..\"}[5m]))");
  ASSERT_TRUE(sum) << sum.error().to_string();
  EXPECT_EQ(sum->selector, "http_total{code=~\"5..\"}");
  EXPECT_EQ(sum->by, std::vector<std::string>{"job"});
  EXPECT_EQ(lift_counter("((increase(a_total[1h])))")->selector, "a_total");
  EXPECT_EQ(lift_counter("sum(a_total)")->selector, "a_total");
}

TEST(Lift, RefusesWhatIsNoCounter) {
  for (const char* query : {"avg(rate(a[5m]))", "rate(a[5m] offset 1h)", "sum(rate(a[5m])) * 2",
                            "sum without (job) (a)", "max_over_time(a[5m])", "vector(1)"}) {
    const auto read = lift_counter(query);
    ASSERT_FALSE(read) << query;
    EXPECT_EQ(read.error().code, Code::kNotFound) << query;
  }
  EXPECT_EQ(lift_counter("sum(").error().code, Code::kInvalid);
}

TEST(Lift, TurnsAShareOfGoodAround) {
  const auto bad = lift_ratio("1 - (sum(rate(g[5m])) / sum(rate(t[5m])))", false);
  ASSERT_TRUE(bad) << bad.error().to_string();
  EXPECT_TRUE(bad->good);
  EXPECT_EQ(bad->part.selector, "g");
  EXPECT_FALSE(lift_ratio("a / b", false)->good);
}

TEST(Adopt, KeepsTargetWindowAndCountersOfPyrra) {
  const auto out = adopted(pyrra("99.5", "2w"));
  ASSERT_TRUE(out) << out.error().to_string();
  const Adopted& one = out->objectives.at(0);
  EXPECT_EQ(one.cannot, "");
  EXPECT_EQ(one.objective.service.value, "query-api");
  EXPECT_EQ(one.objective.bad, "e_total{code=~\"5..\"}");
  EXPECT_EQ(one.objective.target_ppb, 995'000'000);
  ASSERT_EQ(one.objective.rules.size(), 4U);
  // Half of 28 days: 5m is 2.5m, and halves go up.
  EXPECT_EQ(one.objective.rules.at(0).short_window, minutes(3));
  EXPECT_EQ(one.objective.rules.at(0).long_window, minutes(30));
}

TEST(Adopt, LeavesOutARuleThatCannotFire) {
  const auto out = adopted(pyrra("90", "4w"));
  ASSERT_TRUE(out) << out.error().to_string();
  EXPECT_EQ(out->objectives.at(0).objective.rules.size(), 3U);
  bool said = false;
  for (const Diagnostic& change : out->changes) {
    said = said || change.text.find("it cannot fire") != std::string::npos;
  }
  EXPECT_TRUE(said);
}

TEST(Adopt, WritesACatalogThatReadsAsTheSameObjectives) {
  for (const char* target : {"90", "99", "99.5", "99.99", "99.9999999", "50.1"}) {
    for (const char* window : {"1d", "7d", "2w", "4w", "30d", "90d"}) {
      const auto out = adopted(pyrra(target, window));
      ASSERT_TRUE(out) << out.error().to_string();
      const Adopted& one = out->objectives.at(0);
      ASSERT_EQ(one.cannot, "") << target << " " << window;
      const model::CatalogFile file{"made.yml", to_catalog_yaml(out->objectives)};
      const auto catalog = model::load_catalog({&file, 1});
      ASSERT_TRUE(catalog) << catalog.error().to_string() << file.text;
      EXPECT_EQ(catalog->all().front().objectives.at(0), one.objective) << file.text;
    }
  }
}

TEST(Adopt, SaysWhatCannotBeEvaluatedAndWhy) {
  const auto out = adopted(R"(apiVersion: openslo/v1
kind: SLO
metadata: {name: web}
spec:
  service: web
  indicator:
    metadata: {name: i}
    spec:
      thresholdMetric: {metricSource: {type: Datadog, spec: {query: "a'b"}}}
  timeWindow: [{duration: 1M, calendar: {startTime: 2026-01-01 00:00:00, timeZone: UTC}}]
  objectives: [{op: lte, value: 2, target: 0.99}]
)");
  ASSERT_TRUE(out) << out.error().to_string();
  EXPECT_NE(out->objectives.at(0).cannot.find("calendar windows"), std::string::npos);
  const std::string yaml = to_catalog_yaml(out->objectives);
  EXPECT_NE(yaml.find("# web: not evaluated: calendar windows"), std::string::npos) << yaml;
  const model::CatalogFile file{"made.yml", yaml};
  EXPECT_TRUE(model::load_catalog({&file, 1}));
}

TEST(Adopt, PlacesAQueryThatDoesNotParse) {
  std::string text = pyrra("99", "4w");
  text.replace(text.find("metric: e_total"), 15, "metric: 'e_total{'");
  const auto out = adopted(text);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().diagnostics.at(0).line, 7);
}

}  // namespace
}  // namespace daytwo::orient
