// The curve of nines, from files to the sentence.
#include "decide/nines/curve.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>

#include "chance/availability.h"
#include "decide/nines/reading.h"
#include "model/service.h"
#include "model/worry_file.h"

namespace daytwo::decide::nines {
namespace {

constexpr chance::Seed kSeed{11};
constexpr Timestamp kNow{1'795'000'000'000};

const std::string kCatalog = R"yaml(
service: shop
depends: [payments]
contracts:
  - {with: sellers, promise: 99.9, per_year: "$1M", tiers: [{below: 99.9, credit: 10},
     {below: 99, credit: 30}]}
---
service: payments
)yaml";

const std::string kRisks = R"yaml(
risks:
  - {id: deploy, estimate: "6 to 10 a year that shop is down, 30m to 4h", service: shop}
  - {id: provider, estimate: "10% a year that payments is down, 4h to 24h", service: payments}
  - {id: leak, estimate: "5% a year, $200k to $2M"}
options:
  - {id: canary, kind: reliability, once: "$9k", blocks: {deploy: 60%}}
  - {id: review, kind: reliability, per_year: "$2k", blocks: {deploy: 30%}, requires: [canary]}
  - {id: mfa, kind: security, once: "$4k", cuts: {leak: 50%}}
)yaml";

struct World {
  model::Catalog catalog;
  model::WorryFile written;
  model::Stakes stakes;
  History history;
  std::optional<Measured> shop;
  std::optional<Measured> payments;

  explicit World(const std::string& hour = "$2k to $20k", const std::string& risks = kRisks) {
    const model::CatalogFile files[] = {{"shop.yml", kCatalog}};
    auto loaded = model::load_catalog(files);
    EXPECT_TRUE(loaded) << loaded.error().to_string();
    catalog = *std::move(loaded);
    auto file = model::parse_worry_file(risks, "risks.yml");
    EXPECT_TRUE(file) << file.error().to_string();
    written = *std::move(file);
    if (!hour.empty()) stakes.add(*model::parse_stake("an hour of shop down costs " + hour));
  }

  [[nodiscard]] Result<Question> ask(const std::string& service = "shop") const {
    return question_of(
        service,
        {catalog,
         written,
         stakes,
         [this](const std::string& name) { return name == "shop" ? shop : payments; },
         history,
         {1, 0},
         kNow},
        kSeed);
  }
  [[nodiscard]] std::pair<Question, Curve> draw() const {
    auto question = ask();
    EXPECT_TRUE(question) << question.error().to_string();
    auto curve = draw_curve(*question, 5, kSeed);
    EXPECT_TRUE(curve) << curve.error().to_string();
    return {*std::move(question), *std::move(curve)};
  }
};

