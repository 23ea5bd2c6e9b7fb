// From a file to the verdict on one option: what flips it, what knowing is worth, how it scales.
#include "decide/worth/answer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "chance/knowing.h"
#include "decide/risk/portfolio.h"
#include "decide/worth/knowing.h"
#include "decide/worth/read.h"
#include "decide/worth/say.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::worth {
namespace {

using model::Verdict;

constexpr chance::Seed kSeed{7};
constexpr Timestamp kNow{1'795'000'000'000};

const std::string kFile = R"yaml(
stakes: ["a person-day costs $600 to $1200"]
risks:
  - {id: outage, estimate: "2 to 8 a year that shop is down, 1h to 6h", service: shop,
     evidence: {events: "outages_total"}}
  - {id: leak, estimate: "5% a year, $200k to $2M", causes: {phishing: 0.6, unpatched: 0.4}}
  - {id: fire, estimate: "3% a year, $5M to $15M"}
options:
  - {id: canary, once: "$5k", days: 8 to 15, blocks: {outage: 40% to 60%}}
  - {id: mfa, once: "$4k to $9k", days: 4, blocks: {phishing: 50% to 90%}}
  - {id: tokens, once: "$90k", days: 40, blocks: {phishing: 95%}, excludes: [mfa]}
  - {id: dear, once: "$9M", cuts: {leak: 0.9}}
  - {id: sprinklers, once: "$50k", cuts: {fire: 0.9}}
  - {id: board, days: 10, requires: [mfa], cuts: {leak: 10% to 30%}}
)yaml";

Result<Reading> read_from(const std::string& text, const std::string& option, Life life = {},
                          const std::string& hour = "$1k to $9k") {
  const auto file = model::parse_worry_file(text, "risks.yml");
  EXPECT_TRUE(file) << file.error().to_string();
  model::Stakes stakes;
  for (const model::Stake& stake : file->stakes) stakes.add(stake);
  if (!hour.empty()) stakes.add(*model::parse_stake("an hour of shop down costs " + hour));
  Asked asked;
  asked.option = option;
  asked.life = life;
  return read(*file, stakes, asked, kSeed, kNow);
}

Worth weighed(const std::string& option, const std::vector<std::string>& studies = {},
              Life life = {}, const std::string& text = kFile,
              const std::string& hour = "$1k to $9k") {
  auto reading = read_from(text, option, life, hour);
  EXPECT_TRUE(reading) << reading.error().to_string();
  auto out = weigh(*std::move(reading), studies, kSeed, kNow);
  EXPECT_TRUE(out) << out.error().to_string();
  return *std::move(out);
}

// What an event sets off and where its loss is cut stand in the model of an option as in the
// register: the loss of a year is the same in both.
TEST(Worth, AddsWhatTheRegisterAdds) {
  const auto file = model::parse_worry_file(R"yaml(
stakes: ["an hour of shop down costs $1k to $3k"]
risks:
  - {id: provider, service: shop, frequency: 2 to 4 a year, duration: 2h to 10h,
     loss: {revenue: duration, response: 2 * $100/h * duration}, triggers: {mail: 0.5, leak: 10%}}
  - {id: mail, service: shop, frequency: 1 a year, duration: 1h to 2h, triggers: {desk: 40%},
     loss: {response: duration * $300/h}, harm: {customers: duration * $50/h}}
  - {id: leak, frequency: 1 a year, loss: $10k to $1M, never_above: $200k}
  - {id: desk, estimate: "1 a year, $2k to $4k"}
options: [{id: o, once: "$1", cuts: {provider: 50%, mail: 50%, leak: 50%, desk: 50%}}]
)yaml",
                                            "risks.yml");
  ASSERT_TRUE(file) << file.error().to_string();
  model::Stakes stakes;
  for (const model::Stake& stake : file->stakes) stakes.add(stake);
  Asked asked;
  asked.option = "o";
  const auto reading = read(*file, stakes, asked, kSeed, kNow);
  ASSERT_TRUE(reading) << reading.error().to_string();
  risk::PortfolioOptions options;
  options.years = 200'000;
  options.seed = kSeed;
  const auto portfolio = risk::make_portfolio(*file, stakes, options, kNow);
  ASSERT_TRUE(portfolio) << portfolio.error().to_string();
  ASSERT_EQ(portfolio->risks.size(), 4U);
  for (const risk::RiskRow& row : portfolio->risks) {
    const double own = mean_of(reading->model.loss_a_year(false, row.id));
    EXPECT_NEAR(own / row.expected, 1, 0.04) << row.id;
    if (row.harm == 0) continue;
    EXPECT_NEAR(mean_of(reading->model.loss_a_year(true, row.id)) / row.harm, 1, 0.04) << row.id;
  }
  EXPECT_TRUE(std::any_of(reading->notes.begin(), reading->notes.end(), [](const auto& note) {
    return note.starts_with("an event of 'leak' costs at most $200k: ");
  })) << testing::PrintToString(reading->notes);
}

