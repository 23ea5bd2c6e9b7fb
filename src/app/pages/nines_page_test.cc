#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/pages/decision_pages.h"
#include "app/pages/world_for_tests.h"
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

struct NinesWorld : PageWorld {
  DecisionPages pages{context(), [] { return std::vector<orient::ObjectiveStatus>(); }};

  void write(const std::string& yaml) {
    auto read = model::parse_worry_file(yaml, "risks.yml");
    CHECK(read.has_value(), "a file that reads");
    config = std::make_shared<Config>(*config);
    config->written = *std::move(read);
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

TEST(NinesOverview, NothingIsDeclaredAtFirst) {
  NinesWorld world;
  const auto page = world.pages.all_nines();
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->sentence, "No service is declared yet.");
  EXPECT_TRUE(page->services.empty());
}

}  // namespace
}  // namespace daytwo::app