TEST(Nines, CurveHasWhatEachLevelCostsAndSaves) {
  const auto [question, curve] = World().draw();
  const Step& now = curve.steps[curve.now];
  // 8 outages of 1.7 h, and a tenth of one of 11 h through payments.
  EXPECT_NEAR(now.hours, 14.6, 1.5);
  EXPECT_EQ(now.reach, Reach::kNow);
  ASSERT_TRUE(curve.next.has_value());
  const Step& next = curve.steps[*curve.next];
  EXPECT_EQ(next.reach, Reach::kOptions);
  EXPECT_EQ(why(question, curve, next), "canary");
  EXPECT_NEAR(next.spend.mean, 9'000, 1);
  EXPECT_GT(curve.saves.mean, next.spend.mean);
  EXPECT_GT(curve.chance_pays, 0.5);
  EXPECT_EQ(question.levers.options.size(), 2U) << "an option against a leak moves no nine";
  for (std::size_t i = 1; i < curve.steps.size(); ++i) {
    EXPECT_GT(curve.steps[i].nines, curve.steps[i - 1].nines);
    EXPECT_LE(curve.steps[i].loss.mean, curve.steps[i - 1].loss.mean * (1 + 1e-9));
    EXPECT_LE(curve.steps[i].owed.mean, curve.steps[i - 1].owed.mean * (1 + 1e-9) + 1e-6);
  }
}

TEST(Nines, SaysWhatIncidentsTaughtOfHowOftenAndHowLong) {
  World world("$2k to $20k", R"yaml(
risks:
  - {id: deploy, estimate: "6 to 10 a year that shop is down, 30m to 4h", service: shop}
  - {id: dark, service: shop, title: shop is down, frequency: once in 2 years, duration: 1h to 2h,
     loss: {revenue: duration}}
)yaml");
  const auto before = world.ask();
  world.history.since = kNow - days(730);
  world.history.incidents = {{"shop", "shop down", world.history.since, 40}};
  const auto after = world.ask();
  ASSERT_TRUE(before && after);
  const auto notes_of = [](const Question& question) {
    std::string out;
    for (const std::string& note : question.notes) out += note + "\n";
    return out;
  };
  for (const char* worry : {"'deploy'", "'dark'"}) {
    for (const char* said : {": how often is stated", ": how long one event takes is stated"}) {
      EXPECT_NE(notes_of(*after).find(std::string(worry) + said), std::string::npos)
          << worry << said << "\n"
          << notes_of(*after);
    }
  }
  EXPECT_EQ(notes_of(*before).find("is stated"), std::string::npos) << notes_of(*before);
}

TEST(Nines, WhatNeedsAnotherIsPaidWithIt) {
  World world("$2k to $20k", std::string(kRisks) + R"yaml(
  - {id: rollback, kind: reliability, per_year: "$2k", cuts: {deploy: 80%}, requires: [canary]}
)yaml");
  const auto [question, curve] = world.draw();
  bool found = false;
  for (const Step& step : curve.steps) {
    const std::string with = why(question, curve, step);
    EXPECT_NE(with, "rollback");
    if (with != "canary, rollback") continue;
    found = true;
    EXPECT_NEAR(step.spend.mean, 11'000, 1);
  }
  EXPECT_TRUE(found);
}

TEST(Nines, WhatIsNeededBoundsWhatCanBePromised) {
  World world;
  world.payments = Measured{0.999, 90, "payments/availability"};
  const auto [question, curve] = world.draw();
  ASSERT_EQ(question.needs.size(), 1U);
  // Its measured hours, and the rare outage that 90 days would not have shown.
  EXPECT_LT(curve.ceiling, 0.999);
  const auto impossible = std::ranges::find(curve.steps, Reach::kImpossible, &Step::reach);
  ASSERT_NE(impossible, curve.steps.end());
  EXPECT_NEAR(impossible->nines, 3, 1e-9);
  const std::string text = sentence(question, curve);
  EXPECT_NE(text.find("from 3.00 nines on nothing listed helps: shop needs payments ("),
            std::string::npos)
      << text;
  ASSERT_EQ(curve.promises.size(), 1U);
  EXPECT_FALSE(curve.promises[0].possible);
  EXPECT_FALSE(curve.promises[0].kept);
  // An option that helps payments raises the ceiling, and takes the rare outage off it.
  World helped("$2k to $20k", std::string(kRisks) + R"yaml(
  - {id: second, kind: reliability, once: "$40k", cuts: {provider: 100%}}
)yaml");
  helped.payments = world.payments;
  const auto [other, higher] = helped.draw();
  EXPECT_NEAR(higher.ceiling, 0.999, 1e-6);
  EXPECT_LT(other.needs[0].availability, other.needs[0].best);
}

TEST(Nines, WhatWasMeasuredIsSharedByTheFrequentAndTheRareIsAdded) {
  World world;
  world.shop = Measured{0.9995, 60, "shop/availability"};
  const auto [question, curve] = world.draw();
  ASSERT_EQ(question.parts.size(), 2U);
  const double deploy = question.levers.causes[0].loss;
  EXPECT_NEAR(deploy, 0.0005 * 8766, 0.1) << "eight a year: sixty days would have shown one";
  EXPECT_NEAR(question.levers.causes[1].loss, 1.2, 0.3) << "one in ten years: not in the window";
  world.shop = Measured{1, 60, "shop/availability"};
  EXPECT_EQ(world.draw().first.parts.size(), 1U);
}

TEST(Nines, TenTimesTheStakeIsTenTimesTheLoss) {
  const auto [question, once] = World("$2k to $20k").draw();
  const auto [other, ten] = World("$20k to $200k").draw();
  for (std::size_t i = 0; i < once.steps.size(); ++i) {
    EXPECT_NEAR(ten.steps[i].loss.mean, 10 * once.steps[i].loss.mean,
                1e-6 * ten.steps[i].loss.mean);
  }
  EXPECT_GE(ten.best, once.best);
}

TEST(Nines, SaysWhatIsMissing) {
  const auto error = [](const Result<Question>& question) {
    return question ? std::string("no error") : question.error().to_string();
  };
  EXPECT_NE(error(World("").ask()).find("daytwo stakes 'an hour of shop down costs"),
            std::string::npos);
  EXPECT_NE(error(World().ask("shpo")).find("did you mean 'shop'"), std::string::npos);
  EXPECT_NE(error(World("$1k", "risks: []").ask()).find("nothing says how often shop is down"),
            std::string::npos);
  const World priced("€2k to €9k");
  EXPECT_NE(error(priced.ask()).find("one currency is needed"), std::string::npos);
}

TEST(Nines, WithoutOptionsThePriceOfANineIsUnknownNotNothing) {
  World world("$2k to $20k",
              "risks: [{id: d, estimate: \"9 a year that shop is down, 1h\", service: shop}]");
  const auto [question, curve] = world.draw();
  EXPECT_EQ(curve.steps[*curve.next].reach, Reach::kNoOption);
  EXPECT_EQ(curve.best, curve.now);
  EXPECT_EQ(curve.chance_pays, 0);
  EXPECT_NE(sentence(question, curve).find("no listed option reaches it"), std::string::npos);
}

}  // namespace
}  // namespace daytwo::decide::nines
