// The solvers against the reference problem, against each other and against brute force.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <map>
#include <set>
#include <string>

#include "decide/plan/attribution.h"
#include "decide/plan/problem.h"
#include "decide/plan/scan.h"
#include "decide/plan/search.h"

namespace daytwo::decide::plan {
namespace {

// Reference case RC27: four causes, six mitigations, thousands of dollars.
Problem reference() {
  Problem out;
  out.causes = {{"ransom", 900}, {"outage", 600}, {"leak", 500}, {"fraud", 200}};
  const auto add = [&](std::string name, double cost, std::vector<Effect> effects) {
    Option option;
    option.name = std::move(name);
    option.cost = cost;
    option.effects = std::move(effects);
    out.options.push_back(std::move(option));
  };
  add("mfa", 60, {{0, 0, 0.3}, {2, 0, 0.2}, {3, 0, 0.25}});
  add("edr", 120, {{0, 0, 0.45}, {2, 0, 0.15}});
  add("backup", 90, {{0, 0, 0.5}, {1, 0, 0.1}});
  add("multiaz", 180, {{1, 0, 0.65}});
  add("dlp", 110, {{2, 0, 0.5}});
  add("canary", 40, {{1, 0, 0.25}});
  out.money = 300;
  return out;
}

std::set<std::string> names(const Problem& problem, Set set) {
  std::set<std::string> out;
  for (std::size_t i = 0; i < problem.options.size(); ++i) {
    if (has(set, i)) out.insert(problem.options[i].name);
  }
  return out;
}

using Names = std::set<std::string>;

TEST(Plan, FindsTheThreeBestSetsRC27) {
  const Problem problem = reference();
  for (const bool scanned : {true, false}) {
    const auto found = scanned ? scan(problem, 3) : search(problem, 3, 100'000);
    ASSERT_TRUE(found) << found.error().to_string();
    ASSERT_EQ(found->best.size(), 3U);
    EXPECT_NEAR(found->best[0].net, 830, 1e-9);
    EXPECT_NEAR(found->best[0].cost, 300, 1e-9);
    EXPECT_NEAR(found->bound, 830, 1e-9) << "proven";
    EXPECT_EQ(names(problem, found->best[0].set), (Names{"mfa", "backup", "dlp", "canary"}));
    EXPECT_NEAR(outcome_of(problem, found->best[0].set).remaining, 1070, 1e-9);
    if (!scanned) continue;  // the search proves the best alone
    EXPECT_NEAR(found->best[1].net, 740, 1e-9);
    EXPECT_EQ(names(problem, found->best[1].set), (Names{"mfa", "backup", "canary"}));
    EXPECT_NEAR(found->best[2].net, 735, 1e-9);
    EXPECT_EQ(names(problem, found->best[2].set), (Names{"mfa", "backup", "dlp"}));
  }
}

// Picking by benefit over cost, each taken alone, ends lower: the best single ratios are not the
// best set.
TEST(Plan, GreedyByStandaloneRatiosEndsLowerRC27) {
  const Problem problem = reference();
  std::vector<std::size_t> order = {0, 1, 2, 3, 4, 5};
  const auto ratio = [&](std::size_t i) {
    const double cost = problem.options[i].cost;
    return (outcome_of(problem, only(i)).net + cost) / cost;
  };
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return ratio(a) > ratio(b); });
  Set picked = 0;
  double spent = 0;
  for (const std::size_t i : order) {
    if (spent + problem.options[i].cost > problem.money) continue;
    picked = picked | only(i);
    spent += problem.options[i].cost;
  }
  EXPECT_EQ(names(problem, picked), (Names{"mfa", "backup", "edr"}));
  EXPECT_NEAR(outcome_of(problem, picked).net, 726.75, 1e-9);
  EXPECT_NEAR(spent, 270, 1e-12);
}

TEST(Plan, SharesOfTheReferenceProblemAreShapleysRC28) {
  const Problem problem = reference();
  const auto parts = attribute(problem, only(0) | only(1) | only(2), {1});
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_NEAR(parts[0].share, 304.5, 1e-9);
  EXPECT_NEAR(parts[1].share, 330.75, 1e-9);
  EXPECT_NEAR(parts[2].share, 361.5, 1e-9);
  EXPECT_NEAR(parts[0].share + parts[1].share + parts[2].share, 996.75, 1e-9);
}

TEST(Plan, SampledSharesSumToTheWhole) {
  Problem problem = reference();
  const std::vector<Option> six = problem.options;
  for (int copy = 0; copy < 2; ++copy) {
    problem.options.insert(problem.options.end(), six.begin(), six.end());
  }
  const Set all = only(problem.options.size()) - 1;
  double sum = 0;
  for (const Contribution& part : attribute(problem, all, {7})) {
    sum += part.share;
    EXPECT_GE(part.share, part.last_in) << "benefits fall the more is taken";
    EXPECT_LE(part.share, part.alone);
  }
  const Outcome whole = outcome_of(problem, all);
  EXPECT_NEAR(sum, whole.net + whole.cost, 1e-6);
}

TEST(Plan, TheFrontierRisesAndPassesThroughTheBudget) {
  const auto found = scan(reference(), 1);
  ASSERT_TRUE(found);
  ASSERT_GT(found->frontier.size(), 3U);
  EXPECT_EQ(found->frontier.front().set, 0U);
  bool met = false;
  for (std::size_t i = 1; i < found->frontier.size(); ++i) {
    EXPECT_GT(found->frontier[i].cost, found->frontier[i - 1].cost);
    EXPECT_GT(found->frontier[i].net, found->frontier[i - 1].net);
    met = met || found->frontier[i].set == found->best[0].set;
  }
  EXPECT_TRUE(met);
}

TEST(Plan, KeepsNeedsExclusionsMustsDaysAndFloors) {
  Problem problem = reference();
  problem.teams = {"platform"};
  problem.team_days = {10};
  problem.options[2].days = {8};  // backup
  problem.options[0].days = {4};  // mfa
  auto found = scan(problem, 1);
  ASSERT_TRUE(found);
  EXPECT_EQ(names(problem, found->best[0].set).count("mfa") +
                names(problem, found->best[0].set).count("backup"),
            1U)
      << "ten days pay for one of them";
  problem.options[3].must = true;     // multiaz
  problem.options[3].needs = {5};     // canary
  problem.options[5].excludes = {2};  // backup
  found = scan(problem, 1);
  ASSERT_TRUE(found);
  EXPECT_EQ(names(problem, found->best[0].set), (Names{"mfa", "multiaz", "canary"}));
  problem.floors = {{{2}, 300}};
  problem.money = 400;
  found = scan(problem, 1);
  ASSERT_TRUE(found);
  EXPECT_EQ(names(problem, found->best[0].set), (Names{"mfa", "multiaz", "canary", "dlp"}));
}

std::string refusal(const Problem& problem) {
  const auto scanned = scan(problem, 1);
  const auto searched = search(problem, 1, 10'000);
  EXPECT_FALSE(scanned);
  EXPECT_FALSE(searched);
  if (scanned || searched) return "";
  EXPECT_EQ(scanned.error().text, searched.error().text);
  return scanned.error().text;
}

TEST(Plan, SaysWhatStandsInTheWay) {
  Problem problem = reference();
  problem.options[3].must = true;
  problem.money = 100;
  EXPECT_EQ(refusal(problem), "what must be done cannot be: it costs 180 of 100");
  problem.options[3].place = {"risks.yml", 7, 5, "  - {id: waf}"};
  EXPECT_EQ(scan(problem, 1)
                .error()
                .diagnostics.front()
                .to_string()
                .find("risks.yml:7:5: what must be done cannot be: it costs 180 of 100"),
            0U);
  problem = reference();
  problem.floors = {{{3}, 100}};
  EXPECT_EQ(refusal(problem),
            "even all options together cannot do: it leaves 150 of 'fraud', more than the 100 of "
            "its floor");
  problem = reference();
  problem.options[0].needs = {1};
  problem.options[1].needs = {0};
  EXPECT_EQ(refusal(problem), "'mfa' and 'edr' need each other in a circle");
  problem.options[1].needs = {};
  problem.options[1].excludes = {0};
  EXPECT_EQ(refusal(problem),
            "'mfa' can never be taken: it takes both 'edr' and 'mfa', which exclude each other");
  problem = reference();
  problem.options[0].effects[0].cuts = 1.2;
  EXPECT_NE(refusal(problem).find("expected shares from 0 to 1"), std::string::npos);
  problem = reference();
  problem.options[0].cost = -1;
  EXPECT_NE(refusal(problem).find("must be 0 or more"), std::string::npos);
}

// A random problem of up to `most` options, from numbers that make ties and conflicts.
Problem random_problem(std::size_t most) {
  Problem out;
  const auto causes = *rc::gen::inRange<std::size_t>(1, 5);
  for (std::size_t i = 0; i < causes; ++i) {
    out.causes.push_back({"c" + std::to_string(i), *rc::gen::inRange(0, 1000) * 1.0});
  }
  out.teams = {"a", "b"};
  out.team_days = {*rc::gen::inRange(0, 40) * 1.0};
  const auto count = *rc::gen::inRange<std::size_t>(1, most + 1);
  for (std::size_t i = 0; i < count; ++i) {
    Option option;
    option.name = "o" + std::to_string(i);
    option.cost = *rc::gen::inRange(0, 200);
    option.value = *rc::gen::inRange(-50, 100);
    option.days = {*rc::gen::inRange(0, 10) * 1.0, *rc::gen::inRange(0, 10) * 1.0};
    for (std::size_t cause = 0; cause < causes; ++cause) {
      if (*rc::gen::inRange(0, 2) == 0) continue;
      option.effects.push_back(
          {cause, *rc::gen::inRange(0, 11) / 10.0, *rc::gen::inRange(0, 11) / 10.0});
    }
    if (i > 0 && *rc::gen::inRange(0, 4) == 0)
      option.needs = {*rc::gen::inRange<std::size_t>(0, i)};
    if (i > 0 && *rc::gen::inRange(0, 6) == 0) {
      option.excludes = {*rc::gen::inRange<std::size_t>(0, i)};
    }
    option.must = *rc::gen::inRange(0, 12) == 0;
    out.options.push_back(std::move(option));
  }
  if (*rc::gen::inRange(0, 4) != 0) out.money = *rc::gen::inRange(0, 1000);
  if (*rc::gen::inRange(0, 6) == 0) out.floors = {{{0}, *rc::gen::inRange(0, 500) * 1.0}};
  return out;
}

RC_GTEST_PROP(PlanProperty, ScanAndSearchAgreeWithBruteForce, ()) {
  const Problem problem = random_problem(9);
  RC_PRE(validate(problem).has_value());
  double best = -1e300;
  std::map<double, double> by_cost;  // without the limit on money
  Problem rich = problem;
  rich.money = kNoLimit;
  for (Set set = 0; set < only(problem.options.size()); ++set) {
    const Outcome outcome = outcome_of(problem, set);
    if (broken_rule(problem, set).empty()) best = std::max(best, outcome.net);
    if (broken_rule(rich, set).empty()) {
      const auto [at, fresh] = by_cost.try_emplace(outcome.cost, outcome.net);
      if (!fresh) at->second = std::max(at->second, outcome.net);
    }
  }
  const auto scanned = scan(problem, 5);
  const auto searched = search(problem, 5, 1'000'000);
  RC_ASSERT(scanned.has_value() == (best > -1e300));
  RC_ASSERT(searched.has_value() == scanned.has_value());
  if (!scanned) return;
  RC_ASSERT(std::fabs(scanned->best[0].net - best) < 1e-6);
  RC_ASSERT(std::fabs(searched->best[0].net - best) < 1e-6);
  RC_ASSERT(searched->bound >= best - 1e-6);
  for (const FrontierPoint& point : scanned->frontier) {
    for (const auto& [cost, net] : by_cost) {
      RC_ASSERT(cost > point.cost + 1e-9 || net <= point.net + 1e-6);
    }
  }
}

RC_GTEST_PROP(PlanProperty, MoreMoneyIsNeverWorseAndNothingIsAlwaysThere, ()) {
  Problem problem = random_problem(12);
  for (Option& option : problem.options) option.must = false;
  problem.floors.clear();
  RC_PRE(validate(problem).has_value());
  double before = 0;
  for (const double money : {0.0, 100.0, 300.0, kNoLimit}) {
    problem.money = money;
    const auto found = scan(problem, 1);
    RC_ASSERT(found.has_value());
    RC_ASSERT(found->best[0].net >= before - 1e-9);
    before = found->best[0].net;
  }
}

TEST(Plan, ALargeProblemIsProvenOrShowsItsGap) {
  Problem problem;
  for (int i = 0; i < 10; ++i) {
    problem.causes.push_back({"c" + std::to_string(i), 1000.0 + 137.0 * (i % 4)});
  }
  for (std::size_t i = 0; i < 40; ++i) {
    Option option;
    option.name = "o" + std::to_string(i);
    option.cost = 40.0 + static_cast<double>(i * 37 % 90);
    option.effects = {{i % 10, 0.1 + 0.05 * static_cast<double>(i % 7), 0},
                      {i * 3 % 10 == i % 10 ? (i + 1) % 10 : i * 3 % 10, 0.2, 0}};
    problem.options.push_back(std::move(option));
  }
  problem.money = 900;
  const auto found = search(problem, 1, 20'000);
  ASSERT_TRUE(found);
  EXPECT_LE(found->best[0].cost, 900);
  EXPECT_GE(found->bound, found->best[0].net);
  EXPECT_LT(found->bound, found->best[0].net * 1.05) << "a gap of more than 5 %";
}

}  // namespace
}  // namespace daytwo::decide::plan
