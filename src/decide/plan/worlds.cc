#include "decide/plan/worlds.h"

#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

#include "base/check.h"
#include "chance/estimate.h"
#include "chance/seed.h"
#include "decide/plan/problem.h"
#include "decide/plan/scan.h"

namespace daytwo::decide::plan {
namespace {

double mean_of(const Draws& draws) {
  return std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
}

// What `set` leaves of each cause in each world; an empty column where it does not act.
std::vector<Draws> shares_left(const Problem& shape, const Worlds& worlds, Set set) {
  std::vector<Draws> out(shape.causes.size());
  for (const std::size_t option : Members(set)) {
    const Option& acts = shape.options[option];
    for (std::size_t i = 0; i < acts.effects.size(); ++i) {
      Draws& left = out[acts.effects[i].cause];
      if (left.empty()) left.assign(worlds.count, 1);
      const Draws& stops = worlds.stops[option][i];
      const Draws& cuts = worlds.cuts[option][i];
      for (std::size_t w = 0; w < worlds.count; ++w) {
        left[w] *= acts.counted_leaves((1 - stops[w]) * (1 - cuts[w]));
      }
    }
  }
  return out;
}

}  // namespace

Draws nets(const Problem& shape, const Worlds& worlds, Set set) {
  Draws out(worlds.count, 0);
  for (const std::size_t option : Members(set)) {
    const double believed = shape.options[option].believed;
    for (std::size_t w = 0; w < worlds.count; ++w) {
      out[w] += believed * worlds.values[option][w] - worlds.costs[option][w];
    }
  }
  const std::vector<Draws> left = shares_left(shape, worlds, set);
  for (std::size_t cause = 0; cause < left.size(); ++cause) {
    if (left[cause].empty()) continue;
    const Draws& loss = worlds.losses[cause];
    for (std::size_t w = 0; w < worlds.count; ++w) out[w] += loss[w] * (1 - left[cause][w]);
  }
  return out;
}

Problem means(Problem shape, const Worlds& worlds) {
  CHECK(worlds.losses.size() == shape.causes.size(), "a column for each cause");
  CHECK(worlds.costs.size() == shape.options.size(), "a column for each option");
  for (std::size_t i = 0; i < shape.causes.size(); ++i) {
    shape.causes[i].loss = mean_of(worlds.losses[i]);
  }
  for (std::size_t i = 0; i < shape.options.size(); ++i) {
    Option& option = shape.options[i];
    option.cost = mean_of(worlds.costs[i]);
    option.value = mean_of(worlds.values[i]);
    option.days.clear();
    for (const Draws& days : worlds.days[i]) option.days.push_back(mean_of(days));
    for (std::size_t k = 0; k < option.effects.size(); ++k) {
      option.effects[k].stops = mean_of(worlds.stops[i][k]);
      option.effects[k].cuts = mean_of(worlds.cuts[i][k]);
    }
  }
  return shape;
}

Standings compare(const Problem& shape, const Worlds& worlds, std::span<const Candidate> rivals,
                  chance::Seed seed) {
  CHECK(!rivals.empty() && worlds.count > 0, "something to compare");
  std::vector<Draws> by_rival;
  by_rival.reserve(rivals.size());
  for (const Candidate& rival : rivals) by_rival.push_back(nets(shape, worlds, rival.set));
  Standings out;
  out.sets.resize(rivals.size());
  out.in_best.assign(shape.options.size(), 0);
  const double a_world = 1.0 / static_cast<double>(worlds.count);
  for (std::size_t w = 0; w < worlds.count; ++w) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < rivals.size(); ++i) {
      if (by_rival[i][w] > by_rival[best][w]) best = i;
    }
    out.sets[best].chance_best += a_world;
    for (const std::size_t option : Members(rivals[best].set)) out.in_best[option] += a_world;
    for (std::size_t i = 0; i < rivals.size(); ++i) {
      out.sets[i].regret += (by_rival[best][w] - by_rival[i][w]) * a_world;
      if (by_rival[i][w] > 0) out.sets[i].chance_pays += a_world;
    }
  }
  for (std::size_t i = 0; i < rivals.size(); ++i) {
    out.sets[i].net = chance::estimate_of(by_rival[i], seed);
  }
  return out;
}

chance::Estimate remaining_loss(const Problem& shape, const Worlds& worlds, Set set,
                                chance::Seed seed) {
  Draws out(worlds.count, 0);
  const std::vector<Draws> left = shares_left(shape, worlds, set);
  for (std::size_t cause = 0; cause < left.size(); ++cause) {
    for (std::size_t w = 0; w < worlds.count; ++w) {
      out[w] += worlds.losses[cause][w] * (left[cause].empty() ? 1 : left[cause][w]);
    }
  }
  return chance::estimate_of(out, seed);
}

}  // namespace daytwo::decide::plan