// Incidents and the alerts before them move the model of an option as they move the register.
TEST(Worth, IsTaughtByIncidentsAndAlerts) {
  const auto file = model::parse_worry_file(R"yaml(
risks:
  - {id: dark, service: shop, title: shop is down, frequency: once in 2 years, duration: 1h to 2h,
     loss: {revenue: duration * $1000/h}}
  - {id: slow, service: shop, estimate: "once in 2 years that shop crawls, $1k",
     alerts: {ShopSlow: 10% to 30%}}
options: [{id: o, once: "$1", cuts: {dark: 50%, slow: 50%}}]
)yaml",
                                            "risks.yml");
  ASSERT_TRUE(file) << file.error().to_string();
  History history;
  history.since = kNow - days(730);
  history.incidents = {{"shop", "shop down", history.since, 20}};
  for (int i = 0; i < 50; ++i) {
    history.alert_days.push_back({"ShopSlow", "shop", history.since + days(10 + i)});
  }
  const auto mean = [](const Reading& reading, const std::string& id) {
    for (const Input& input : reading.model.inputs) {
      if (input.id != id) continue;
      double sum = 0;
      for (const double draw : input.draws) sum += draw;
      return sum / static_cast<double>(input.draws.size());
    }
    return -1.0;
  };
  Asked asked;
  asked.option = "o";
  const auto stated = read(*file, {}, asked, kSeed, kNow);
  const auto taught = read(*file, {}, asked, kSeed, kNow, history);
  ASSERT_TRUE(stated && taught);
  EXPECT_GT(mean(*taught, "dark.duration"), 1.5 * mean(*stated, "dark.duration"));
  EXPECT_GT(mean(*taught, "slow.events"), 2 * mean(*stated, "slow.events"));
}

