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
            "                                     ^\n"
            "  expected the smaller end first, such as 2 to 8");
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
           {"options: [{id: a, requires: [b]}, {id: b, requires: [a]}]",
            "these require each other in a circle: a -> b -> a"},
           {"risks: 5", "a map"}}) {
    const auto file = parse_worry_file(text, "x.yml");
    ASSERT_FALSE(file.has_value()) << text;
    std::string all;
    for (const Diagnostic& each : file.error().diagnostics) all += each.to_string() + "\n";
    EXPECT_NE(all.find(answer), std::string::npos) << text << "\n" << all;
  }
}

std::string problems_of(const std::string& text) {
  const auto file = parse_worry_file(text, "x.yml");
  if (file) return "";
  std::string all = file.error().diagnostics.empty() ? file.error().to_string() : "";
  for (const Diagnostic& each : file.error().diagnostics) all += each.to_string() + "\n";
  return all;
}

TEST(WorryFile, PointsAtTheWordThatIsWrongInTheOrderOfTheText) {
  const std::string told = problems_of(
      "harm_weight: -1\n"
      "floors: [{loss_of: leek, at_most: $5k}]\n"
      "options: [{id: b, cuts: {leak: 0.1, leap: 0.1}}]\n"
      "risks: [{id: leak, frequency: 4 to 1 a year, loss: {money: 5}}]\n");
  std::size_t at = 0;
  for (const char* place : {"x.yml:1:14: ", "x.yml:2:20: ", "x.yml:3:37: ", "x.yml:4:31: ",
                            "expected the smaller end first", "x.yml:4:53: ", "expected one of "}) {
    at = told.find(place, at);
    ASSERT_NE(at, std::string::npos) << place << '\n' << told;
  }
}

TEST(WorryFile, ReadsStudiesAsOptionsThatNarrow) {
  const auto file = parse_worry_file(R"yaml(
quantities: {licence: $12 to $30}
risks:
  - {id: leak, estimate: "5% to 9% a year, $20k to $90k", causes: {phishing: 1}}
  - {id: dark, frequency: 2 to 6 a year, duration: 1h to 5h,
     loss: {fine: {amount: "$50k to $90k", chance: 5%}, response: 2 * licence}}
options: [{id: mfa, once: 40 * licence, blocks: {phishing: 60% to 90%}}]
studies:
  - {id: drill, days: 2, team: desk, once: "$3k", delay: 1 week, narrows: {leak.size: by half}}
  - {id: logs, days: 1, narrows: {leak: 3 years, mfa.blocks.phishing: 40%, licence: within $5}}
  - {id: scan, days: 1, narrows: {dark.fine.chance: test 90/85}}
)yaml",
                                     "x.yml");
  ASSERT_TRUE(file.has_value()) << file.error().to_string();
  ASSERT_EQ(file->options.size(), 4U);
  EXPECT_EQ(file->options[1].kind, kInvestigation);
  EXPECT_EQ(file->options[1].team, "desk");
  EXPECT_EQ(file->options[1].delay->mean, 168);
  EXPECT_EQ(file->options[1].narrows.at("leak.size").share, 0.5);
  EXPECT_EQ(file->options[2].narrows.at("leak").years, 3);
  EXPECT_EQ(file->options[2].narrows.at("licence").error, 5);
  EXPECT_EQ(file->options[3].narrows.at("dark.fine.chance").sensitivity, 0.9);
}

