#include "model/service.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "model/objective.h"

namespace daytwo::model {
namespace {

Result<Catalog> load(std::string text) {
  const std::array<CatalogFile, 1> files = {CatalogFile{"shop.yml", std::move(text)}};
  return load_catalog(files);
}

std::string problems_of(std::string text) {
  const auto catalog = load(std::move(text));
  return catalog ? "accepted" : catalog.error().to_string();
}

TEST(Catalog, ReadsEveryPartOfAService) {
  const auto catalog = load(R"(
service: checkout
does: takes orders
owner: {team: shop, page: shop-oncall, access: [k8s:shop]}
runs: [/usr/bin/shop-checkout]
probes: ["http://127.0.0.1:9431/"]
listens: [8080, "127.0.0.1:9431", "udp:[::1]:53"]
depends: [payments, {on: [db-a, db-b], need: 1}, {on: search, share: 0.3, critical: false}]
flows: [{name: orders, received: a_total, processed: b_total, dropped: c_total}]
capacity: [{used: 'pg_size', limit: 'pg_limit', lead_time: 14d}]
slos:
  - {name: avail, bad: 'x_total{code=~"5.."}', total: x_total, target: 99.9, window: 30d}
  - {name: up, probe: probe_success, target: 99.5, window: 28d}
  - {name: processed, flow: orders, target: 99.99}
stakes: ["an hour of checkout down costs $2k to $120k"]
---
service: payments
---
service: search
---
service: db-a
---
service: db-b
)");
  ASSERT_TRUE(catalog.has_value()) << catalog.error().to_string();
  const Service* checkout = catalog->find(ServiceId("checkout"));
  ASSERT_NE(checkout, nullptr);
  EXPECT_EQ(checkout->owner->team, OwnerId("shop"));
  ASSERT_EQ(checkout->listens.size(), 3U);
  EXPECT_EQ(checkout->listens[1].address, "127.0.0.1");
  EXPECT_EQ(checkout->listens[2].protocol, "udp");
  EXPECT_EQ(checkout->listens[2].address, "::1");
  EXPECT_EQ(checkout->depends[1].on.size(), 2U);
  EXPECT_DOUBLE_EQ(checkout->depends[2].share, 0.3);
  EXPECT_EQ(checkout->objectives[0].target_ppb, 999'000'000);
  EXPECT_EQ(checkout->objectives[1].kind, ObjectiveKind::kProbe);
  EXPECT_EQ(checkout->objectives[2].window, days(30));
  ASSERT_EQ(checkout->stakes.size(), 1U);
  EXPECT_EQ(checkout->stakes[0].text, "an hour of checkout down costs $2k to $120k");
  EXPECT_EQ(catalog->running("shop-checkout.service"), checkout);
  EXPECT_EQ(catalog->running("/usr/bin/shop-checkout"), checkout);
  EXPECT_EQ(catalog->running("nginx"), nullptr);
  EXPECT_EQ(catalog->listening("tcp", 9431), checkout);
  EXPECT_EQ(catalog->probed("http://127.0.0.1:9431/"), checkout);
}

TEST(Catalog, NamesEveryMistakeWithItsPlace) {
  const std::string text = problems_of(R"(service: checkout
owner: {team: shop, acces: []}
listens: [http]
depends: [paymnts]
slos:
  - {name: a, total: x_total, target: 100}
---
service: payments
)");
  EXPECT_NE(text.find("shop.yml:2:21: unknown key 'acces'"), std::string::npos) << text;
  EXPECT_NE(text.find("did you mean 'access'?"), std::string::npos) << text;
  EXPECT_NE(text.find("'http' is no listener"), std::string::npos) << text;
  EXPECT_NE(text.find("counts in exactly one way"), std::string::npos) << text;
  EXPECT_NE(text.find("did you mean 99.99?"), std::string::npos) << text;
  EXPECT_NE(text.find("shop.yml:4:11: checkout depends on 'paymnts'"), std::string::npos) << text;
  EXPECT_NE(text.find("did you mean 'payments'?"), std::string::npos) << text;
}

TEST(Catalog, TakesStakesOfTheServiceAndOfNoOther) {
  EXPECT_NE(problems_of("service: a\nstakes: [an hour down costs $2k]\n").find("not of a"),
            std::string::npos);
  EXPECT_NE(problems_of("service: a\nstakes: {per_hour_down: $2k}\n").find(":2:9: found a map"),
            std::string::npos);
  EXPECT_NE(problems_of("service: a\nstakes: [an hour of a down costs 2k]\n").find("2:34: a stake"),
            std::string::npos);
  EXPECT_NE(problems_of("service: a\ndepends: [{on: a}]\n").find("2:16: a depends on itself"),
            std::string::npos);
}

TEST(Catalog, ToldNoMapItAsksForNoKeys) {
  EXPECT_EQ(problems_of("- service: a\n"),
            "shop.yml:1:1: found a list\n  - service: a\n  ^\n  expected a map of keys and values");
}

TEST(Catalog, RefusesAServiceTwiceAndARuleThatCannotFire) {
  EXPECT_NE(problems_of("service: a\n---\nservice: a\n").find("declared in shop.yml too"),
            std::string::npos);
  const std::string rule = problems_of(
      "service: a\nslos:\n  - name: x\n    probe: p\n    target: 90\n    windows: "
      "[{severity: page, short: 5m, long: 1h, factor: 14.4}]\n");
  EXPECT_NE(rule.find("cannot fire"), std::string::npos) << rule;
  EXPECT_NE(rule.find("a factor below 10"), std::string::npos) << rule;
}

TEST(Catalog, TheExampleShopLoads) {
  std::vector<CatalogFile> files;
  for (const auto& entry : std::filesystem::directory_iterator("examples/shop")) {
    if (entry.path().extension() != ".yml") continue;
    std::ifstream in(entry.path());
    std::stringstream text;
    text << in.rdbuf();
    files.push_back({entry.path().string(), text.str()});
  }
  ASSERT_GE(files.size(), 5U) << "run from the source folder";
  const auto catalog = load_catalog(files);
  ASSERT_TRUE(catalog.has_value()) << catalog.error().to_string();
  const Service* orders = catalog->find(ServiceId("orders"));
  ASSERT_NE(orders, nullptr);
  ASSERT_EQ(orders->flows.size(), 1U);
  EXPECT_EQ(orders->flows[0].service, ServiceId("orders"));
}

TEST(Target, IsExactInPartsPerBillion) {
  EXPECT_EQ(parse_target("99.9").value(), 999'000'000);
  EXPECT_EQ(parse_target("99.9999999").value(), 999'999'999);
  EXPECT_EQ(parse_target("5").value(), 50'000'000);
  for (const char* wrong : {"100", "0", "101", "-1", "99.99999999", "99,9", "", ".5", "99."}) {
    EXPECT_FALSE(parse_target(wrong).has_value()) << wrong;
  }
  for (const char* words : {"99.9", "99.95", "5", "99.9999999"}) {
    EXPECT_EQ(target_words(*parse_target(words)), words);
  }
}

TEST(Budget, DefaultRulesAreTheWorkbooks) {
  const auto rules = default_rules(days(30));
  ASSERT_EQ(rules.size(), 4U);
  EXPECT_NEAR(rules[0].factor, 14.4, 1e-12);
  EXPECT_NEAR(rules[1].factor, 6, 1e-12);
  EXPECT_NEAR(rules[2].factor, 3, 1e-12);
  EXPECT_NEAR(rules[3].factor, 1, 1e-12);
  EXPECT_NEAR(default_rules(days(28))[0].factor, 13.44, 1e-12);
}

TEST(Budget, SilenceIsNotSuccess) {
  EXPECT_EQ(burn_of({0, 0, 1}, 999'000'000).error().code, Code::kNotFound);
  EXPECT_FALSE(burns_faster({0, 0, 1}, 999'000'000, 0));
  EXPECT_DOUBLE_EQ(*burn_of({1, 1000, 1}, 999'000'000), 1);
  EXPECT_NEAR(*budget_left({1, 2000, 1}, 999'000'000), .5, 1e-12);
}

}  // namespace
}  // namespace daytwo::model
