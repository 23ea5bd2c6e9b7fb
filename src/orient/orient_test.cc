#include "orient/orient.h"

#include <gtest/gtest.h>

#include <string>

#include "orient/world_for_tests.h"

namespace daytwo::orient {
namespace {

TEST(Orient, AFirstTurnOverNothingSaysWhatEachSourceLacks) {
  World world;
  Orient orient({}, {});
  const auto records = orient.step(world.journal.snapshot(), world.samples, world.now);
  EXPECT_EQ(records.size(), orient.detectors().size());
  for (const auto& record : records) {
    EXPECT_EQ(finding_in(record).kind, facts::FindingKind::kSource) << record.key.value;
    EXPECT_FALSE(record.sentence.empty());
    EXPECT_FALSE(finding_in(record).next_step.empty()) << record.key.value;
  }
}

TEST(Orient, ASecondTurnOverTheSameWorldWritesNothing) {
  World world;
  facts::ProbeSeen probe;
  probe.url = "http://127.0.0.1:1/";
  probe.reason = "connection refused";
  world.see("probe", probe);
  Orient orient({}, {});
  const auto first = orient.step(world.journal.snapshot(), world.samples, world.now);
  ASSERT_TRUE(world.journal.append(first).has_value());
  world.now = world.now + seconds(10);
  EXPECT_TRUE(orient.step(world.journal.snapshot(), world.samples, world.now).empty());
}

TEST(Orient, ADisabledDetectorLeavesItsFindingsAlone) {
  World world;
  facts::ProbeSeen probe;
  probe.url = "http://127.0.0.1:1/";
  world.see("probe", probe);
  Orient orient({}, {});
  ASSERT_TRUE(
      world.journal.append(orient.step(world.journal.snapshot(), world.samples, world.now)));
  ASSERT_EQ(world.open("probe/").size(), 1U);
  probe.up = true;
  world.see("probe", probe, facts::State::kChanged);
  Orient without({.disabled = {"probe"}, .stopwatch = {}, .metrics = nullptr}, {});
  EXPECT_TRUE(without.step(world.journal.snapshot(), world.samples, world.now).empty());
  EXPECT_EQ(world.open("probe/").size(), 1U);
}

TEST(Orient, TimesEachDetector) {
  World world;
  Registry metrics;
  std::int64_t clock = 0;
  Orient orient(
      {.disabled = {}, .stopwatch = [&] { return clock += 1'000'000; }, .metrics = &metrics}, {});
  (void)orient.step(world.journal.snapshot(), world.samples, world.now);
  EXPECT_NE(metrics.to_text().find("daytwo_orient_seconds_total{detector=\"runout\"} 0.001"),
            std::string::npos)
      << metrics.to_text();
}

}  // namespace
}  // namespace daytwo::orient
