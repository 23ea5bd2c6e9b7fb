#include "app/pages/waste_view.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/pages/world_for_tests.h"
#include "base/nanos.h"
#include "model/sentence.h"

namespace daytwo::app {
namespace {

constexpr Timestamp kOctober{1'790'812'800'000};  // 2026-10-01

// A catalog with search, a bill, and things that are idle by hand.
struct WasteWorld : PageWorld {
  WasteWorld() { declare("service: search\n---\nservice: staging\n"); }

  void bill(const std::string& resource, double a_day,
            facts::CostKind kind = facts::CostKind::kUsage, const std::string& currency = "USD") {
    facts::CostSeen cost;
    cost.resource = resource;
    cost.kind = kind;
    cost.currency = currency;
    cost.month = kOctober;
    for (std::int64_t day = 1; day <= 31; ++day) {
      const auto nanos = static_cast<std::int64_t>(std::llround(a_day * kNanosInOne));
      cost.days.push_back({day, 1, nanos, nanos});
    }
    see("cost/" + resource + currency + std::to_string(static_cast<int>(kind)), std::move(cost));
  }

  api::WastePage page(std::vector<orient::Idle> idle = {}, const std::string& restore = "") {
    const facts::Snapshot snapshot = journal.snapshot();
    const orient::RunningNames names({snapshot, samples, config->catalog, clock.wall()});
    WasteFacts facts{{std::move(idle), {}, 3, days(30)},
                     decide::waste::running_costs(snapshot),
                     names,
                     {},
                     {},
                     days(7),
                     clock.wall(),
                     chance::Seed{5}};
    if (!restore.empty()) facts.restore = *model::parse_quantity(restore);
    api::WastePage out;
    fill_waste(out, facts);
    out.invoices = invoices_of(snapshot, facts);
    return out;
  }

