// Investigations among the options of a plan, and risks that are accepted until a day.
#include "decide/plan/investigation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/time.h"
#include "decide/plan/planner.h"
#include "decide/plan/problem.h"
#include "decide/plan/register.h"
#include "decide/plan/say.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::plan {
namespace {

constexpr chance::Seed kSeed{7};

Timestamp now() { return *parse_rfc3339("2026-11-23T00:00:00Z"); }

Register read(const std::string& text) {
  const auto file = model::parse_worry_file(text, "risks.yml");
  EXPECT_TRUE(file) << file.error().to_string();
  auto out = read_register(*file, {}, {1, 0}, {}, kSeed, now());
  EXPECT_TRUE(out) << out.error().to_string();
  return *std::move(out);
}

Plan plan(const std::string& text, const Problem& limits = {}) {
  auto out = make_plan(read(text), limits, kSeed);
  EXPECT_TRUE(out) << out.error().to_string();
  return *std::move(out);
}

// A cure that pays in some worlds only: knowing the loss decides.
std::string file(const std::string& study, const std::string& loss = "$4k to $400k") {
  return "risks: [{id: leak, estimate: \"30% a year, " + loss +
         "\"}]\n"
         "options:\n"
         "  - {id: vault, once: \"$20k\", cuts: {leak: 0.9}}\n" +
         study;
}

TEST(Investigation, IsTakenWhenItDecidesAndIsCheap) {
  const Plan made = plan(file("  - {id: look, once: $100, narrows: {leak: 80%}}\n"));
  ASSERT_EQ(made.studied.size(), 1U);
  EXPECT_TRUE(has(made.chosen, 1)) << names(made.problem, made.chosen);
  EXPECT_GT(made.studied[0].knows, 100);
  EXPECT_GT(made.studied[0].flips, 0.05);
  EXPECT_EQ(made.problem.options[1].kind, "investigation");
  EXPECT_TRUE(why(made, 1).starts_with("find out first: changes the plan in ")) << why(made, 1);
  const std::vector<Remark> below = remarks(made);
  const auto look = std::find_if(below.begin(), below.end(), [](const Remark& remark) {
    return remark.kind == RemarkKind::kLook;
  });
  ASSERT_NE(look, below.end());
  EXPECT_EQ(look->lead, "First look");
  EXPECT_TRUE(look->text.starts_with("look, worth $")) << look->text;
}

TEST(Investigation, IsLeftWhenTheDecisionIsClearAlready) {
  const Plan made =
      plan(file("  - {id: look, once: $100, narrows: {leak: 80%}}\n", "$400k to $500k"));
  EXPECT_EQ(names(made.problem, made.chosen), "vault");
  EXPECT_EQ(made.studied[0].knows, 0);
  EXPECT_EQ(why(made, 1), "changes no plan, whatever it says");
}

TEST(Investigation, TeachesMoreTheMoreItNarrowsAndNeverMoreThanKnowing) {
  double before = 0;
  for (const char* share : {"30%", "60%", "100%"}) {
    const Plan made =
        plan(file("  - {id: look, once: $100, narrows: {leak: " + std::string(share) + "}}\n"));
    EXPECT_GT(made.studied[0].knows, before) << share;
    before = made.studied[0].knows;
  }
  // All of the loss known: the mean of the better of curing and not, world by world.
  const Register reg = read(file(""));
  double knowing = 0;
  for (const double loss : reg.worlds.losses[0]) knowing += std::max(0.0, 0.9 * loss - 20'000);
  knowing = knowing / static_cast<double>(reg.worlds.count) -
            std::max(0.0, 0.9 * reg.shape.causes[0].loss - 20'000);
  EXPECT_NEAR(before, knowing, 0.1 * knowing);
}

TEST(Investigation, PaysForTheTimeThatTheCureWaits) {
  const std::string rest = "narrows: {leak: 80%}, delay: ";
  const Plan soon = plan(file("  - {id: look, once: $100, " + rest + "1 day}\n", "$20k to $900k"));
  const Plan late =
      plan(file("  - {id: look, once: $100, " + rest + "300 days}\n", "$20k to $900k"));
  EXPECT_EQ(soon.studied[0].knows, late.studied[0].knows);
  EXPECT_NEAR(late.studied[0].waiting, 300 * soon.studied[0].waiting,
              1e-6 * late.studied[0].waiting);
  EXPECT_GT(soon.studied[0].waiting, 0);
  EXPECT_FALSE(has(late.chosen, 1)) << names(late.problem, late.chosen);
}

TEST(Investigation, CompetesForDays) {
  const std::string text = file(
      "  - {id: look, days: 3, narrows: {leak: 80%}}\n"
      "  - {id: feature, days: 3, worth: \"$80k to $90k\"}\n");
  EXPECT_TRUE(has(plan(text).chosen, 1));
  Problem limits;
  limits.team_days = {3};
  const Plan made = plan(text, limits);
  EXPECT_EQ(names(made.problem, made.chosen), "vault and feature");
}

TEST(Investigation, TwoOfOneThingAreNotAddedUp) {
  const Plan made =
      plan(file("  - {id: look, once: $100, narrows: {leak: 80%}}\n"
                "  - {id: stare, once: $200, narrows: {leak: 80%}}\n"));
  EXPECT_TRUE(has(made.chosen, 1));
  EXPECT_FALSE(has(made.chosen, 2));
}

TEST(Investigation, OfAnOptionLooksAtWhatItBrings) {
  const Plan made = plan(R"yaml(
risks: [{id: any, estimate: "once in 5 years, $1k to $2k"}]
options:
  - {id: feature, once: "$40k", worth: "$5k to $150k"}
  - {id: try, once: $300, narrows: {feature: 70%}}
)yaml");
  EXPECT_TRUE(has(made.chosen, 1)) << names(made.problem, made.chosen);
  EXPECT_GT(made.studied[0].flips, 0.1);
}

TEST(Accepted, KeepsTheRiskUntilTheDayAndIsNoWorth) {
  const std::string wait = "  - {id: wait, accept: leak, until: 2027-03-01}\n";
  const Plan free = plan(file("", "$400k to $500k"));
  EXPECT_EQ(names(free.problem, free.chosen), "vault");
  const Plan kept = plan(file(wait, "$400k to $500k"));
  EXPECT_EQ(kept.chosen, 0U);
  EXPECT_EQ(kept.outcome.net, 0);
  ASSERT_EQ(kept.accepted.size(), 1U);
  EXPECT_NEAR(kept.accepted[0].days_left, 98, 1e-9);
  EXPECT_NEAR(kept.accepted[0].loss, free.problem.causes[0].loss, 1e-6);
  EXPECT_EQ(why(kept, 0), "'leak' is accepted until 2027-03-01");
  EXPECT_EQ(kept.left[0].at(0).wire, Wire::kDate);
  EXPECT_EQ(tripwire_words(kept, 0), "no sooner: 'leak' is accepted until 2027-03-01");
  EXPECT_TRUE(accepted_words(kept, kept.accepted[0])
                  .starts_with("'leak' is accepted until 2027-03-01 (98 days): $"))
      << accepted_words(kept, kept.accepted[0]);
  const Plan over =
      plan(file("  - {id: wait, accept: leak, until: 2026-11-01}\n", "$400k to $500k"));
  EXPECT_EQ(names(over.problem, over.chosen), "vault") << "the day has passed";
  EXPECT_NE(over.notes.back().find("ended on 2026-11-01: it is weighed again"), std::string::npos);
}

TEST(Accepted, AMustThatActsOnItIsNamed) {
  const Register reg = read(
      "risks: [{id: leak, estimate: \"30% a year, $4k to $400k\"}]\n"
      "options:\n"
      "  - {id: vault, once: \"$20k\", cuts: {leak: 0.9}, must: true}\n"
      "  - {id: wait, accept: leak, until: 2027-03-01}\n");
  const auto made = make_plan(reg, {}, kSeed);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().text,
            "what must be done cannot be: it takes 'vault', and 'leak' is accepted until "
            "2027-03-01");
}

TEST(Investigation, OfOneNumberTeachesLessThanOfTheWholeWorry) {
  const auto knows = [](const std::string& what) {
    const std::string text =
        "risks: [{id: leak, estimate: \"0.1 to 1 a year, $4k to $400k\"}]\n"
        "options: [{id: vault, once: \"$20k\", cuts: {leak: 40% to 90%}}]\n"
        "studies: [{id: look, once: $100, narrows: {" +
        what + "}}]\n";
    const Register reg = read(text);
    EXPECT_TRUE(reg.notes.empty()) << reg.notes.front();
    EXPECT_EQ(reg.investigations.size(), 1U);
    return plan(text).studied.at(0).knows;
  };
  const double whole = knows("leak: 100%");
  EXPECT_GT(knows("leak.events: 100%"), 0);
  EXPECT_LT(knows("leak.events: 100%"), whole);
  EXPECT_LT(knows("leak.size: 100%"), whole);
  EXPECT_LT(knows("leak.size: within $900k"), knows("leak.size: within $10k"));
  EXPECT_LT(knows("leak.size: test 70/70"), knows("leak.size: test 99/99"));
  EXPECT_LT(knows("leak: 1 year"), knows("leak: 20 years"));
  EXPECT_EQ(knows("leak: 20 years"), knows("leak.events: 20 years"));
  EXPECT_LE(knows("vault.cuts.leak: 100%"), knows("vault: 100%"));
}

TEST(Investigation, OfWhatThePlanDoesNotTellApartIsSaid) {
  const Register reg = read(
      "quantities: {key: $20 to $40}\n"
      "risks: [{id: leak, frequency: 30% a year, loss: {fine: $4k to $400k, churn: 300 * key}}]\n"
      "options: [{id: vault, once: \"$20k\", cuts: {leak: 0.9}}]\n"
      "studies:\n"
      "  - {id: look, once: $100, narrows: {leak.fine: by half, key: by half}}\n"
      "  - {id: logs, once: $100, narrows: {leak: 3 years}}\n");
  std::string all;
  for (const std::string& note : reg.notes) all += note + "\n";
  EXPECT_NE(all.find("'leak.fine' of 'look' is not counted here"), std::string::npos) << all;
  EXPECT_NE(all.find("'key' of 'look' is not counted here"), std::string::npos) << all;
  EXPECT_NE(all.find("'leak' of 'logs' is not counted: '3 years': expected more years of logs "
                     "about a rate that was said as a range"),
            std::string::npos)
      << all;
}

TEST(Investigation, IsRefusedAtItsPlace) {
  const auto refusal = [](const std::string& option) {
    const auto read =
        model::parse_worry_file(file("  - {id: look, " + option + "}\n"), "risks.yml");
    EXPECT_FALSE(read) << option;
    return read ? "" : read.error().to_string();
  };
  const auto refused = [&](const std::string& option, const std::string& words) {
    const std::string said = refusal(option);
    EXPECT_NE(said.find(words), std::string::npos) << said;
    EXPECT_NE(said.find("risks.yml:4:"), std::string::npos) << said;
  };
  refused("kind: investigation, days: 2", "an investigation says what it narrows");
  refused("narrows: {leek: 50%}", "no worry, cause or option 'leek' to narrow");
  refused("narrows: {look: 50%}", "no worry, cause or option 'look' to narrow");
  refused("narrows: {leak: 150%}", "a share lies between 0 and 1");
  refused("narrows: {leak: 50%}, worth: $5k", "either narrows what is not known, or acts");
  refused("days: 2, delay: 3 days", "only what narrows something has a delay");
  refused("accept: leek, until: 2027-03-01", "no worry 'leek' is declared to accept");
  refused("accept: leak, until: soon", "'soon' is no day");
  refused("accept: leak", "until");
}

}  // namespace
}  // namespace daytwo::decide::plan