// A limit takes more off events that last longer than was stated.
TEST(Worth, CutsAtTheLimitWhatIncidentsTaught) {
  const auto file = model::parse_worry_file(R"yaml(
stakes: ["an hour of shop down costs $1000"]
risks:
  - {id: dark, service: shop, estimate: "2 a year that shop is down, 1h to 2h", never_above: $9k}
options: [{id: o, once: "$1", cuts: {dark: 50%}}]
)yaml",
                                            "risks.yml");
  ASSERT_TRUE(file) << file.error().to_string();
  model::Stakes stakes;
  for (const model::Stake& stake : file->stakes) stakes.add(stake);
  History history;
  history.since = kNow - days(730);
  for (int i = 0; i < 9; ++i) {
    history.incidents.push_back({"shop", "shop down", history.since + days(10 + i), 30});
  }
  Asked asked;
  asked.option = "o";
  const auto taught = read(*file, stakes, asked, kSeed, kNow, history);
  ASSERT_TRUE(taught) << taught.error().to_string();
  // Some 5.5 events a year of 29 hours or so, of which $9k are left.
  const double loss = mean_of(taught->model.loss_a_year(false, "dark"));
  const Input* rate = nullptr;
  for (const Input& each : taught->model.inputs) rate = each.id == "dark.events" ? &each : rate;
  ASSERT_NE(rate, nullptr);
  EXPECT_LE(loss, 1.02 * 9'000 * rate->mean());
  EXPECT_GT(loss, 0.5 * 9'000 * rate->mean());
}

TEST(Worth, LeavesWhatCostsFarMoreThanItSavesAndSaysWhatWouldFlipIt) {
  const Worth made = weighed("dear");
  EXPECT_EQ(made.verdict, Verdict::kLeave);
  EXPECT_TRUE(made.clear) << "no study is worth its cost";
  EXPECT_TRUE(made.sentence.starts_with("leave it, certain enough already: dear costs $9M"))
      << made.sentence;
  ASSERT_TRUE(made.tripwire);
  EXPECT_NE(made.sentence.find(made.tripwire->sentence), std::string::npos) << made.sentence;
}

TEST(Worth, DoesTheCheapCureOfARareCatastrophe) {
  const Worth made = weighed("sprinklers");
  EXPECT_EQ(made.verdict, Verdict::kDo) << made.sentence;
  EXPECT_GT(made.standings[1].chance_pays, 0.99) << "over ignorance, not over lucky years";
}

TEST(Worth, EachFlipIsWhereAnotherAlternativeBecomesTheBest) {
  for (const char* option : {"canary", "mfa", "dear", "tokens"}) {
    const Worth made = weighed(option);
    ASSERT_FALSE(made.flips.empty()) << option;
    for (const Flip& flip : made.flips) {
      for (const bool beyond : {false, true}) {
        const double nudge = beyond == flip.above ? 1 + 1e-4 : 1 - 1e-4;
        double most = 0;
        std::size_t best = 0;
        for (std::size_t k = 1; k < made.reading.among.size(); ++k) {
          const double net = mean_of(
              made.reading.model.net(made.reading.among[k], Hold{flip.input, flip.value * nudge}));
          if (net > most) best = k;
          most = std::max(most, net);
        }
        EXPECT_EQ(best, beyond ? flip.instead : made.best)
            << option << ": " << condition(made.reading.model.inputs[flip.input], flip);
      }
    }
  }
}

TEST(Worth, AFlipWrittenIntoTheFileIsTheBreakEven) {
  const Worth made = weighed("dear");
  const auto once = std::find_if(made.flips.begin(), made.flips.end(), [&](const Flip& flip) {
    return made.reading.model.inputs[flip.input].id == "dear.once";
  });
  ASSERT_NE(once, made.flips.end());
  for (const double nudge : {0.99, 1.01}) {
    std::string text = kFile;
    text.replace(text.find("$9M"), 3, "$" + std::to_string(std::lround(once->value * nudge)));
    const Worth moved = weighed("dear", {}, {}, text);
    EXPECT_EQ(moved.standings[1].net.mean > 0, nudge < 1);
  }
}

TEST(Worth, KnowingAnInputAgreesWithRegression) {
  // Another method for the same figure.
  const Worth made = weighed("tokens");
  const Expectations all = all_known(made.reading.model, made.reading.among);
  for (const Known& known : made.inputs) {
    const std::vector<Draws> one = {made.reading.model.inputs[known.input].draws};
    const chance::Knowing other = chance::knowing_about(all, one);
    EXPECT_NEAR(known.value, other.value, 0.05 * made.knowing + 3 * other.standard_error)
        << made.reading.model.inputs[known.input].id;
    EXPECT_LE(known.value, made.knowing * 1.05);
  }
}

// Once in 2 years the region takes the worry along: 0.5 + 0.5 * 0.4 times a year $1000, of which
// the option takes 60 %; what acts on a cause of the worry leaves the region's hits alone.
TEST(Worth, ACommonCauseCountsAndIsActedOnByTheWorrysName) {
  const std::string text = R"yaml(
risks: [{id: a, frequency: once in 2 years, loss: $1000, causes: {wear: 0.5, heat: 0.5}}]
common_causes: [{id: region, frequency: once in 2 years, hits: {a: 40%}}]
options:
  - {id: cut, once: "$1", cuts: {a: 60%}}
  - {id: cooling, once: "$1", blocks: {heat: 100%}}
)yaml";
  const Worth cut = weighed("cut", {}, {.years = 1}, text, "");
  EXPECT_NEAR(cut.ours.skipped.mean, 700, 1e-6);
  EXPECT_NEAR(cut.standings[1].saves.mean, 420, 1e-6);
  const Worth cooling = weighed("cooling", {}, {.years = 1}, text, "");
  EXPECT_NEAR(cooling.ours.skipped.mean, 700, 1e-6);
  EXPECT_NEAR(cooling.standings[1].saves.mean, 250, 1e-6);
  for (const Input& input : cut.reading.model.inputs) {
    if (input.id == "region.events") return;
  }
  FAIL() << "how often the common cause happens is no input";
}

TEST(Worth, FindsOutWhenTheIntervalIsWideAndActsWhenItIsNarrow) {
  const auto verdict = [](const std::string& loss, const std::string& once) {
    const std::string text =
        "stakes: [\"a person-day costs $600 to $1200\"]\n"
        "risks: [{id: a, estimate: \"1 a year, " +
        loss +
        "\"}]\n"
        "options: [{id: o, once: " +
        once + ", cuts: {a: 0.5}}]\n";
    return weighed("o", {}, {.years = 1}, text, "");
  };
  const Worth narrow = verdict("$390k to $410k", "$190k");
  EXPECT_EQ(narrow.verdict, Verdict::kDo) << narrow.sentence;
  EXPECT_TRUE(narrow.clear);
  const Worth wide = verdict("$40k to $4M", "$190k");
  EXPECT_EQ(wide.verdict, Verdict::kFindOut) << wide.sentence;
  EXPECT_GT(wide.knowing, narrow.knowing);
  EXPECT_LT(wide.studies.front().width_after, wide.studies.front().width_before);
}