  // A service without use for so many days.
  orient::Idle idle(const std::string& name, int idle_days) {
    orient::Idle out;
    out.name = name;
    out.host = "vm";
    out.since = clock.wall() - days(idle_days);
    return out;
  }
};

TEST(WastePage, WithoutABillThereIsNoMoney) {
  WasteWorld world;
  const api::WastePage page = world.page({world.idle("staging", 30)});
  ASSERT_EQ(page.rows.size(), 1U);
  EXPECT_FALSE(page.rows[0].saving.has_value());
  EXPECT_TRUE(page.savings.empty());
  EXPECT_EQ(page.sentence, "1 thing can be cleaned up: what that saves is not known");
  EXPECT_NE(page.teach.find("daytwo import cost"), std::string::npos);
  EXPECT_EQ(page.rows[0].sentence,
            "staging: no use seen for 30d, still needed with a chance of 20 %; next: notice: tell "
            "everyone, since nobody is declared as its owner that staging stops on 2026-12-06");
}

TEST(WastePage, ResourcesThatNameWhatIsIdleAreItsSaving) {
  WasteWorld world;
  world.bill("vm-staging-1", 10);
  world.bill("db-staging", 5);
  world.bill("vm-search", 100);
  world.bill("disk-77", 1);
  const api::WastePage page = world.page({world.idle("staging", 30)});
  ASSERT_EQ(page.rows.size(), 2U);
  EXPECT_EQ(page.rows[0].name, "staging");
  EXPECT_EQ(page.rows[0].resources, (std::vector<std::string>{"vm-staging-1", "db-staging"}));
  EXPECT_NEAR(page.rows[0].saving->p50, 15 * 30.4375, 1e-6);
  EXPECT_EQ(page.rows[1].name, "disk-77");
  EXPECT_EQ(page.rows[1].kind, api::WasteKind::kResource);
  EXPECT_GT(page.rows[1].needed->mean, .5);
  // 365 saved with chance .8, 30 with less than a half.
  ASSERT_EQ(page.savings.size(), 1U);
  EXPECT_NEAR(page.savings[0].mean, .8 * 15 * 30.4375 + .45 * 30.4375, 25);
  EXPECT_EQ(page.savings[0].window, "a month");
}

TEST(WastePage, ItsPartsAddUpToTheInvoice) {
  WasteWorld world;
  world.bill("vm-staging-1", .1);
  world.bill("vm-search", 1.0 / 3);
  world.bill("disk-77", .7);
  world.bill("", .19, facts::CostKind::kTax);
  world.bill("", -.05, facts::CostKind::kCredit);
  world.bill("", .3, facts::CostKind::kUnused);
  const api::WastePage page = world.page({world.idle("staging", 30)});
  ASSERT_EQ(page.invoices.size(), 1U);
  std::vector<std::string> whats;
  double sum = 0;
  for (const api::InvoicePart& part : page.invoices[0].parts) {
    whats.push_back(part.what);
    sum += part.billed;
  }
  EXPECT_EQ(whats,
            (std::vector<std::string>{"what runs here and is used", "what runs here and is idle",
                                      "what names nothing that runs here", "unused commitments",
                                      "tax", "credits"}));
  EXPECT_NEAR(sum, page.invoices[0].billed, 1e-9);
  EXPECT_NEAR(page.invoices[0].parts[1].billed, 3.1, 1e-12);
}

TEST(WastePage, TwoCurrenciesNeverAdd) {
  WasteWorld world;
  world.bill("a-1", 1);
  world.bill("b-1", 1, facts::CostKind::kUsage, "EUR");
  const api::WastePage page = world.page();
  EXPECT_EQ(page.savings.size(), 2U);
  EXPECT_EQ(page.invoices.size(), 2U);
}

TEST(WastePage, WhatIsDearToPutBackIsKept) {
  WasteWorld world;
  world.bill("vm-staging", .1);
  const api::WastePage cheap = world.page({world.idle("staging", 30)}, "$1 to $2");
  EXPECT_GT(cheap.rows.at(0).worth->mean, 0);
  const api::WastePage dear = world.page({world.idle("staging", 30)}, "$5k to $9k");
  EXPECT_LT(dear.rows.at(0).worth->mean, 0);
  EXPECT_TRUE(dear.rows[0].steps.empty());
  EXPECT_TRUE(dear.savings.empty()) << "what is kept saves nothing";
  EXPECT_NE(dear.rows[0].sentence.find("; keep it: "), std::string::npos);
}

TEST(WastePage, SaysWhatAGoodEventCosts) {
  WasteWorld world;
  world.bill("vm-search", 10);
  const facts::Snapshot snapshot = world.journal.snapshot();
  const orient::RunningNames names(
      {snapshot, world.samples, world.config->catalog, world.clock.wall()});
  api::WastePage page;
  // 10 a day over 15 measured days for 3000 events: a twentieth each.
  fill_waste(page, {{{}, {}, 3, days(30)},
                    decide::waste::running_costs(snapshot),
                    names,
                    {},
                    {},
                    days(7),
                    world.clock.wall(),
                    {},
                    {{"search", "answers", 3000, 15}, {"staging", "answers", 10, 15}}});
  EXPECT_EQ(page.notes.at(0),
            "a good event of search (answers) costs $0.05 (90 %: $0.05 to $0.05): 3000 of them in "
            "15 measured days");
  EXPECT_EQ(page.notes.size(), 2U) << "what has no bill has no unit cost";
}

TEST(WastePage, KeepsTheLargestSavings) {
  WasteWorld world;
  for (std::size_t i = 0; i < kMostWaste + 3; ++i) {
    world.bill("disk-" + std::to_string(i), i < 3 ? 1 : 5);
  }
  const api::WastePage page = world.page();
  EXPECT_EQ(page.rows.size(), kMostWaste);
  EXPECT_EQ(page.notes.at(0),
            "3 more are left out, the smallest savings: $91 a month all together, "
            "needed or not");
}

TEST(WastePage, SaysWhenNothingCanBeSaid) {
  WasteWorld world;
  const facts::Snapshot snapshot = world.journal.snapshot();
  const orient::RunningNames names(
      {snapshot, world.samples, world.config->catalog, world.clock.wall()});
  api::WastePage page;
  fill_waste(page, {{{}, {}, 3, hours(2)}, {}, names, {}, {}, days(7), world.clock.wall(), {}});
  EXPECT_EQ(page.sentence,
            "nothing can be said yet: no bill was imported, and what runs here was not watched for "
            "long enough");
  EXPECT_EQ(page.notes.at(0),
            "nothing here was watched for 7d yet (the longest for 2h): ask again on 2026-11-28, or "
            "with a smaller --idle");
  EXPECT_TRUE(page.rows.empty());
}

}  // namespace
}  // namespace daytwo::app
