#include "decide/waste/running.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/nanos.h"
#include "facts/memory_journal.h"

namespace daytwo::decide::waste {
namespace {

constexpr Timestamp kOctober{1'790'812'800'000};    // 2026-10-01
constexpr Timestamp kSeptember{1'788'220'800'000};  // 2026-09-01

struct World {
  facts::MemoryJournal journal;

  void add(const std::string& resource, Timestamp month, std::vector<facts::CostDay> days,
           facts::CostKind kind = facts::CostKind::kUsage) {
    facts::CostSeen cost;
    cost.resource = resource;
    cost.commitment = kind == facts::CostKind::kUnused ? "plan-1" : "";
    cost.kind = kind;
    cost.currency = "USD";
    cost.month = month;
    facts::Record record;
    record.ts = month;
    record.key = WorryKey("cost/" + resource + std::to_string(month.ms) +
                          std::to_string(static_cast<int>(kind)));
    cost.days = std::move(days);
    record.body = facts::Sighting{std::move(cost)};
    ASSERT_TRUE(journal.append({std::move(record)}));
  }
};

std::vector<facts::CostDay> daily(int from, int to, double price) {
  std::vector<facts::CostDay> out;
  for (int day = from; day <= to; ++day) {
    out.push_back({day, 1, 0, static_cast<std::int64_t>(price * kNanosInOne)});
  }
  return out;
}

TEST(RunningCosts, APriceThatNeverMovesIsKnown) {
  World world;
  world.add("vm", kOctober, daily(1, 31, 2));
  const auto got = running_costs(world.journal.snapshot());
  ASSERT_EQ(got.size(), 1U);
  EXPECT_NEAR(got[0].month.mean, 60.875, 1e-9);  // 2 x 30.4375
  EXPECT_NEAR(got[0].month.spread, 0, 1e-6);
  EXPECT_EQ(got[0].month.periods, 31U);
}

TEST(RunningCosts, ScatterWidensTheInterval) {
  World world;
  // 1 and 3 in turn over 30 days: m = 2, s^2 = 30/29.
  std::vector<facts::CostDay> days;
  for (int day = 1; day <= 30; ++day) {
    days.push_back({day, 1, 0, (day % 2 == 0 ? 3 : 1) * kNanosInOne});
  }
  world.add("vm", kSeptember, days);
  const auto got = running_costs(world.journal.snapshot());
  const double q = 30.4375;
  EXPECT_NEAR(got.at(0).month.mean, 2 * q, 1e-9);
  EXPECT_NEAR(got.at(0).month.spread, std::sqrt(30.0 / 29 * (q + q * q / 30)), 1e-9);
  const model::Amount amount = got[0].month.amount("USD", kOctober);
  EXPECT_NEAR(amount.estimate.p95 - amount.estimate.p50, 1.644854 * got[0].month.spread, 1e-5);
  EXPECT_EQ(amount.window, "a month");
}

TEST(RunningCosts, WhatEndedIsLeftOut) {
  World world;
  world.add("gone", kOctober, daily(1, 20, 5));
  world.add("here", kOctober, daily(1, 31, 1));
  world.add("free", kOctober, daily(1, 31, 0));
  const auto got = running_costs(world.journal.snapshot());
  ASSERT_EQ(got.size(), 1U);
  EXPECT_EQ(got[0].name(), "here");
}

TEST(RunningCosts, MonthsThatAChargeCoversAreItsPeriods) {
  World world;
  world.add("seats", kSeptember, {{1, 30, 0, 90 * kNanosInOne}});
  world.add("seats", kOctober, {{1, 31, 0, 93 * kNanosInOne}});
  const auto got = running_costs(world.journal.snapshot());
  ASSERT_EQ(got.size(), 1U);
  EXPECT_EQ(got[0].month.periods, 2U);
  EXPECT_NEAR(got[0].month.mean, 3 * 30.4375, 1e-9);
  EXPECT_EQ(got[0].cost->month, kOctober);
}

TEST(RunningCosts, OneDayOfUseInAMonthIsNotEveryDay) {
  World world;
  world.add("daily", kOctober, daily(1, 31, 1));
  // Once on the first, and on the last day.
  world.add("seldom", kOctober, {{1, 1, 0, kNanosInOne}, {31, 1, 0, kNanosInOne}});
  const auto got = running_costs(world.journal.snapshot());
  ASSERT_EQ(got.size(), 2U);
  EXPECT_EQ(got[1].name(), "seldom");
  EXPECT_NEAR(got[1].month.mean, 2 * 30.4375 / 31, 1e-9);
  EXPECT_GT(got[1].month.spread, 1);
}

TEST(RunningCosts, UnusedCommitmentStandsApartFromUse) {
  World world;
  world.add("vm", kOctober, daily(1, 31, 3));
  world.add("vm", kOctober, daily(1, 31, 1), facts::CostKind::kUnused);
  world.add("vm", kOctober, daily(1, 31, 9), facts::CostKind::kTax);
  const auto got = running_costs(world.journal.snapshot());
  ASSERT_EQ(got.size(), 2U);
  EXPECT_EQ(got[0].name(), "vm");
  EXPECT_EQ(got[1].name(), "commitment plan-1");
}

TEST(Price, TwoAddAsIfTheyWereIndependent) {
  const Price sum = Price{10, 3, 5}.plus({20, 4, 7});
  EXPECT_EQ(sum.mean, 30);
  EXPECT_EQ(sum.spread, 5);
}

}  // namespace
}  // namespace daytwo::decide::waste
