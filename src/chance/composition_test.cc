// Composition: known systems, every state summed by hand for random graphs, and what must hold.
#include "chance/composition.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "chance/availability.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

const Seed kSeed = derive(Seed{}, "composition");

Part part(std::string name, std::vector<PartNeed> needs = {}) {
  return {std::move(name), std::move(needs)};
}

Composition made(std::vector<Part> parts, std::size_t root = 0) {
  auto out = Composition::make(std::move(parts), root);
  EXPECT_TRUE(out) << out.error().to_string();
  return *std::move(out);
}

double exact(const Composition& graph, const std::vector<double>& works) {
  const Composed out = graph.availability(works, kSeed);
  EXPECT_EQ(out.error, 0);
  return out.availability;
}

TEST(Composition, PartsInSeriesMultiply) {
  const Composition graph = made(
      {part("shop", {{{1}}, {{2}}, {{3}}, {{4}}}), part("a"), part("b"), part("c"), part("d")});
  const std::vector<double> works = {1, .9999, .9999, .9995, .999};
  EXPECT_NEAR(exact(graph, works), 0.998300810, 1e-9);
  EXPECT_NEAR(graph.bounds(works).low, 0.9983, 1e-12);
  EXPECT_NEAR(graph.bounds(works).high, 0.999, 1e-12);
}

TEST(Composition, CopiesAreAsGoodAsWhatTheyDoNotShare) {
  const auto two = [](double common) {
    const Composition graph =
        made({part("shop", {{.on = {1, 2}, .least = 1, .common = common}}), part("a"), part("b")});
    return exact(graph, {1, .999, .999});
  };
  EXPECT_NEAR(two(0), 0.999999, 1e-9);
  EXPECT_NEAR(two(0.01), 0.9999890, 5e-8);
  EXPECT_NEAR(two(0.1), 0.99989919, 5e-9);
  EXPECT_NEAR(two(1), 0.999, 1e-12);
}

TEST(Composition, TwoOfThreeAndAWholeSystem) {
  const Composition some =
      made({part("queue", {{.on = {1, 2, 3}, .least = 2}}), part("a"), part("b"), part("c")});
  EXPECT_NEAR(exact(some, {1, .99, .99, .99}), 0.999702, 1e-9);
  const Composition whole =
      made({part("lb", {{.on = {1, 2, 3}}, {.on = {4, 5}}, {.on = {6}}}), part("app1"),
            part("app2"), part("app3"), part("db1"), part("db2"), part("pay")});
  EXPECT_NEAR(exact(whole, {.9999, .995, .995, .995, .999, .999, .9995}), 0.9993989257, 1e-10);
}

TEST(Composition, ASecondTryHelpsAgainstWhatDoesNotLast) {
  const Composition graph =
      made({part("shop", {{.on = {1}, .tries = 2, .persistent = 0.3}}), part("pay")});
  EXPECT_NEAR(1 - exact(graph, {1, .999}), 3.007e-4, 1e-10);
}

TEST(Composition, WhatOnlySomeRequestsNeedCountsForThoseOnly) {
  const Composition graph = made({part("shop", {{.on = {1}, .share = 0.3}}), part("hints")});
  EXPECT_NEAR(exact(graph, {1, .99}), 1 - 0.3 * 0.01, 1e-12);
  EXPECT_EQ(graph.musts(), (std::vector<std::size_t>{0}));
}

TEST(Composition, APartThatTwoWaysLeadToFailsOnce) {
  const Composition critical =
      made({part("shop", {{{1}}, {{2}}}), part("cart", {{{3}}}), part("pay", {{{3}}}), part("db")});
  EXPECT_NEAR(exact(critical, {1, .999, .998, .99}), .999 * .998 * .99, 1e-12);
  EXPECT_EQ(critical.musts(), (std::vector<std::size_t>{0, 1, 2, 3}));
  EXPECT_EQ(critical.shared(), 0U);
  const Composition copies =
      made({part("shop", {{.on = {1, 2}}}), part("a", {{{3}}}), part("b", {{{3}}}), part("db")});
  EXPECT_EQ(copies.shared(), 1U);
  EXPECT_NEAR(exact(copies, {1, .9, .8, .99}), .99 * (1 - .1 * .2), 1e-12)
      << "two copies over one database are no better than the database";
}

TEST(Composition, NamesACircleAndWhatCannotBe) {
  const auto error = [](std::vector<Part> parts) {
    const auto out = Composition::make(std::move(parts), 0);
    EXPECT_FALSE(out);
    return out ? "" : out.error().text;
  };
  EXPECT_EQ(error({part("a", {{{1}}}), part("b", {{{2}}}), part("c", {{{1}}})}),
            "'b' needs 'c', which needs 'b': a circle");
  EXPECT_EQ(error({part("a", {{{0}}})}), "'a' needs 'a': a circle");
  EXPECT_EQ(error({part("a", {{.on = {1}, .least = 2}}), part("b")}), "'a' needs 2 of 1 parts");
  EXPECT_EQ(error({part("a", {{.on = {1, 1}}}), part("b")}),
            "'a' needs the same part twice at once");
  EXPECT_EQ(error({part("a", {{.on = {1}, .share = 1.5}}), part("b")}),
            "'a' has a share outside 0 and 1");
}