TEST(Worth, StatedStudiesAreValuedByWhatTheyTeach) {
  const std::string text = R"yaml(
stakes: ["a person-day costs $800"]
risks: [{id: a, estimate: "0.5 to 4 a year, $20k to $900k"}]
options: [{id: o, once: "$200k", cuts: {a: 50% to 60%}}]
)yaml";
  const auto study = [&](const std::string& teaches) {
    const Worth made = weighed("o", {"look: 1 day; " + teaches}, {.years = 1}, text, "");
    const auto at = std::find_if(made.studies.begin(), made.studies.end(),
                                 [](const Studied& each) { return each.study.name == "look"; });
    EXPECT_NE(at, made.studies.end());
    EXPECT_NEAR(at->cost, 800, 1e-6) << "a day of work is a person-day";
    return at->value;
  };
  const double half = study("a.size by half");
  EXPECT_GT(half, 0);
  EXPECT_GT(study("a.size by 80%"), half);
  EXPECT_GT(study("a.size within $10k"), study("a.size within $300k"));
  EXPECT_GT(study("a.events 10 years"), study("a.events 1 year"));
  EXPECT_GT(study("a.size test 99/99"), study("a.size test 70/70"));
  EXPECT_LT(study("o.cuts.a by half"), half) << "a narrow input has little to teach";
}

const std::string kStudied = R"yaml(
stakes: ["a person-day costs $800"]
risks:
  - {id: a, estimate: "0.5 to 4 a year, $20k to $900k", causes: {x: 0.5, y: 0.5}}
  - {id: b, estimate: "0.5 to 4 a year, $20k to $900k"}
options: [{id: o, once: "$200k", cuts: {a: 50% to 60%}}, {id: p, once: "$2k", cuts: {b: 0.5}}]
studies:
  - {id: drill, days: 1, narrows: {a.size: by half}}
  - {id: all, days: 1, narrows: {a: by half}}
  - {id: cause, days: 1, narrows: {x: by half}}
  - {id: both, days: 1, narrows: {a.size: by half, a.events: by half}}
  - {id: long, days: 1, delay: 26 weeks, narrows: {a.size: by half}}
  - {id: elsewhere, days: 1, narrows: {b.size: by half}}
  - {id: euros, once: EUR 900, narrows: {a.size: by half}}
)yaml";

TEST(Worth, StudiesOfTheFileStandBesideThoseThatAreAsked) {
  const Worth made = weighed("o", {"drill2: 1 day; a.size by half"}, {.years = 1}, kStudied, "");
  const auto find = [&](const std::string& name) {
    return std::find_if(made.studies.begin(), made.studies.end(),
                        [&](const Studied& each) { return each.study.name == name; });
  };
  for (const char* name : {"drill", "drill2", "all", "cause", "both", "long"}) {
    ASSERT_NE(find(name), made.studies.end()) << name;
  }
  EXPECT_EQ(find("drill")->value, find("drill2")->value) << "one notion, one reader";
  EXPECT_EQ(find("drill")->cost, find("drill2")->cost);
  EXPECT_GT(find("all")->value, find("drill")->value) << "size and frequency teach more than size";
  EXPECT_EQ(find("cause")->value, find("all")->value) << "a cause is looked at through its worry";
  EXPECT_GT(find("both")->value, find("drill")->value);
  EXPECT_LT(find("both")->value, made.knowing);
  EXPECT_LT(find("long")->value, find("drill")->value) << "waiting loses what acting brings";
  EXPECT_EQ(find("elsewhere"), made.studies.end()) << "it tells nothing about this option";
  EXPECT_EQ(find("euros"), made.studies.end());
  const auto& notes = made.reading.notes;
  EXPECT_TRUE(std::any_of(notes.begin(), notes.end(), [](const std::string& note) {
    return note == "study 'euros' is left out: it is paid in EUR, not USD";
  }));
}

TEST(Worth, FindsOutFirstByTheStudyOfTheFileWhereThatIsBest) {
  const Worth made = weighed("o", {}, {.years = 1}, kStudied, "");
  ASSERT_EQ(made.verdict, Verdict::kFindOut) << made.sentence;
  EXPECT_TRUE(made.sentence.starts_with("find out first: " + made.studies.front().study.name));
  EXPECT_FALSE(made.studies.front().study.findings.empty()) << made.sentence;
}

