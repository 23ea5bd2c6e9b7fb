#include "model/worry_file.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "model/amount.h"

namespace daytwo::model {
namespace {

TEST(WorryFile, ReadsWorriesAndOptions) {
  const auto file = parse_worry_file(R"yaml(risks:
  - id: provider-lost
    estimate: "30% a year that payments is down, 2h to 8h"
    service: payments
    option: {name: a second provider, once: "$40k", takes: 5 to 15 person-days, cuts: 60% to 90%}
    evidence: {events: "sum(increase(outages_total[365d]))"}
    causes: {provider: 0.7, network: 0.3}
    source: storage on-call
    reviewed: 2026-11-03
worries:
  - {id: leak, estimate: "1 in 20 deploys, $1k to $9k"}
options:
  - {id: mfa, kind: security, once: "$40k", per_year: "$20k", days: 12, team: platform,
     blocks: {provider: 0.3}, requires: [sso]}
  - {id: sso, days: 2 to 6, cuts: {leak: 20% to 60%}, excludes: [], worth: "$1k to $9k", must: yes}
stakes: ["an hour of payments down costs $2k to $20k"]
floors:
  - {loss_of: leak, at_most: "$50k"}
)yaml",
                                     "risks.yml");
  ASSERT_TRUE(file.has_value()) << file.error().to_string();
  ASSERT_EQ(file->worries.size(), 2U);
  EXPECT_EQ(file->worries[0].option.takes, "5 to 15 person-days");
  EXPECT_EQ(file->worries[0].causes.at("provider"), 0.7);
  EXPECT_EQ(file->worries[0].evidence.front().first, "events");
  EXPECT_EQ(file->worries[1].id, "leak");
  ASSERT_EQ(file->options.size(), 2U);
  EXPECT_EQ(file->options[0].kind, "security");
  EXPECT_EQ(file->options[0].team, "platform");
  ASSERT_TRUE(file->options[0].days.has_value());
  EXPECT_EQ(file->options[0].days->high, 12 * kHoursAPersonDay);
  EXPECT_EQ(file->options[0].blocks.at("provider").high, 0.3);
  EXPECT_EQ(file->options[1].cuts.at("leak").low, 0.2);
  EXPECT_EQ(file->options[1].days->low, 2 * kHoursAPersonDay);
  EXPECT_TRUE(file->options[1].must);
  ASSERT_EQ(file->stakes.size(), 1U);
  EXPECT_EQ(file->stakes[0].service, "payments");
  ASSERT_EQ(file->floors.size(), 1U);
  EXPECT_EQ(file->floors[0].at_most.high, 50'000);
  EXPECT_EQ(file->options[0].requires_ids, std::vector<std::string>{"sso"});
}

TEST(WorryFile, NamesTheWrongPlaceInsideASentence) {
  const auto file =
      parse_worry_file("risks:\n  - {id: a, estimate: \"30% a year, $9 to $5\"}\n", "risks.yml");
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().diagnostics.front().to_string(),
            "risks.yml:2:36: lower end must be below upper end\n"
            "    - {id: a, estimate: \"30% a year, $9 to $5\"}\n"
            "                                     ^");
}

TEST(WorryFile, ReportsEachKindOfProblem) {
  for (const auto& [text, answer] : std::vector<std::pair<std::string, std::string>>{
           {"risk: []", "did you mean 'risks'?"},
           {"risks: [{estimate: \"once a year, 1h\"}]", "key 'id' is missing"},
           {"risks: [{id: a}]", "key 'estimate' is missing"},
           {"risks: [{id: \"a b\", estimate: \"once a year, 1h\"}]", "is no id"},
           {"risks: [{id: a, estimate: \"once a year, 1h\"}, {id: a, estimate: \"once a year, "
            "1h\"}]",
            "given twice"},
           {"risks: [{id: a, estimate: \"once a year, 1h\", causes: {x: 0.4, y: 0.5}}]",
            "causes add to 0.9"},
           {"risks: [{id: a, estimate: \"once a year, 1h\", option: {once: 3h}}]", "wrong unit"},
           {"risks: [{id: a, estimate: \"once a year, 1h\", option: {cuts: 120%}}]",
            "between 0 and 1"},
           {"risks: [{id: a, estimate: \"once a year, 1h\", option: {take: 3h}}]",
            "did you mean 'takes'?"},
           {"risks: [{id: a, estimate: \"once a year, 1h\", evidence: {rate: up}}]",
            "unknown key 'rate'"},
           {"options: [{id: a, days: -1}]", "not below 0"},
           {"options: [{id: a, days: soon}]", "expected an amount"},
           {"options: [{id: a, once: 2 hours}]", "money such as $40k"},
           {"options: [{id: a, cuts: {x: 120% to 150%}}]", "120%"},
           {"{risks: [{id: a, estimate: \"once a year, 1h\"}], options: [{id: b, cuts: {aa: "
            "0.1}}]}",
            "did you mean 'a'?"},
           {"floors: [{loss_of: a}]", "at_most"},
           {"stakes: [an hour of x costs little]", "x.yml:1:"},
           {"options: [{id: a, blocks: {x: 2}}]", "between 0 and 1"},
           {"options: [{id: mfa, requires: [mfb]}, {id: mfx}]", "no option 'mfb'"},
           {"options: [{id: a, requires: [b], excludes: [b]}, {id: b}]", "both requires"},
           {"options: [{id: a, requires: [b]}, {id: b, requires: [a]}]", "in a circle"},
           {"risks: 5", "a map"}}) {
    const auto file = parse_worry_file(text, "x.yml");
    ASSERT_FALSE(file.has_value()) << text;
    std::string all;
    for (const Diagnostic& each : file.error().diagnostics) all += each.to_string() + "\n";
    EXPECT_NE(all.find(answer), std::string::npos) << text << "\n" << all;
  }
}

}  // namespace
}  // namespace daytwo::model
