#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/pages/decision_pages.h"
#include "app/pages/world_for_tests.h"
#include "facts/written.h"

namespace daytwo::app {
namespace {

constexpr const char* kFile =
    "appetite: {at_most: 5% a year, loss: \"$1M\"}\n"
    "risks:\n"
    "  - {id: lost, title: the provider is lost, estimate: \"30% a year, $100k to $200k\"}\n"
    "  - id: escape\n"
    "    frequency: 5% a year\n"
    "    loss: {response: \"$100k to $2M\", fine: {amount: \"$10k to $90k\", chance: 20%}}\n"
    "    harm: {customers: \"$50k to $3M\"}\n"
    "options:\n"
    "  - {id: second, kind: reliability, once: \"$10k\", cuts: {lost: 60% to 90%}}\n"
    "  - {id: mfa, kind: security, once: \"$20k\", blocks: {escape: 50% to 90%}}\n";

struct RiskWorld : PageWorld {
  DecisionPages pages{context(), [] { return std::vector<orient::ObjectiveStatus>(); }};

  void write(const std::string& yaml) {
    auto read = model::parse_worry_file(yaml, "risks.yml");
    CHECK(read.has_value(), "a file that reads");
    config = std::make_shared<Config>(*config);
    config->written = *std::move(read);
  }
};

TEST(RiskPage, ARegisterIsAYearOfLossWithItsDotsAndItsAppetite) {
  RiskWorld world;
  world.write(kFile);
  const auto page = world.pages.risk({});
  ASSERT_TRUE(page.has_value()) << page.error().to_string();
  ASSERT_EQ(page->risks.size(), 2U);
  EXPECT_EQ(page->currency, "USD");
  ASSERT_EQ(page->own.dots.size(), 20U);
  EXPECT_TRUE(std::is_sorted(page->own.dots.begin(), page->own.dots.end()));
  // Three years in ten lose the provider: the median year loses nothing, the worst dot something.
  EXPECT_EQ(page->own.dots[9], 0);
  EXPECT_GT(page->own.dots[19], 100'000);
  ASSERT_TRUE(page->appetite && page->own.above_appetite);
  EXPECT_EQ(page->appetite->loss, 1e6);
  EXPECT_LT(page->own.above_appetite->value, 0.05);
  ASSERT_TRUE(page->harm.has_value());
  EXPECT_GT(page->harm->mean, 0);
  EXPECT_FALSE(page->after.has_value());
  ASSERT_EQ(page->options.size(), 2U);
  EXPECT_FALSE(page->options[0].in_place);
}

TEST(RiskPage, EveryRiskOpensToWhatWasWritten) {
  RiskWorld world;
  world.write(kFile);
  const auto page = world.pages.risk({});
  ASSERT_TRUE(page.has_value());
  std::string words;
  for (const api::RiskLine& risk : page->risks) {
    words += risk.id + "\n";
    for (const api::RiskInput& input : risk.inputs) words += input.what + ": " + input.text + "\n";
    EXPECT_LT(risk.loss.p05, risk.loss.p95);
    EXPECT_EQ(risk.loss.unit, "USD");
  }
  EXPECT_NE(words.find("estimate: 30% a year, $100k to $200k\n"), std::string::npos) << words;
  EXPECT_NE(words.find("loss: fine: $10k to $90k, with a chance of 20%\n"), std::string::npos)
      << words;
  EXPECT_NE(words.find("harm: customers: $50k to $3M\n"), std::string::npos) << words;
}

TEST(RiskPage, OptionsInPlaceMakeAnAfter) {
  RiskWorld world;
  world.write(kFile);
  const auto page = world.pages.risk({"second"});
  ASSERT_TRUE(page && page->after.has_value());
  EXPECT_LT(page->after->mean, page->own.mean);
  EXPECT_TRUE(page->options[0].in_place);
  EXPECT_FALSE(page->options[1].in_place);
  // Without it again: nothing of the last answer stays.
  const auto before = world.pages.risk({});
  ASSERT_TRUE(before.has_value());
  EXPECT_FALSE(before->after.has_value());
  EXPECT_EQ(before->own.mean, page->own.mean);
}

TEST(RiskPage, AnOptionThatNobodyDeclaredIsNamedWithItsNeighbour) {
  RiskWorld world;
  world.write(kFile);
  const auto page = world.pages.risk({"secnd"});
  ASSERT_FALSE(page.has_value());
  EXPECT_EQ(page.error().code, Code::kInvalid);
  EXPECT_NE(page.error().text.find("did you mean 'second'?"), std::string::npos);
}

// The YAML that the empty page shows is a file that gives a year.
TEST(RiskPage, WhatItTeachesWorks) {
  RiskWorld world;
  const auto none = world.pages.risk({});
  ASSERT_TRUE(none.has_value());
  EXPECT_TRUE(none->risks.empty());
  world.write(none->teach.substr(none->teach.find("appetite:")));
  const auto unpriced = world.pages.risk({});
  ASSERT_TRUE(unpriced.has_value()) << unpriced.error().to_string();
  EXPECT_TRUE(unpriced->risks.empty());
  EXPECT_NE(unpriced->teach.find("an hour of shop down costs"), std::string::npos);
  auto stake =
      facts::stated_stake("an hour of shop down costs $2k to $20k", "ann", world.clock.wall());
  ASSERT_TRUE(stake && world.journal.append({std::move(*stake)}));
  const auto page = world.pages.risk({});
  ASSERT_TRUE(page.has_value()) << page.error().to_string();
  EXPECT_EQ(page->risks.size(), 2U);
}

}  // namespace
}  // namespace daytwo::app