// A random graph: each part may need later ones, so that there is no circle.
std::vector<Part> random_parts(std::size_t count) {
  std::vector<Part> out;
  for (std::size_t i = 0; i < count; ++i) {
    Part each = part("p" + std::to_string(i));
    const int needs = i + 1 < count ? *rc::gen::inRange(0, 3) : 0;
    for (int n = 0; n < needs; ++n) {
      PartNeed need;
      for (std::size_t other = i + 1; other < count; ++other) {
        if (*rc::gen::inRange(0, 4) == 0 && need.on.size() < 3) need.on.push_back(other);
      }
      if (need.on.empty()) continue;
      need.least = *rc::gen::inRange<std::size_t>(1, need.on.size() + 1);
      if (*rc::gen::inRange(0, 3) == 0) need.share = *rc::gen::inRange(0, 11) / 10.0;
      each.needs.push_back(need);
    }
    out.push_back(each);
  }
  return out;
}

std::vector<double> random_chances(std::size_t count) {
  std::vector<double> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(*rc::gen::inRange(50, 101) / 100.0);
  return out;
}

// What a request has a chance of, all states given.
double success(const std::vector<Part>& parts, std::uint32_t up, std::size_t at) {
  if (((up >> at) & 1U) == 0) return 0;
  double out = 1;
  for (const PartNeed& need : parts[at].needs) {
    // All ways in which the parts of the need may answer.
    double met = 0;
    for (std::uint32_t answers = 0; answers < (1U << need.on.size()); ++answers) {
      double chance = 1;
      std::size_t good = 0;
      for (std::size_t i = 0; i < need.on.size(); ++i) {
        const double each = success(parts, up, need.on[i]);
        const bool answered = ((answers >> i) & 1U) != 0;
        chance *= answered ? each : 1 - each;
        good += answered ? 1U : 0U;
      }
      if (good >= need.least) met += chance;
    }
    out *= 1 - need.share * (1 - met);
  }
  return out;
}

double all_states(const std::vector<Part>& parts, const std::vector<double>& works) {
  double out = 0;
  for (std::uint32_t up = 0; up < (1U << parts.size()); ++up) {
    double chance = 1;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      chance *= ((up >> i) & 1U) != 0 ? works[i] : 1 - works[i];
    }
    if (chance > 0) out += chance * success(parts, up, 0);
  }
  return out;
}

RC_GTEST_PROP(CompositionProperty, IsTheSumOverAllStates, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(1, 11);
  const std::vector<Part> parts = random_parts(count);
  const std::vector<double> works = random_chances(count);
  const Composition graph = made(parts);
  RC_ASSERT(std::fabs(exact(graph, works) - all_states(parts, works)) < 1e-9);
}

RC_GTEST_PROP(CompositionProperty, LiesWithinItsBoundsAndRisesWithEachPart, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(1, 14);
  const Composition graph = made(random_parts(count));
  std::vector<double> works = random_chances(count);
  const double now = exact(graph, works);
  const Bounds bounds = graph.bounds(works);
  RC_ASSERT(bounds.low <= now + 1e-12);
  RC_ASSERT(now <= bounds.high + 1e-12);
  const auto better = *rc::gen::inRange<std::size_t>(0, count);
  works[better] = (works[better] + 1) / 2;
  RC_ASSERT(exact(graph, works) >= now - 1e-12);
}

// Sampled beyond what is enumerated: within five standard errors (false alarm 6e-7) of the truth,
// here known because the graph falls into modules.
TEST(Composition, ASampleAgreesWithWhatIsKnownWithinItsError) {
  std::vector<Part> parts = {part("shop")};
  std::vector<double> works = {1};
  double truth = 1;
  for (int i = 0; i < 30; ++i) {
    // Two copies over one database, soft for 40 % of the requests.
    const std::size_t at = parts.size();
    parts[0].needs.push_back({.on = {at, at + 1}, .share = 0.4});
    parts.push_back(part("a", {{{at + 2}}}));
    parts.push_back(part("b", {{{at + 2}}}));
    parts.push_back(part("db"));
    works.insert(works.end(), {.99, .98, .995});
    truth *= 1 - 0.4 * (1 - .995 * (1 - .01 * .02));
  }
  const Composition graph = made(parts);
  EXPECT_EQ(graph.shared(), 30U);
  const Composed out = graph.availability(works, kSeed);
  EXPECT_GT(out.error, 0);
  EXPECT_LT(out.error, 1e-4);
  EXPECT_NEAR(out.availability, truth, 5 * out.error);
}

TEST(Composition, AChainAsLongAsTheGraphIsNoTrouble) {
  std::vector<Part> parts;
  const std::size_t count = 50'000;
  for (std::size_t i = 0; i < count; ++i) parts.push_back(part("p", {{{i + 1}}}));
  parts.push_back(part("last"));
  const Composition graph = made(std::move(parts));
  EXPECT_NEAR(exact(graph, std::vector<double>(count + 1, 1 - 1e-6)), std::pow(1 - 1e-6, 50'001.0),
              1e-9);
}

}  // namespace
}  // namespace daytwo::chance
