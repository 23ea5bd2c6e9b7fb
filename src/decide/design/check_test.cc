// Check: promises against what they rest on, and what a design lacks.
#include "decide/design/check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "chance/seed.h"
#include "decide/design/design.h"
#include "decide/design/feasibility.h"
#include "model/service.h"
#include "model/stakes.h"

namespace daytwo::decide::design {
namespace {

const chance::Seed kSeed = chance::derive(chance::Seed{}, "design");

std::string slo(const std::string& target) {
  return "slos: [{name: availability, bad: errors_total, total: all_total, target: " + target +
         "}]\nowner: {team: shop, access: [\"repo:shop\"]}\n";
}

model::Catalog catalog(const std::string& text) {
  const std::vector<model::CatalogFile> files = {{"shop.yml", text}};
  auto out = model::load_catalog(files);
  EXPECT_TRUE(out) << out.error().to_string();
  return *std::move(out);
}

Report check(const std::string& text, const MeasuredOf& measured = {},
             const std::string& stake = "") {
  model::Stakes stakes;
  if (!stake.empty()) stakes.add(*model::parse_stake(stake));
  const model::Catalog services = catalog(text);
  return check_design(services, measured, stakes, kSeed);
}

std::vector<std::string> found(const Report& report) {
  std::vector<std::string> out;
  for (const Finding& each : report.findings) {
    out.push_back(std::string(each.rule->id) + " " + each.service);
  }
  return out;
}

const std::string kPayments = "---\nservice: payments\n" + slo("99.95");

TEST(Design, APromiseBelowWhatItRestsOnIsKeptWithWhatIsLeft) {
  const Report report = check("service: shop\ndepends: [payments]\n" + slo("99.9") + kPayments);
  ASSERT_EQ(report.promises.size(), 2U);
  const Feasibility& shop = report.promises[1];
  EXPECT_EQ(shop.service, "shop");
  EXPECT_EQ(shop.standing, Standing::kKept);
  EXPECT_NEAR(shop.ceiling.availability, 0.9995, 1e-12);
  EXPECT_NEAR(shop.left, 0.5, 1e-9);
  EXPECT_EQ(
      shop.sentence,
      "shop: availability 99.9 % can be kept: payments may take 21.6 min of the 43.2 min that "
      "it allows in 30d, which leaves 21.6 min for shop itself");
  EXPECT_EQ(report.promises[0].sentence,
            "payments: availability 99.95 % hangs on payments alone: 21.6 min in 30d");
  EXPECT_TRUE(report.findings.empty()) << report.findings[0].text;
  EXPECT_EQ(report.sentence(), "all 2 promises can be kept");
}

TEST(Design, APromiseAboveItsWeakestNeedIsInfeasibleWithWhatWouldHelp) {
  const Report report = check("service: shop\ndepends: [payments]\n" + slo("99.99") + kPayments, {},
                              "an hour of shop down costs $1k to $9k");
  const Feasibility& shop = report.promises[1];
  EXPECT_EQ(shop.standing, Standing::kInfeasible);
  EXPECT_NEAR(shop.left, -4, 1e-6);
  ASSERT_FALSE(shop.remedies.empty());
  EXPECT_EQ(shop.remedies[0].words, "payments at 99.995 %");
  EXPECT_NEAR(shop.remedies[0].ceiling, 0.99995, 1e-9);
  ASSERT_TRUE(shop.cost);
  EXPECT_EQ(shop.cost->currency, "USD");
  // 0.05 % of a year is 4.383 hours.
  EXPECT_NEAR(shop.cost->a_year.p05, 4'383, 200);
  EXPECT_NEAR(shop.cost->a_year.p95, 39'447, 2'000);
  EXPECT_EQ(found(report), std::vector<std::string>{"infeasible shop"});
  EXPECT_EQ(report.findings[0].place.line, 3) << "where the promise stands";
  EXPECT_TRUE(report.sentence().starts_with("1 of 2 promises cannot be kept: shop: availability"));
}

TEST(Design, APromiseBetweenApartAndTogetherNeedsOverlap) {
  const std::string shop = "service: shop\ndepends: [payments, stock]\n" + slo("99.93");
  const Report report = check(shop + kPayments + "---\nservice: stock\n" + slo("99.95"));
  const Feasibility& item = report.promises[1];
  ASSERT_EQ(item.service, "shop");
  EXPECT_EQ(item.standing, Standing::kOverlap);
  EXPECT_NEAR(item.overlap, (0.9993 - 0.9995 * 0.9995) / (0.9995 - 0.9995 * 0.9995), 1e-9);
  EXPECT_EQ(found(report), std::vector<std::string>{"needs-overlap shop"});
}

TEST(Design, ATotalIsNotCountedTwiceOverASharedDatabase) {
  const Report report = check(R"yaml(
service: shop
depends: [cart, payments]
slos: [{name: availability, bad: e, total: a, target: 99.8}]
owner: {team: shop, access: [x]}
---
service: cart
depends: [db]
slos: [{name: availability, bad: e, total: a, target: 99.9}]
owner: {team: shop, access: [x]}
---
service: payments
depends: [db]
slos: [{name: availability, bad: e, total: a, target: 99.9}]
owner: {team: shop, access: [x]}
---
service: db
slos: [{name: availability, bad: e, total: a, target: 99.95}]
owner: {team: shop, access: [x]}
)yaml");
  const auto shop = std::find_if(report.promises.begin(), report.promises.end(),
                                 [](const Feasibility& each) { return each.service == "shop"; });
  ASSERT_NE(shop, report.promises.end());
  EXPECT_NEAR(shop->ceiling.availability, 0.999 * 0.999 / 0.9995, 1e-12);
  EXPECT_EQ(found(report), std::vector<std::string>{"one-copy db"});
  EXPECT_EQ(report.findings[0].text, "3 services stop with db: cart, payments, shop");
}

TEST(Design, WhatIsMeasuredGoesBeforeWhatIsPromisedAndHasAnInterval) {
  const auto measured = [](const std::string& service) -> std::optional<Measured> {
    if (service != "payments") return std::nullopt;
    return Measured{100, 100'000, "availability"};
  };
  const Report report =
      check("service: shop\ndepends: [payments]\n" + slo("99.9") + kPayments, measured);
  const Feasibility& shop = report.promises[1];
  EXPECT_EQ(shop.takers[0].source, Source::kMeasured);
  EXPECT_NEAR(shop.ceiling.availability, 0.999, 1e-5);
  // Beta(99900.5, 100.5): a standard deviation of 1e-4.
  EXPECT_NEAR(shop.ceiling.low, 0.999 - 1.68e-4, 2e-5);
  EXPECT_NEAR(shop.ceiling.high, 0.999 + 1.6e-4, 2e-5);
  EXPECT_NEAR(shop.chance, 0.49, 0.06);
}

TEST(Design, CopiesHaveTheIntervalOfWhatTheyShare) {
  const Report report = check(R"yaml(
service: shop
depends: [{on: [db-a, db-b], need: 1, beta: [0.01, 0.05, 0.2]}]
slos: [{name: availability, bad: e, total: a, target: 99.99}]
owner: {team: shop, access: [x]}
---
service: db-a
slos: [{name: availability, bad: e, total: a, target: 99.9}]
owner: {team: shop, access: [x]}
---
service: db-b
slos: [{name: availability, bad: e, total: a, target: 99.9}]
owner: {team: shop, access: [x]}
)yaml");
  const Feasibility& shop = report.promises[2];
  EXPECT_NEAR(1 - shop.ceiling.availability, 0.05 * 0.001 + 0.00095 * 0.00095, 1e-7);
  EXPECT_NEAR(1 - shop.ceiling.low, 0.2 * 0.001, 3e-5);
  EXPECT_NEAR(1 - shop.ceiling.high, 0.01 * 0.001, 3e-6);
  EXPECT_GT(shop.chance, 0.6);
  EXPECT_LT(shop.chance, 0.95);
}

TEST(Design, NamesWhatItIsBlindFor) {
  const Report report = check(R"yaml(
service: shop
depends: [orders]
slos: [{name: availability, bad: e, total: a, target: 99.9}]
---
service: orders
does: a queue of orders
depends: [db]
---
service: db
)yaml");
  EXPECT_EQ(found(report),
            (std::vector<std::string>{"unknown-need shop", "no-owner shop", "unknown-need shop",
                                      "one-ended-queue orders"}));
  EXPECT_EQ(report.promises[0].standing, Standing::kUnknown);
  EXPECT_EQ(report.promises[0].blind, (std::vector<std::string>{"orders", "db"}));
  EXPECT_EQ(report.sentence(), "0 of 1 promises can be kept, of the others nothing is known");
}

TEST(Design, ACircleIsNamedOnce) {
  const Report report = check("service: a\ndepends: [b]\n" + slo("99") +
                              "---\nservice: b\ndepends: [a]\n" + slo("99"));
  ASSERT_EQ(found(report), std::vector<std::string>{"circle a"});
  EXPECT_EQ(report.findings[0].text, "'a' needs 'b', which needs 'a': a circle");
}

TEST(Design, WhereThereIsAWayAroundNothingIsTaken) {
  const Report report = check("service: shop\ndepends: [{on: payments, fallback: true}]\n" +
                              slo("99.99") + kPayments);
  EXPECT_EQ(report.promises[1].standing, Standing::kKept);
  EXPECT_EQ(report.promises[1].left, 1);
}

TEST(Design, SaysWhatToWriteWhereNothingIs) {
  EXPECT_TRUE(check("").sentence().starts_with("no service is declared"));
  EXPECT_TRUE(check("service: shop").sentence().starts_with("1 service, and none promises"));
}

}  // namespace
}  // namespace daytwo::decide::design
