// Belief: a wide guess is not bought for being wide.
#include "decide/plan/belief.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "chance/seed.h"
#include "decide/plan/planner.h"
#include "decide/plan/problem.h"
#include "decide/plan/register.h"
#include "decide/plan/say.h"
#include "decide/plan/worlds.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::plan {
namespace {

constexpr std::size_t kCount = 2'000;
constexpr chance::Seed kSeed{7};

// A lognormal of this mean, `spread` wide on the log scale, at the middle of equal shares of
// probability, put in an order of its own.
Draws lognormal(double mean, double spread, std::uint64_t order) {
  Draws out(kCount);
  chance::Stream draws(chance::Seed{order}, 0);
  double sum = 0;
  for (double& each : out) {
    each = std::exp(spread * draws.normal());
    sum += each;
  }
  for (double& each : out) each *= mean * static_cast<double>(kCount) / sum;
  return out;
}

// Features that cost 1 each, worth `means` with `spreads`.
struct Features {
  Problem shape;
  Worlds worlds;
};

Features features(const std::vector<std::pair<double, double>>& mean_and_spread) {
  Features out;
  out.worlds.count = kCount;
  for (const auto& [mean, spread] : mean_and_spread) {
    const std::size_t number = out.shape.options.size();
    out.shape.options.emplace_back();
    out.shape.options.back().name = "f" + std::to_string(number);
    out.worlds.costs.emplace_back(kCount, 1.0);
    out.worlds.values.push_back(lognormal(mean, spread, number + 1));
    out.worlds.days.emplace_back();
    out.worlds.stops.emplace_back();
    out.worlds.cuts.emplace_back();
  }
  out.shape = means(out.shape, out.worlds);
  return out;
}

Register read(const std::string& text) {
  const auto file = model::parse_worry_file(text, "risks.yml");
  EXPECT_TRUE(file) << file.error().to_string();
  auto out = read_register(*file, {}, {1, 0}, {}, kSeed, Timestamp{1'795'000'000'000});
  EXPECT_TRUE(out) << out.error().to_string();
  return *std::move(out);
}

TEST(Belief, IsTheGeometricMiddleOfALognormalAndItsGroup) {
  // For a lognormal of mean m the drawn mean is m^own e^(centre (1 - own)): with three of equal
  // width the centre is the mean of their logarithms, which can be written down.
  const double spread = 0.5;
  const std::vector<double> mean = {2, 4, 30};
  const Features all = features({{mean[0], spread}, {mean[1], spread}, {mean[2], spread}});
  const std::vector<double> shares = beliefs(all.shape, all.worlds);
  const double variance = spread * spread;
  double centre = 0;
  for (const double each : mean) centre += (std::log(each) - variance / 2) / 3;
  double between = -variance;
  for (const double each : mean) {
    between += std::pow(std::log(each) - variance / 2 - centre, 2) / 2;
  }
  const double own = between / (between + variance);
  for (std::size_t i = 0; i < mean.size(); ++i) {
    const double drawn = std::pow(mean[i], own) * std::exp(centre * (1 - own));
    EXPECT_NEAR(shares[i], std::min(1.0, drawn / mean[i]), 0.01) << i;
  }
  EXPECT_EQ(shares[0], 1) << "what is below the group is not drawn up";
  EXPECT_LT(shares[2], 0.95);
}

TEST(Belief, TwoOptionsHaveNoGroupToBeDrawnTo) {
  const Features two = features({{3, 0.1}, {30, 2}});
  EXPECT_EQ(beliefs(two.shape, two.worlds), (std::vector<double>{1, 1}));
}

TEST(Belief, WhatIsCertainFreeOrMayDoHarmIsLeftAsItIs) {
  Features all = features({{3, 0.5}, {5, 0.5}, {9, 1}, {40, 1}, {40, 1}, {40, 0}});
  all.worlds.costs[3].assign(kCount, 0);
  all.worlds.values[4][0] = -1;
  const std::vector<double> shares = beliefs(all.shape, all.worlds);
  EXPECT_LT(shares[2], 1);
  EXPECT_EQ(shares[3], 1);
  EXPECT_EQ(shares[4], 1);
  EXPECT_EQ(shares[5], 1);
}

TEST(Belief, TakesItsShareOffTheLossAvoidedWhetherItStopsOrCuts) {
  Problem shape;
  shape.causes = {{"outage", 1000}};
  Worlds worlds;
  worlds.count = 1;
  worlds.losses = {{1000}};
  for (const auto& [stops, cuts] : std::vector<std::pair<double, double>>{
           {0.6, 0}, {0, 0.6}, {0.5, 0.5}, {1, 1}, {1, 0}, {0, 0}}) {
    shape.options.emplace_back();
    shape.options.back().effects = {{0, stops, cuts}};
    shape.options.back().value = 40;
    worlds.costs.push_back({10});
    worlds.values.push_back({40});
    worlds.days.emplace_back();
    worlds.stops.push_back({{stops}});
    worlds.cuts.push_back({{cuts}});
  }
  shape = means(shape, worlds);
  for (std::size_t i = 0; i < shape.options.size(); ++i) {
    const double brought = outcome_of(shape, only(i)).net + 10;
    Problem doubted = shape;
    doubted.options[i].believed = 0.7;
    EXPECT_NEAR(outcome_of(doubted, only(i)).net + 10, 0.7 * brought, 1e-9) << i;
    EXPECT_NEAR(nets(doubted, worlds, only(i))[0] + 10, 0.7 * brought, 1e-9) << i;
    EXPECT_EQ(outcome_of(as_stated(doubted), only(i)).net + 10, brought) << i;
    EXPECT_EQ(loss_of(doubted, {{0}, 0}, only(i)), loss_of(shape, {{0}, 0}, only(i)))
        << "a floor is held on what is stated";
  }
}

// The same cost, the same mean: the wider is believed no more, whatever else there is.
RC_GTEST_PROP(BeliefLaws, WidthIsNotRewarded, ()) {
  const double mean = *rc::gen::inRange(5, 500) / 10.0;
  const double narrow = *rc::gen::inRange(1, 150) / 100.0;
  const double wider = narrow + *rc::gen::inRange(5, 100) / 100.0;
  std::vector<std::pair<double, double>> all = {{mean, narrow}, {mean, wider}};
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
    all.emplace_back(*rc::gen::inRange(5, 500) / 10.0, *rc::gen::inRange(1, 200) / 100.0);
  }
  const Features options = features(all);
  const std::vector<double> shares = beliefs(options.shape, options.worlds);
  RC_ASSERT(shares[1] <= shares[0] + 0.01);
  for (const double share : shares) RC_ASSERT(share > 0 && share <= 1);
}

TEST(Belief, APlanWithRoomForOneTakesTheSureOneThoughTheWildOneIsStatedToBringMore) {
  const Register reg = read(R"yaml(
options:
  - {id: sure, once: "$10k", worth: "$25.3k to $35k"}
  - {id: wild, once: "$10k", worth: "$2k to $120k"}
  - {id: dull, once: "$10k", worth: "$9k to $16k"}
  - {id: poor, once: "$10k", worth: "$6k to $9k"}
risks: [{id: any, estimate: "once in 5 years, $1k to $2k"}]
)yaml");
  EXPECT_GT(reg.shape.options[1].value, reg.shape.options[0].value);
  Problem limits;
  limits.money = 10'000;
  const auto made = make_plan(reg, limits, kSeed);
  ASSERT_TRUE(made) << made.error().to_string();
  EXPECT_EQ(names(made->problem, made->chosen), "sure");
  ASSERT_TRUE(made->stability.stated.has_value());
  EXPECT_EQ(names(made->problem, *made->stability.stated), "wild");
  EXPECT_NE(stability_words(*made).back().find("by what is stated the best would be with wild"),
            std::string::npos)
      << stability_words(*made).back();
}

}  // namespace
}  // namespace daytwo::decide::plan
