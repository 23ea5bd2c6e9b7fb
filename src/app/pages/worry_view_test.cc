#include "app/pages/worry_view.h"

#include <gtest/gtest.h>

#include <string>

#include "app/pages/world_for_tests.h"
#include "app/pages/worry_pages.h"

namespace daytwo::app {
namespace {

constexpr double kMinute = 1.0 / 1440;

chance::Estimate days(double p05, double p50, double p95) {
  return {p05, (p05 + p50) / 2, p50, (p50 + p95) / 2, p95, p50, 0, {}};
}

// 2026-11-22T00:00:00Z.
constexpr Timestamp kMidnight{1'795'305'600'000};

TEST(When, GivesTheEndsOfTheSameDayAsTimes) {
  const api::When when = when_after(kMidnight, days(7 * kMinute, 9 * kMinute, 22 * kMinute));
  EXPECT_EQ(when.sentence, "2026-11-22 00:09 UTC (00:07 to 00:22, 90 %)");
  EXPECT_EQ(when.p05, kMidnight + minutes(7));
  EXPECT_EQ(when.p95, kMidnight + minutes(22));
}

TEST(When, TellsANarrowIntervalToTheSecond) {
  EXPECT_EQ(when_after(kMidnight, days(8.75 * kMinute, 9 * kMinute, 9.2 * kMinute)).sentence,
            "2026-11-22 00:09:00 UTC (00:08:45 to 00:09:12, 90 %)");
}

TEST(When, GivesTheEndsOfOtherDaysInFull) {
  EXPECT_EQ(when_after(kMidnight, days(1, 2, 4)).sentence,
            "2026-11-24 00:00 UTC (2026-11-23 00:00 to 2026-11-26 00:00, 90 %)");
}

TEST(When, AnEndThatIsNotForeseenIsLeftOut) {
  const api::When when = when_after(kMidnight, days(1, 2, 1e9));
  EXPECT_FALSE(when.p95.has_value());
  EXPECT_EQ(when.sentence, "2026-11-24 00:00 UTC (2026-11-23 00:00 to beyond ten years, 90 %)");
}

TEST(When, WhatIsKnownExactlyHasNoInterval) {
  EXPECT_EQ(when_after(kMidnight, chance::exactly(30)).sentence, "2026-12-22 00:00 UTC");
}

facts::Record running_out(const chance::Estimate& left) {
  facts::Record out;
  out.amounts = {{"days_to_runout", {left, std::string(model::kDaysToRunOut), "", {}, ""}}};
  return out;
}

TEST(WorryRow, TellsWhenItRunsOutFromWhatWasSaidLast) {
  PageWorld world;
  WorryPages pages(world.context());
  facts::Finding finding;
  finding.kind = facts::FindingKind::kRunOut;
  finding.title = "/var is filling";
  world.find("runout/vm/filesystem:/var", finding,
             running_out(days(7 * kMinute, 9 * kMinute, 12 * kMinute)));
  world.clock.advance(minutes(5));
  world.find("runout/vm/filesystem:/var", finding,
             running_out(days(5 * kMinute, 6 * kMinute, 7 * kMinute)));
  const auto page = pages.worries(false);
  ASSERT_TRUE(page && page->worries.size() == 1);
  ASSERT_TRUE(page->worries[0].when.has_value());
  EXPECT_EQ(page->worries[0].when->sentence,
            "2026-11-22 00:11:00 UTC (00:10:00 to 00:12:00, 90 %)");
}

TEST(WorryRow, WhatDoesNotRunOutHasNoDate) {
  PageWorld world;
  WorryPages pages(world.context());
  facts::Finding finding;
  finding.kind = facts::FindingKind::kDrift;
  finding.title = "search listens on tcp:0.0.0.0:8081 and does not declare it";
  world.find("declared/search/tcp:0.0.0.0:8081", finding);
  const auto page = pages.worries(false);
  ASSERT_TRUE(page && page->worries.size() == 1);
  EXPECT_FALSE(page->worries[0].when.has_value());
}

TEST(WorryPages, FindsByTheBeginningOfAnIdAndSaysWhenSeveralBeginSo) {
  PageWorld world;
  WorryPages pages(world.context());
  facts::Finding finding;
  finding.kind = facts::FindingKind::kDrift;
  finding.title = "a difference";
  world.find("drift/vm/one", finding);
  const std::string id = pages.worries(false)->worries.at(0).id;
  const auto found = pages.worry(id.substr(0, 4));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->worry.id, id);
  EXPECT_EQ(pages.worry("ffff0000ffff").error().code, Code::kNotFound);
  EXPECT_EQ(pages.worry(id.substr(0, 3)).error().code, Code::kNotFound);
}

TEST(WorryPages, ADecisionStandsAndWakesTheLoop) {
  PageWorld world;
  WorryPages pages(world.context());
  facts::Finding finding;
  finding.kind = facts::FindingKind::kDrift;
  finding.title = "a difference";
  world.find("drift/vm/one", finding);
  const std::string id = pages.worries(false)->worries.at(0).id;
  api::DecideRequest request;
  request.verdict = model::Verdict::kLeave;
  request.reason = "replaced in May";
  request.until = "2026-11-21";
  EXPECT_EQ(pages.decide(id, request, "ann").error().code, Code::kInvalid);
  EXPECT_EQ(world.woken, 0);
  request.until = "30d";
  const auto page = pages.decide(id, request, "ann");
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->worry.verdict, model::Verdict::kLeave);
  EXPECT_EQ(page->worry.reason, "replaced in May");
  EXPECT_EQ(world.woken, 1);
}

}  // namespace
}  // namespace daytwo::app
