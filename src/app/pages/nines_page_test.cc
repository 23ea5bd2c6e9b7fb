#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/pages/decision_pages.h"
#include "app/pages/world_for_tests.h"
#include "base/time.h"
#include "model/worry_file.h"

namespace daytwo::app {
namespace {

constexpr const char* kFile =
    "risks:\n"
    "  - id: lost\n"
    "    service: checkout\n"
    "    estimate: 30% a year that checkout is down, 4h to 40h\n"
    "options:\n"
    "  - {id: second, kind: reliability, once: \"$1k\", cuts: {lost: 60% to 90%}}\n";

constexpr const char* kNeedsPayments =
    "service: checkout\ndepends: [{on: payments, critical: true}]\n"
    "---\nservice: payments\n";

struct NinesWorld : PageWorld {
  std::vector<orient::ObjectiveStatus> objectives;
  DecisionPages pages{context(), [this] { return objectives; }};

  void write(const std::string& yaml) {
    auto read = model::parse_worry_file(yaml, "risks.yml");
    CHECK(read.has_value(), "a file that reads");
    config = std::make_shared<Config>(*config);
    config->written = *std::move(read);
  }

  // Of thirty days, all of them seen.
  void measure(const std::string& service, double availability) {
    orient::ObjectiveStatus status;
    status.objective.service = ServiceId(service);
    status.objective.name = "availability";
    status.objective.window = hours(720);
    status.sli.emplace();
    status.sli->value = availability;
    status.unknown_share = 0;
    objectives = {status};
  }

  void state(const std::string& text) {
    facts::Record record;
    facts::Choice choice;
    choice.kind = facts::ChoiceKind::kStake;
    choice.text = text;
    record.body = std::move(choice);
    append(text, std::move(record));
  }
};

TEST(NinesOverview, SaysWhatGivesAServiceItsFirstCurve) {
  NinesWorld world;
  world.declare("service: checkout\n---\nservice: search\n");
  const auto page = world.pages.all_nines();
  ASSERT_TRUE(page.has_value()) << page.error().to_string();
  EXPECT_EQ(page->sentence, "No curve yet: 2 services without a price of downtime.");
  ASSERT_EQ(page->services.size(), 2U);
  EXPECT_FALSE(page->services[0].curve.has_value());
  EXPECT_NE(page->services[0].why.find("daytwo stakes"), std::string::npos)
      << page->services[0].why;
}

TEST(NinesOverview, CountsTheServicesWithACurveAndThoseWhoseNextStepPays) {
  NinesWorld world;
  world.declare("service: checkout\n---\nservice: search\n");
  world.write(kFile);
  world.state("an hour of checkout down costs $2k to $20k");
  const auto page = world.pages.all_nines();
  ASSERT_TRUE(page.has_value()) << page.error().to_string();
  ASSERT_EQ(page->services.size(), 2U);
  ASSERT_TRUE(page->services[0].curve.has_value()) << page->services[0].why;
  EXPECT_EQ(page->services[0].service, "checkout");
  EXPECT_EQ(page->services[0].curve->service, "checkout");
  EXPECT_TRUE(page->services[0].why.empty());
  EXPECT_FALSE(page->services[1].curve.has_value());
  EXPECT_EQ(page->sentence,
            "1 of 2 services have a price of their downtime; the next step pays for 1.");
}

TEST(NinesOverview, ACurveIsDrawnOnceForWhatIsKnown) {
  NinesWorld world;
  world.declare(kNeedsPayments);
  world.write(kFile);
  world.state("an hour of checkout down costs $2k to $20k");
  world.measure("checkout", 0.999);
  const auto first = world.pages.all_nines();
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(world.pages.drawn(), 1);
  // A minute later nothing is other than the age of the answer.
  world.clock.advance(seconds(60));
  world.measure("checkout", 0.999001);
  const auto again = world.pages.all_nines();
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(world.pages.drawn(), 1);
  EXPECT_EQ(again->services[0].curve->sentence, first->services[0].curve->sentence);
  EXPECT_EQ(again->services[0].curve->as_of, world.clock.wall());
  // The page of one service is the same curve.
  ASSERT_TRUE(world.pages.nines({.service = "checkout"}).has_value());
  EXPECT_EQ(world.pages.drawn(), 1);
}

TEST(NinesOverview, ACurveIsDrawnAgainWhenSomethingThatItReadsMoves) {
  NinesWorld world;
  world.declare(kNeedsPayments);
  world.write(kFile);
  world.state("an hour of checkout down costs $2k to $20k");
  const auto drawn = [&] {
    EXPECT_TRUE(world.pages.nines({.service = "checkout"}).has_value());
    return world.pages.drawn();
  };
  EXPECT_EQ(drawn(), 1);
  world.measure("checkout", 0.99);
  EXPECT_EQ(drawn(), 2) << "its own measurement";
  world.measure("payments", 0.99);
  EXPECT_EQ(drawn(), 3) << "the measurement of what it needs";
  world.measure("search", 0.5);
  EXPECT_EQ(drawn(), 4) << "that of payments went away";
  world.measure("search", 0.9);
  EXPECT_EQ(drawn(), 4) << "search is nothing that it needs";
  world.state("an hour of checkout down costs $4k to $20k");
  EXPECT_EQ(drawn(), 5) << "a stake";
  world.write(kFile);
  EXPECT_EQ(drawn(), 6) << "a configuration";
  world.clock.advance(hours(1));
  EXPECT_EQ(drawn(), 7) << "an hour";
  ASSERT_TRUE(world.pages.nines({.service = "checkout", .years = 5}).has_value());
  EXPECT_EQ(world.pages.drawn(), 8) << "a horizon";
  EXPECT_EQ(drawn(), 8);
}

TEST(NinesOverview, NothingIsDeclaredAtFirst) {
  NinesWorld world;
  const auto page = world.pages.all_nines();
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->sentence, "No service is declared yet.");
  EXPECT_TRUE(page->services.empty());
}

}  // namespace
}  // namespace daytwo::app
