#include "decide/plan/rank.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <numeric>
#include <vector>

#include "decide/plan/beside.h"
#include "decide/plan/problem.h"
#include "decide/plan/worlds.h"

namespace daytwo::decide::plan {
namespace {

double mean_of(const Draws& draws) {
  return std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
}

// What an option is worth beside the plan, in each world.
Draws beside_in_worlds(const Problem& shape, const Worlds& worlds, const Beside& sets) {
  Draws out = nets(shape, worlds, sets.with);
  const Draws without = nets(shape, worlds, sets.without);
  for (std::size_t w = 0; w < worlds.count; ++w) out[w] -= without[w];
  return out;
}

// The options from the one worth most on.
std::vector<std::size_t> order_of(const std::vector<double>& worth) {
  std::vector<std::size_t> out(worth.size());
  std::iota(out.begin(), out.end(), 0);
  std::stable_sort(out.begin(), out.end(),
                   [&](std::size_t a, std::size_t b) { return worth[a] > worth[b]; });
  return out;
}

}  // namespace

Ranking rank(const Problem& shape, const Worlds& worlds, Set chosen) {
  Ranking out;
  out.top = std::max<std::size_t>(1, static_cast<std::size_t>(std::popcount(chosen)));
  const std::size_t count = shape.options.size();
  out.options.resize(count);
  std::vector<Draws> columns;
  const std::vector<double> words = worth_at(as_stated(shape), chosen, 1);
  for (std::size_t i = 0; i < count; ++i) {
    columns.push_back(beside_in_worlds(shape, worlds, beside(shape, chosen, i)));
    out.options[i].believed = mean_of(columns[i]);
    out.options[i].stated = words[i];
  }
  const double a_world = 1 / static_cast<double>(worlds.count);
  std::vector<double> worth(count);
  for (std::size_t w = 0; w < worlds.count; ++w) {
    for (std::size_t i = 0; i < count; ++i) worth[i] = columns[i][w];
    const std::vector<std::size_t> order = order_of(worth);
    for (std::size_t at = 0; at < std::min(out.top, count); ++at) {
      out.options[order[at]].in_top += a_world;
    }
  }
  for (std::size_t i = 0; i < count; ++i) worth[i] = out.options[i].believed;
  const std::vector<std::size_t> order = order_of(worth);
  for (std::size_t at = 0; at < count; ++at) {
    Rank& each = out.options[order[at]];
    each.place = at;
    if (at + 1 == count) continue;
    double beats = 0;
    for (std::size_t w = 0; w < worlds.count; ++w) {
      if (columns[order[at]][w] > columns[order[at + 1]][w]) beats += a_world;
    }
    each.beats_next = beats;
  }
  return out;
}

std::vector<double> worth_at(const Problem& means, Set chosen, double factor) {
  Problem scaled = means;
  for (Cause& cause : scaled.causes) cause.loss *= factor;
  std::vector<double> out;
  for (std::size_t i = 0; i < scaled.options.size(); ++i) {
    const Beside sets = beside(scaled, chosen, i);
    out.push_back(outcome_of(scaled, sets.with).net - outcome_of(scaled, sets.without).net);
  }
  return out;
}

Agreement agreement(const std::vector<double>& one, const std::vector<double>& other) {
  Agreement out;
  for (std::size_t i = 0; i < one.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      ++out.pairs;
      if ((one[i] > one[j]) == (other[i] > other[j])) ++out.same;
    }
  }
  return out;
}

}  // namespace daytwo::decide::plan