TEST(Worth, AStudyByItselfIsNoOptionToBeWeighed) {
  const auto reading = read_from(kStudied, "drill", {}, "");
  ASSERT_FALSE(reading);
  EXPECT_NE(reading.error().text.find("ask for one of those"), std::string::npos);
}

TEST(Worth, RefusesStudiesThatDoNotRead) {
  const auto refusal = [](const std::string& text) {
    auto out = weigh(*read_from(kFile, "mfa"), {text}, kSeed, kNow);
    return out ? "" : out.error().to_string();
  };
  EXPECT_NE(refusal("look; leak.size by half").find("NAME"), std::string::npos);
  EXPECT_NE(refusal("look: 2 days; leak.sice by half").find("did you mean 'leak.size'"),
            std::string::npos);
  EXPECT_NE(refusal("look: 2 days; leak.size much").find("by half"), std::string::npos);
  EXPECT_NE(refusal("look: EUR 5; leak.size by half").find("USD"), std::string::npos);
  EXPECT_NE(refusal("look: 1 day; leak.size test 40/40").find("tells nothing"), std::string::npos);
  EXPECT_NE(refusal("look: 1 day; leak.events 3 years").find("range"), std::string::npos);
}

TEST(Worth, ComparesWithWhatItExcludesAndTakesWhatItNeedsAlong) {
  const Worth tokens = weighed("tokens");
  ASSERT_EQ(tokens.reading.names, (std::vector<std::string>{"nothing", "tokens", "mfa"}));
  EXPECT_EQ(tokens.verdict, Verdict::kLeave);
  EXPECT_NE(tokens.sentence.find("mfa is worth"), std::string::npos) << tokens.sentence;
  const Worth board = weighed("board");
  EXPECT_EQ(board.reading.with, (std::vector<std::string>{"mfa"}));
  EXPECT_NEAR(board.standings[1].costs.mean, 14 * 875 + 6250, 400) << "both are paid";
}

TEST(Worth, MovesMoneyByTenWhenAllMoneyDoes) {
  const std::string one = R"yaml(
stakes: ["a person-day costs $600 to $1200"]
risks: [{id: outage, estimate: "2 to 8 a year that shop is down, 1h to 6h", service: shop}]
options: [{id: canary, days: 30, blocks: {outage: 0.5}}]
)yaml";
  std::string ten = one;
  ten.replace(ten.find("$600 to $1200"), 13, "$6000 to $12000");
  const Worth small = weighed("canary", {}, {}, one, "$1k to $9k");
  const Worth large = weighed("canary", {}, {}, ten, "$10k to $90k");
  const double net = small.standings[1].net.mean;
  EXPECT_NEAR(large.standings[1].net.mean, 10 * net, 1e-6 * std::fabs(10 * net));
  EXPECT_EQ(large.standings[1].chance_pays, small.standings[1].chance_pays);
  EXPECT_EQ(large.verdict, small.verdict);
  EXPECT_NEAR(large.knowing, 10 * small.knowing, 1e-6 * (1 + large.knowing));
}

TEST(Worth, IsLessWithoutTheEvidenceThatMakesItWorthDoing) {
  std::string closed = kFile;
  closed.replace(closed.find("2 to 8 a year"), 13, "0.2 to 0.8 a year");
  EXPECT_LT(weighed("canary", {}, {}, closed).standings[1].net.mean,
            weighed("canary").standings[1].net.mean);
}

TEST(Worth, LeavesTheLiveQueryAsTripwireWhereThereIsOne) {
  const Worth made = weighed("canary", {}, {.years = 1}, kFile, "$1 to $90");
  ASSERT_EQ(made.verdict, Verdict::kLeave) << made.sentence;
  ASSERT_TRUE(made.tripwire);
  EXPECT_EQ(made.tripwire->query, "outages_total");
  EXPECT_EQ(made.tripwire->op, ">");
}

TEST(Worth, NamesWhatIsMissing) {
  const auto refusal = [](const std::string& option, const std::string& hour) {
    const auto reading = read_from(kFile, option, {}, hour);
    return reading ? "" : reading.error().to_string();
  };
  EXPECT_NE(refusal("canari", "$1k").find("did you mean 'canary'"), std::string::npos);
  EXPECT_NE(refusal("canary", "").find("an hour of shop down costs"), std::string::npos);
}

TEST(Worth, AskedTwiceSaysTheSameToTheLastBit) {
  const Worth one = weighed("tokens");
  const Worth two = weighed("tokens");
  EXPECT_EQ(one.sentence, two.sentence);
  EXPECT_EQ(one.standings[1].net, two.standings[1].net);
  EXPECT_EQ(one.knowing, two.knowing);
}

}  // namespace
}  // namespace daytwo::decide::worth
