#include "app/pages/paper_pages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "app/pages/world_for_tests.h"
#include "facts/written.h"

namespace daytwo::app {
namespace {

constexpr const char* kFile =
    "risks:\n"
    "  - {id: lost, estimate: \"30% a year, $100k to $200k\"}\n"
    "  - {id: ransom, estimate: \"5% a year, $100k to $2M\"}\n"
    "options:\n"
    "  - {id: second, kind: reliability, once: \"$10k\", days: 5 to 15, team: dev,\n"
    "     cuts: {lost: 60% to 90%}}\n"
    "  - {id: mfa, kind: security, once: \"$20k\", days: 4, team: platform,\n"
    "     blocks: {ransom: 50% to 90%}}\n";

struct PaperWorld : PageWorld {
  PaperPages pages{context()};

  void write(const std::string& yaml) {
    auto read = model::parse_worry_file(yaml, "risks.yml");
    CHECK(read.has_value(), "a file that reads");
    // A reload makes a new configuration.
    config = std::make_shared<Config>(*config);
    config->written = *std::move(read);
  }
};

std::string taken(const api::PlanPage& page) {
  std::string out;
  for (const api::PlanOption& option : page.options) {
    if (option.taken) out += option.name + ' ';
  }
  return out;
}

TEST(CalcPage, AnswersAsTheCommandDoes) {
  PaperWorld world;
  const auto answer = world.pages.calc({"2h to 8h * $12k/h"});
  ASSERT_TRUE(answer && answer->answers.size() == 1);
  EXPECT_EQ(answer->answers[0].unit, "USD");
  EXPECT_EQ(answer->seed.value, kPaperSeed);
  ASSERT_EQ(answer->understood.size(), 1U);
  EXPECT_EQ(answer->understood[0].text, "2h to 8h");
}

TEST(CalcPage, AFaultIsPlaced) {
  PaperWorld world;
  const auto answer = world.pages.calc({"8h to 2h"});
  ASSERT_FALSE(answer.has_value());
  ASSERT_FALSE(answer.error().diagnostics.empty());
  EXPECT_EQ(answer.error().diagnostics[0].column, 1);
}

TEST(PlanPage, WithoutOptionsItTeachesTheFile) {
  PaperWorld world;
  const auto none = world.pages.plan({});
  ASSERT_TRUE(none.has_value());
  EXPECT_NE(none->teach.find("worries: [risks.yml]"), std::string::npos);
  EXPECT_TRUE(none->options.empty());
  world.write("risks:\n  - {id: lost, estimate: \"30% a year, $100k to $200k\"}\n");
  const auto no_option = world.pages.plan({});
  ASSERT_TRUE(no_option.has_value());
  EXPECT_EQ(no_option->sentence, "1 risk is stated but no option: a plan chooses among options.");
  EXPECT_NE(no_option->teach.find("options:"), std::string::npos);
}

// The YAML that an empty page shows is a file that gives a plan.
TEST(PlanPage, WhatItTeachesWorks) {
  PaperWorld world;
  const std::string teach = world.pages.plan({})->teach;
  world.write(teach.substr(teach.find("risks:")));
  auto stake =
      facts::stated_stake("an hour of payments down costs $2k to $20k", "ann", world.clock.wall());
  ASSERT_TRUE(stake && world.journal.append({std::move(*stake)}));
  const auto page = world.pages.plan({});
  ASSERT_TRUE(page.has_value()) << page.error().to_string();
  EXPECT_EQ(page->options.size(), 1U);
}

TEST(PlanPage, TheBudgetBindsAndTheWorldsAreDrawnOnce) {
  PaperWorld world;
  world.write(kFile);
  const auto rich = world.pages.plan({});
  ASSERT_TRUE(rich.has_value()) << rich.error().to_string();
  EXPECT_EQ(rich->budget, std::nullopt);
  EXPECT_EQ(taken(*rich), "second mfa ");
  EXPECT_DOUBLE_EQ(rich->most_cost, 30'000);
  const auto poor = world.pages.plan({"10000", {}, "", ""});
  ASSERT_TRUE(poor.has_value());
  EXPECT_EQ(taken(*poor), "second ");
  EXPECT_EQ(poor->budget, 10'000);
  EXPECT_EQ(taken(*world.pages.plan({"$10k", {"20"}, "", ""})), "second ");
  EXPECT_EQ(taken(*world.pages.plan({"", {"dev=0"}, "", ""})), "mfa ");
  EXPECT_EQ(world.pages.drawn(), 1);
  world.clock.advance(seconds(60));
  ASSERT_TRUE(world.pages.plan({}).has_value());
  EXPECT_EQ(world.pages.drawn(), 1) << "a minute later";
  ASSERT_TRUE(world.pages.plan({"", {}, "3", ""}).has_value());
  EXPECT_EQ(world.pages.drawn(), 2);
}

TEST(PlanPage, AnotherFileOrStakeIsReadAgain) {
  PaperWorld world;
  world.write(kFile);
  ASSERT_TRUE(world.pages.plan({}).has_value());
  world.write(kFile);
  ASSERT_TRUE(world.pages.plan({}).has_value());
  EXPECT_EQ(world.pages.drawn(), 2);
  const auto without = world.pages.plan({})->most_cost;
  auto stake = facts::stated_stake("a person-day costs $600 to $1200", "ann", world.clock.wall());
  ASSERT_TRUE(stake && world.journal.append({std::move(*stake)}));
  EXPECT_GT(world.pages.plan({})->most_cost, without);
  EXPECT_EQ(world.pages.drawn(), 3);
}

TEST(PlanPage, EveryOptionOpensToItsInputs) {
  PaperWorld world;
  world.write(kFile);
  const auto page = world.pages.plan({});
  ASSERT_TRUE(page.has_value());
  const auto mfa = std::find_if(page->options.begin(), page->options.end(),
                                [](const auto& option) { return option.name == "mfa"; });
  ASSERT_NE(mfa, page->options.end());
  std::string words;
  for (const api::PlanInput& input : mfa->inputs) words += input.what + ", ";
  EXPECT_EQ(words, "cost, work included, days, stops ransom, loss by ransom untreated, ");
  EXPECT_NEAR(mfa->inputs[2].p05, .5, .01);
  EXPECT_NEAR(mfa->inputs[2].p95, .9, .01);
}

TEST(PlanPage, ALimitOnTheTailIsHeldAndTheYearsAreDrawnOnce) {
  PaperWorld world;
  world.write(kFile);
  const auto free = world.pages.plan({});
  ASSERT_TRUE(free.has_value());
  EXPECT_FALSE(free->tail.has_value());
  const auto limited = world.pages.plan({.tail = "$5M at 95%"});
  ASSERT_TRUE(limited.has_value()) << limited.error().to_string();
  ASSERT_TRUE(limited->tail.has_value());
  EXPECT_EQ(limited->tail->limit, 5e6);
  EXPECT_NEAR(limited->tail->level, 0.95, 1e-12);
  EXPECT_LT(limited->tail->tail, limited->tail->nothing);
  EXPECT_GT(limited->tail->tail, limited->tail->at_risk);
  EXPECT_EQ(limited->gap, 0);
  EXPECT_EQ(world.pages.drawn(), 1);
  const auto hard = world.pages.plan({.tail = "$1k at 95%"});
  ASSERT_FALSE(hard.has_value());
  EXPECT_NE(hard.error().text.find("the least that can be reached"), std::string::npos)
      << hard.error().text;
}

TEST(PlanPage, AWrongLimitIsNamed) {
  PaperWorld world;
  world.write(kFile);
  const auto error = [&](const api::PlanQuery& query) {
    const auto page = world.pages.plan(query);
    return page ? std::string("none") : page.error().text;
  };
  EXPECT_EQ(error({"EUR 5k", {}, "", ""}),
            "budget 'EUR 5k': expected an amount in USD, as the register");
  EXPECT_EQ(error({"much", {}, "", ""}),
            "budget 'much': expected one amount of money such as $100k");
  EXPECT_EQ(error({"", {"platfrm=3"}, "", ""}),
            "days 'platfrm=3': expected TEAM=DAYS of a team of the register (did you mean "
            "'platform'?)");
  EXPECT_EQ(error({.tail = "EUR 5k at 99%"}),
            "the limit on the tail is in EUR, the register in USD");
  EXPECT_EQ(error({"", {}, "0", ""}), "years '0': expected more than 0, at most 50");
  EXPECT_EQ(error({"", {}, "", "150%"}), "discount '150%': expected a share a year such as 8%");
}

TEST(PlanPage, AMissingStakeIsAskedFor) {
  PaperWorld world;
  world.write(
      "risks:\n  - {id: lost, service: payments, estimate: \"30% a year that payments is down, 2h "
      "to 8h\"}\noptions:\n  - {id: second, once: \"$10k\", cuts: {lost: 60% to 90%}}\n");
  const auto page = world.pages.plan({});
  ASSERT_TRUE(page.has_value()) << page.error().to_string();
  EXPECT_TRUE(page->options.empty());
  EXPECT_NE(page->sentence.find("nobody has said what they are worth"), std::string::npos);
  EXPECT_NE(page->teach.find("stakes:"), std::string::npos);
}

}  // namespace
}  // namespace daytwo::app
