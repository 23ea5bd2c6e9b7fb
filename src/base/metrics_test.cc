#include "base/metrics.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace daytwo {
namespace {

TEST(Registry, GivesTheSameMetricForTheSameNameAndLabels) {
  Registry registry;
  Metric& first = registry.counter("daytwo_pages_total", "Pages.", {{"result", "sent"}});
  first.add();
  registry.counter("daytwo_pages_total", "Pages.", {{"result", "sent"}}).add(2);
  EXPECT_EQ(first.value(), 3);
  EXPECT_NE(&registry.counter("daytwo_pages_total", "Pages.", {{"result", "failed"}}), &first);
}

TEST(Registry, PrintsTheTextFormatSortedByName) {
  Registry registry;
  registry.gauge("daytwo_queue_depth", "Waiting now.").set(4.5);
  registry.counter("daytwo_drops_total", "Dropped.", {{"why", "a \"full\"\n\\ queue"}}).add(7);
  EXPECT_EQ(registry.to_text(),
            "# HELP daytwo_drops_total Dropped.\n"
            "# TYPE daytwo_drops_total counter\n"
            "daytwo_drops_total{why=\"a \\\"full\\\"\\n\\\\ queue\"} 7\n"
            "# HELP daytwo_queue_depth Waiting now.\n"
            "# TYPE daytwo_queue_depth gauge\n"
            "daytwo_queue_depth 4.5\n");
}

TEST(Registry, KeepsAMetricsAddressWhileItGrows) {
  Registry registry;
  Metric& first = registry.counter("a_total", "A.");
  for (int i = 0; i < 1000; ++i) {
    registry.counter("b_total", "B.", {{"i", std::to_string(i)}}).add();
  }
  first.add();
  EXPECT_EQ(registry.counter("a_total", "A.").value(), 1);
}

TEST(Registry, AHistogramCountsWhatIsAtMostEachBound) {
  Registry registry;
  constexpr std::array<double, 2> kBounds = {0.5, 2};
  Histogram& sync = registry.histogram("sync_seconds", "Syncs.", kBounds, {{"disk", "a"}});
  for (const double seconds : {0.25, 0.5, 1.0, 8.0}) sync.observe(seconds);
  EXPECT_EQ(&registry.histogram("sync_seconds", "Syncs.", kBounds, {{"disk", "a"}}), &sync);
  EXPECT_NE(&registry.histogram("sync_seconds", "Syncs.", kBounds, {{"disk", "b"}}), &sync);
  EXPECT_TRUE(
      registry.to_text().starts_with("# HELP sync_seconds Syncs.\n"
                                     "# TYPE sync_seconds histogram\n"
                                     "sync_seconds_bucket{disk=\"a\",le=\"0.5\"} 2\n"
                                     "sync_seconds_bucket{disk=\"a\",le=\"2\"} 3\n"
                                     "sync_seconds_bucket{disk=\"a\",le=\"+Inf\"} 4\n"
                                     "sync_seconds_sum{disk=\"a\"} 9.75\n"
                                     "sync_seconds_count{disk=\"a\"} 4\n"))
      << registry.to_text();
  EXPECT_EQ(registry.read()[0].name, "sync_seconds_bucket");
}

TEST(RegistryDeathTest, ANameIsOneKindOnly) {
  Registry registry;
  registry.counter("x", "X.");
  EXPECT_DEATH(registry.gauge("x", "X."), "of one kind only");
}

}  // namespace
}  // namespace daytwo