TEST(WorryFile, SaysWhatIsWrongWithAStudyAtItsPlace) {
  const std::string head =
      "risks: [{id: leak, estimate: \"5% to 9% a year, $20k to $90k\"}]\nstudies:\n";
  for (const auto& [study, answer] : std::vector<std::pair<std::string, std::string>>{
           {"{id: a, days: 1}", "x.yml:3:5: a study says what it narrows"},
           {"{id: a, narrows: {leek: by half}}", "did you mean 'leak'?"},
           {"{id: a, narrows: {leak.sise: by half}}", "did you mean 'leak.size'?"},
           {"{id: a, narrows: {leak: a bit}}", "x.yml:3:29: 'a bit': expected 50%, by half"},
           {"{id: a, narrows: {leak: test 90/85}}", "reads one number, and 'leak' has several"},
           {"{id: a, narrows: {leak.size: 3 years}}", "years of logs tell how often"},
           {"{id: a, narrows: {leak.size: test 90/85, leak.events: by half}}",
            "a test tells about one number"},
           {"{id: a, cuts: {leak: 0.5}, narrows: {leak: by half}}", "unknown key 'cuts'"},
           {"{id: a, days: -1, narrows: {leak: by half}}", "not below 0"}}) {
    std::string text = head;
    text.append("  - ").append(study).append("\n");
    const auto file = parse_worry_file(text, "x.yml");
    ASSERT_FALSE(file.has_value()) << study;
    std::string all;
    for (const Diagnostic& each : file.error().diagnostics) all += each.to_string() + "\n";
    EXPECT_NE(all.find(answer), std::string::npos) << study << "\n" << all;
  }
}

TEST(WorryFile, ReadsPartsHarmAndWhatIsSaidOfTheWhole) {
  const auto file = parse_worry_file(R"yaml(
turnover: "$30M"
rates: {EUR: 1.1}
harm_weight: 0.5
quantities: {rota: 2 to 4, hourly: $70/h to $130/h}
appetite: {at_most: 5% a year, loss: "$1M"}
risks:
  - id: dark
    frequency: 2 to 6 a year
    duration: 20m to 5h
    loss:
      revenue: duration
      response: rota * hourly * duration
      fine: {amount: "$50k to $2M", chance: 5%, cap: gdpr-83-5}
      data: {amount: "$10k to $90k", over: 3 years}
    harm: {customers: "$5k to $400k"}
    never_above: "$5M"
    triggers: {slow: 60%}
  - {id: slow, frequency: 30% a year, loss: "$1k to $9k"}
common_causes:
  - {id: region, frequency: once in 8 years, hits: {dark: 90%, slow: 0.5}}
correlations: [{between: [dark, slow], is: 0.4}]
)yaml",
                                     "risks.yml");
  ASSERT_TRUE(file) << problems_of("") << file.error().to_string();
  const FiledWorry& dark = file->worries[0];
  ASSERT_EQ(dark.loss.size(), 4U);
  EXPECT_EQ(dark.loss[0].name, "revenue");
  EXPECT_EQ(dark.loss[0].amount.unit, kHoursLost);
  EXPECT_EQ(dark.loss[1].amount.unit, "USD");
  const LossPart& fine = dark.loss[3];
  ASSERT_TRUE(fine.cap && fine.chance);
  EXPECT_NEAR(fine.cap->mean, 22e6, 1) << "20M euro are more than 4 % of the turnover";
  EXPECT_EQ(fine.cap_text, "GDPR art. 83(5)");
  EXPECT_NEAR(dark.loss[2].over_years, 3, 1e-9);
  EXPECT_EQ(dark.harm[0].name, "customers");
  EXPECT_TRUE(dark.rate.has_value());
  EXPECT_EQ(file->worries[1].sentence, "30% a year, $1k to $9k");
  EXPECT_FALSE(file->worries[1].rate) << "one sentence says it";
  EXPECT_EQ(file->harm_weight, 0.5);
  ASSERT_TRUE(file->appetite);
  EXPECT_EQ(file->appetite->at_most, 0.05);
  EXPECT_EQ(file->common_causes[0].hits.at("slow").mean, 0.5);
  EXPECT_EQ(file->correlations[0].is, 0.4);
}

