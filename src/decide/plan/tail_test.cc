// The tail of sets of options: the measure against hand figures and the engine of annual loss, the
// search under a limit against brute force.
#include "decide/plan/tail.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "chance/tail.h"
#include "decide/plan/planner.h"
#include "decide/plan/problem.h"
#include "decide/plan/register.h"
#include "decide/plan/say.h"
#include "decide/plan/scan.h"
#include "decide/plan/tail_search.h"
#include "decide/plan/years.h"
#include "decide/risk/portfolio.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::plan {
namespace {

constexpr chance::Seed kSeed{7};
constexpr Timestamp kNow{1'795'000'000'000};

// One world, whose numbers are those of the problem.
Worlds one_world(const Problem& problem) {
  Worlds out;
  out.count = 1;
  for (const Cause& cause : problem.causes) out.losses.push_back({cause.loss});
  for (const Option& option : problem.options) {
    out.costs.push_back({option.cost});
    out.values.push_back({option.value});
    out.days.emplace_back();
    auto& stops = out.stops.emplace_back();
    auto& cuts = out.cuts.emplace_back();
    for (const Effect& effect : option.effects) {
      stops.push_back({effect.stops});
      cuts.push_back({effect.cuts});
    }
  }
  return out;
}

TEST(Tail, IsTheMeanOfTheWorstYearsWithCutsAndStops) {
  Problem problem;
  problem.causes = {{"a", 1}, {"b", 1}, {"c", 1}};
  Option half;
  half.name = "half";
  half.effects = {{0, 0, 0.5}};
  Option stop;
  stop.name = "stop";
  stop.effects = {{1, 1, 0}};
  problem.options = {half, stop};
  // Ten years: 100 of a, 60 of a and 10 of b, 40 of b, nothing; in the last two 1 and 5 of c, which
  // no option acts on.
  YearSample sample;
  sample.years = 10;
  sample.events = {{0, 0, 100}, {1, 0, 60}, {1, 1, 10}, {2, 1, 40}, {8, 2, 1}, {9, 2, 5}};
  const TailYears years(problem, one_world(problem), sample, 0.75, kSeed);
  // The worst 2.5 years: 100, 70 and half of 40.
  EXPECT_NEAR(years.tail(0), (100 + 70 + 0.5 * 40) / 2.5, 1e-12);
  EXPECT_NEAR(years.tail(only(0)), (50 + 40 + 0.5 * 40) / 2.5, 1e-12);
  EXPECT_NEAR(years.tail(only(1)), (100 + 60 + 0.5 * 5) / 2.5, 1e-12);
  EXPECT_NEAR(years.tail(3), (50 + 30 + 0.5 * 5) / 2.5, 1e-12);
  EXPECT_NEAR(years.measure(3).tail, years.tail(3), 1e-12);
  EXPECT_NEAR(years.measure(3).at_risk, 5, 1e-12);
  EXPECT_EQ(years.events(), 5U) << "the year that loses 1 is in nobody's tail";
}

// A problem with options and a sample of years, from numbers that make ties.
struct Sampled {
  Problem problem;
  YearSample sample;
};

Sampled random_sampled() {
  Sampled out;
  const auto causes = *rc::gen::inRange<std::size_t>(1, 4);
  for (std::size_t i = 0; i < causes; ++i) {
    out.problem.causes.push_back({"c" + std::to_string(i), *rc::gen::inRange(0, 300) * 1.0});
  }
  const auto count = *rc::gen::inRange<std::size_t>(1, 9);
  for (std::size_t i = 0; i < count; ++i) {
    Option option;
    option.name = "o" + std::to_string(i);
    option.cost = *rc::gen::inRange(0, 200);
    for (std::size_t cause = 0; cause < causes; ++cause) {
      if (*rc::gen::inRange(0, 2) == 0) continue;
      option.effects.push_back(
          {cause, *rc::gen::inRange(0, 11) / 10.0, *rc::gen::inRange(0, 11) / 10.0});
    }
    if (i > 0 && *rc::gen::inRange(0, 4) == 0) {
      option.needs = {*rc::gen::inRange<std::size_t>(0, i)};
    }
    if (i > 0 && *rc::gen::inRange(0, 6) == 0) {
      option.excludes = {*rc::gen::inRange<std::size_t>(0, i)};
    }
    option.must = *rc::gen::inRange(0, 12) == 0;
    out.problem.options.push_back(std::move(option));
  }
  if (*rc::gen::inRange(0, 2) != 0) out.problem.money = *rc::gen::inRange(0, 800);
  out.sample.years = 40;
  for (std::uint32_t year = 0; year < 40; ++year) {
    const auto events = *rc::gen::inRange(0, 3);
    for (int i = 0; i < events; ++i) {
      out.sample.events.push_back(
          {year, static_cast<std::uint32_t>(*rc::gen::inRange<std::size_t>(0, causes)),
           *rc::gen::inRange(0, 500) * 1.0});
    }
  }
  return out;
}

RC_GTEST_PROP(TailProperty, FallsWithEveryOptionAndNoFasterThanItsBound, ()) {
  const Sampled each = random_sampled();
  const TailYears years(each.problem, one_world(each.problem), each.sample, 0.8, kSeed);
  const std::size_t count = each.problem.options.size();
  const auto set = *rc::gen::inRange<Set>(0, only(count));
  const auto more = set | *rc::gen::inRange<Set>(0, only(count));
  RC_ASSERT(years.tail(more) <= years.tail(set) + 1e-9);
  const auto weights = years.worst(set);
  RC_ASSERT(std::fabs(years.mean(weights, set) - years.tail(set)) < 1e-9);
  RC_ASSERT(years.mean(weights, more) <= years.tail(more) + 1e-9);
  std::vector<double> reach(count);
  years.reach(weights, set, reach);
  double most = 0;
  for (const std::size_t option : Members(more & ~set)) most += reach[option];
  RC_ASSERT(years.mean(weights, more) >= years.mean(weights, set) - most - 1e-9);
}

RC_GTEST_PROP(TailProperty, TheSearchUnderALimitAgreesWithBruteForce, ()) {
  const Sampled each = random_sampled();
  RC_PRE(validate(each.problem).has_value());
  const TailYears years(each.problem, one_world(each.problem), each.sample, 0.8, kSeed);
  const double limit = *rc::gen::inRange(0, 600);
  double best = -1e300;
  double least = 1e300;
  for (Set set = 0; set < only(each.problem.options.size()); ++set) {
    if (!broken_rule(each.problem, set).empty()) continue;
    least = std::min(least, years.tail(set));
    if (years.tail(set) <= limit) best = std::max(best, outcome_of(each.problem, set).net);
  }
  const auto found = search_under_limit(each.problem, years, limit, 5, 100'000);
  RC_ASSERT(found.has_value() == (best > -1e300));
  if (found) {
    RC_ASSERT(std::fabs(found->best[0].net - best) < 1e-6);
    RC_ASSERT(std::fabs(found->bound - best) < 1e-6);
    for (const Candidate& kept : found->best) RC_ASSERT(years.tail(kept.set) <= limit);
  }
  const LeastTail reached = least_tail(each.problem, years, 100'000);
  RC_ASSERT(reached.found == (least < 1e300));
  if (reached.found) {
    RC_ASSERT(std::fabs(reached.tail - least) < 1e-6);
    RC_ASSERT(std::fabs(reached.bound - least) < 1e-6);
  }
}

TEST(Tail, ALargeProblemShowsItsGap) {
  Problem problem;
  for (int i = 0; i < 10; ++i) problem.causes.push_back({"c" + std::to_string(i), 400.0 + 40 * i});
  for (std::size_t i = 0; i < 40; ++i) {
    Option option;
    option.name = "o" + std::to_string(i);
    option.cost = 40.0 + static_cast<double>(i * 37 % 90);
    option.effects = {{i % 10, 0.1 + 0.05 * static_cast<double>(i % 7), 0},
                      {(i * 3 + 1) % 10 == i % 10 ? (i + 1) % 10 : (i * 3 + 1) % 10, 0.2, 0}};
    problem.options.push_back(std::move(option));
  }
  problem.money = 1'200;
  YearSample sample;
  sample.years = 2'000;
  chance::Stream stream(kSeed, 0);
  for (int i = 0; i < 4'000; ++i) {
    sample.events.push_back({static_cast<std::uint32_t>(stream.uniform() * 2'000),
                             static_cast<std::uint32_t>(stream.uniform() * 10),
                             1'000 * std::exp(1.2 * stream.normal())});
  }
  const TailYears years(problem, one_world(problem), sample, 0.95, kSeed);
  const auto free = search_under_limit(problem, years, 1e12, 1, 2'000);
  ASSERT_TRUE(free);
  const double unlimited = years.tail(free->best[0].set);
  const LeastTail least = least_tail(problem, years, 2'000);
  EXPECT_LT(least.tail, unlimited);
  EXPECT_LE(least.bound, least.tail);
  const double limit = (least.tail + unlimited) / 2;
  const auto found = search_under_limit(problem, years, limit, 1, 2'000);
  ASSERT_TRUE(found) << found.error().to_string();
  EXPECT_LE(years.tail(found->best[0].set), limit);
  EXPECT_LE(found->best[0].cost, 1'200);
  EXPECT_LT(found->best[0].net, free->bound);
  EXPECT_GE(found->bound, found->best[0].net);
  EXPECT_LT(found->bound, found->best[0].net + 0.25 * std::fabs(found->best[0].net));
}

const std::string kFile = R"yaml(
risks:
  - {id: outage, estimate: "2 to 8 a year that shop is down, $2k to $60k"}
  - {id: leak, estimate: "5% a year, $200k to $2M", causes: {phishing: 0.6, unpatched: 0.4}}
options:
  - {id: canary, kind: reliability, once: "$5k", blocks: {outage: 0.5}}
  - {id: mfa, kind: security, once: "$100k", blocks: {phishing: 50% to 90%}}
  - {id: vault, kind: security, once: "$120k", cuts: {leak: 0.8}}
)yaml";

struct Limited {
  model::WorryFile file;
  Register reg;
  Tail tail;
};

Limited limited(const std::string& text, double most, double level) {
  const auto file = model::parse_worry_file(text, "risks.yml");
  EXPECT_TRUE(file) << file.error().to_string();
  const model::Stakes stakes;
  const History history;
  auto reg = read_register(*file, stakes, {1, 0}, {}, kSeed, kNow);
  EXPECT_TRUE(reg) << reg.error().to_string();
  auto tail = read_tail(*reg, {*file, stakes, std::nullopt, kSeed, kNow, history}, {most, level});
  EXPECT_TRUE(tail) << tail.error().to_string();
  return {*file, *std::move(reg), *std::move(tail)};
}

TEST(Years, LoseWhatTheRegisterExpects) {
  const auto file = model::parse_worry_file(kFile, "risks.yml");
  ASSERT_TRUE(file) << file.error().to_string();
  const model::Stakes stakes;
  const History history;
  const auto reg = read_register(*file, stakes, {1, 0}, {}, kSeed, kNow);
  ASSERT_TRUE(reg);
  const auto sample = draw_years(*reg, {*file, stakes, std::nullopt, kSeed, kNow, history}, 0.99);
  ASSERT_TRUE(sample) << sample.error().to_string();
  std::vector<double> sums(reg->shape.causes.size());
  for (const YearEvent& event : sample->events) sums.at(event.cause) += event.loss;
  const auto years = static_cast<double>(sample->years);
  EXPECT_EQ(years, 25'600);
  for (std::size_t cause = 0; cause < sums.size(); ++cause) {
    const double expected = reg->shape.causes[cause].loss;
    EXPECT_NEAR(sums[cause] / years, expected, 0.15 * expected) << reg->shape.causes[cause].name;
  }
}

TEST(Years, HaveTheTailThatTheRegisterHasByItsOwnEngine) {
  const Limited each = limited(kFile, 1e6, 0.99);
  const auto portfolio =
      risk::make_portfolio(each.file, {}, {.years = 200'000, .seed = kSeed}, kNow);
  ASSERT_TRUE(portfolio) << portfolio.error().to_string();
  const TailYears::Measure nothing = each.tail.years.measure(0);
  EXPECT_NEAR(nothing.tail, portfolio->own.tvar99.value, 5 * nothing.error);
  EXPECT_GT(nothing.error, 0);
  const TailYears::Measure again = each.tail.fresh.measure(0);
  EXPECT_NEAR(again.tail, nothing.tail, 6 * nothing.error);
  EXPECT_NE(again.tail, nothing.tail) << "drawn anew";
}

// The same with a common cause: both engines hit the same worries as often.
TEST(Years, HitSeveralWorriesByACommonCause) {
  const Limited each = limited(
      kFile +
          "common_causes: [{id: region, frequency: 0.2 a year, hits: {outage: 90%, leak: 50%}}]\n",
      1e6, 0.99);
  const auto portfolio =
      risk::make_portfolio(each.file, {}, {.years = 200'000, .seed = kSeed}, kNow);
  ASSERT_TRUE(portfolio) << portfolio.error().to_string();
  const TailYears::Measure nothing = each.tail.years.measure(0);
  EXPECT_NEAR(nothing.tail, portfolio->own.tvar99.value, 5 * nothing.error);
  EXPECT_LT(each.tail.years.measure(Set{1} << 2U).tail, nothing.tail) << "the vault acts on hits";
}

Result<Plan> planned(const Limited& each) { return make_plan(each.reg, {}, kSeed, &each.tail); }

TEST(Planner, ALimitOnTheTailBuysWhatTheMeanDoesNot) {
  const auto loose = planned(limited(kFile, 1e9, 0.99));
  ASSERT_TRUE(loose) << loose.error().to_string();
  EXPECT_EQ(names(loose->problem, loose->chosen), "canary");
  EXPECT_NE(tail_words(*loose, *loose->tail).find("The limit changes nothing."), std::string::npos);
  const double free_tail = loose->tail->measure.tail;
  const auto tight = planned(limited(kFile, 0.6 * free_tail, 0.99));
  ASSERT_TRUE(tight) << tight.error().to_string();
  EXPECT_LE(tight->tail->measure.tail, 0.6 * free_tail);
  EXPECT_LT(tight->outcome.net, loose->outcome.net);
  EXPECT_EQ(tight->gap, 0);
  ASSERT_TRUE(has(tight->chosen, 2)) << names(tight->problem, tight->chosen);
  EXPECT_EQ(why(*tight, 2), "keeps the limit on the tail");
  EXPECT_NE(tail_words(*tight, *tight->tail).find("of expected worth: else the plan would be "),
            std::string::npos)
      << tail_words(*tight, *tight->tail);
}

TEST(Planner, ALimitThatNothingReachesNamesTheLeast) {
  const auto none = planned(limited(kFile, 1'000, 0.99));
  ASSERT_FALSE(none);
  const std::string said = none.error().to_string();
  EXPECT_NE(said.find("no choice keeps the mean of the worst 1 % of years at $1k"),
            std::string::npos)
      << said;
  EXPECT_NE(said.find("the least that can be reached within the other rules is $"),
            std::string::npos)
      << said;
  EXPECT_NE(said.find("with canary, mfa and vault"), std::string::npos) << said;
}

}  // namespace
}  // namespace daytwo::decide::plan