TEST(WorryFile, SaysWhatIsWrongWithPartsAndTheWhole) {
  const std::string risk = "{id: a, frequency: once a year, loss: \"$1k to $2k\"}";
  for (const auto& [text, answer] : std::vector<std::pair<std::string, std::string>>{
           {"risks: [{id: a, frequency: 3, loss: $5}]", "a year"},
           {"risks: [{id: a, frequency: 100% a year, loss: $5}]", "no finite rate"},
           {"risks: [{id: a, frequency: once a year}]", "key 'loss' is missing"},
           {"risks: [{id: a, loss: $5}]", "key 'frequency' is missing"},
           {"risks: [{id: a, frequency: once a year, loss: {revenu: $5}}]",
            "did you mean 'revenue'?"},
           {"risks: [{id: a, frequency: once a year, loss: {fine: {cap: gdpr-83-4}}}]",
            "it is no estimate"},
           {"risks: [{id: a, frequency: once a year, loss: {fine: {amount: $5, cap: gdpr-83-4}}}]",
            "turnover"},
           {"{turnover: $5M, risks: [{id: a, frequency: once a year, loss: {fine: {amount: $5, "
            "cap: gdpr-83-4}}}]}",
            "rates: {EUR: 1.1}"},
           {"risks: [{id: a, frequency: once a year, loss: {fine: {amount: $5, cap: gdpr-83-6}}}]",
            "did you mean 'gdpr-83-4'?"},
           {"risks: [{id: a, frequency: once a year, loss: {fine: {amount: $5, chance: 3}}}]",
            "between 0 and 1"},
           {"risks: [{id: a, frequency: once a year, loss: \"$2 * pareto(1, 1, 2)\"}]", "infinite"},
           {"risks: [{id: a, frequency: once a year, duration: $5, loss: $5}]", "time such as"},
           {"{risks: [" + risk + "], appetite: {at_most: 5, loss: $5}}", "a year"},
           {"{risks: [" + risk + "], appetite: {at_most: 5% a year}}", "an appetite is"},
           {"{risks: [" + risk + "], common_causes: [{id: b, frequency: once a year}]}", "hits"},
           {"{risks: [" + risk +
                "], common_causes: [{id: b, frequency: once a year, hits: {aa: 0.5}}]}",
            "did you mean 'a'?"},
           {"{risks: [" + risk + "], correlations: [{between: [a, a], is: 0.4}]}",
            "between two worries"},
           {"risks: [{id: a, estimate: \"once a year, 1h\", triggers: {b: 1}}, {id: b, estimate: "
            "\"once a year, 1h\", triggers: {a: 1}}]",
            "a -> b -> a"},
           {"risks: [{id: a, estimate: \"once a year, 1h\", alerts: {Slow: 0%}}]",
            "the chance that a day of Slow becomes an event lies between 0 % and 100 %"},
           {"risks: [{id: a, estimate: \"once a year, 1h\", alerts: {Slow: once a year}}]",
            "a year"},
           {"risks: [{id: a, estimate: \"once a year, 1h\", triggers: {b: 120%}}]",
            "between 0 and 1"},
           {"quantities: {h: $5}", "is a unit"},
           {"quantities: {price: $5 + 2h}", "x.yml:1:"},
           {"{risks: [" + risk + "], harm_weight: -1}", "a negative weight of harm"}}) {
    const std::string all = problems_of(text);
    EXPECT_NE(all.find(answer), std::string::npos) << text << "\n" << all;
  }
}

TEST(WorryFile, FilesReadTogetherAreOneRegister) {
  const std::vector<WorrySource> good = {
      {"quantities: {price: $5k}\noptions: [{id: mfa, once: $1, requires: [sso]}]", "one.yml"},
      {"options: [{id: sso, once: 2 * price}]", "two.yml"}};
  const auto both = parse_worry_files(good);
  ASSERT_TRUE(both) << both.error().to_string();
  EXPECT_EQ(both->options[1].once->mean, 10'000);
  const std::vector<WorrySource> twice = {{"options: [{id: mfa, once: $1}]", "one.yml"},
                                          {"options:\n  - {id: mfa, once: $1}", "two.yml"}};
  const auto clash = parse_worry_files(twice);
  ASSERT_FALSE(clash);
  const std::string said = clash.error().diagnostics.front().to_string();
  EXPECT_NE(said.find("two.yml:2:"), std::string::npos) << said;
  EXPECT_NE(said.find("first in one.yml:1"), std::string::npos) << said;
}

}  // namespace
}  // namespace daytwo::model
