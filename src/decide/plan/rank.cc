#include "decide/plan/rank.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include "decide/plan/beside.h"
#include "decide/plan/problem.h"
#include "decide/plan/worlds.h"

namespace daytwo::decide::plan {
namespace {

// Below this a group is taken to be no nearer together than a tenth on the log scale.
constexpr double kLeastBetween = 0.01;
constexpr double kLeastVariance = 1e-9;

// One option beside the plan in each world.
struct Column {
  Draws net;
  Draws brings;  // before its cost
};

double mean_of(const Draws& draws) {
  return std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
}

Column column_of(const Problem& shape, const Worlds& worlds, const Beside& sets) {
  Column out{nets(shape, worlds, sets.with), {}};
  const Draws without = nets(shape, worlds, sets.without);
  for (std::size_t w = 0; w < worlds.count; ++w) out.net[w] -= without[w];
  out.brings = out.net;
  for (const std::size_t option : Members(sets.with ^ sets.without)) {
    const double sign = has(sets.with, option) ? 1 : -1;
    for (std::size_t w = 0; w < worlds.count; ++w) {
      out.brings[w] += sign * worlds.costs[option][w];
    }
  }
  return out;
}

// Mean and variance of the logarithm.
struct Log {
  double mean = 0;
  double variance = 0;
};

bool is_uncertain_gain(const Draws& draws) {
  const auto [least, most] = std::minmax_element(draws.begin(), draws.end());
  return *least > 0 && *most > *least * (1 + kLeastVariance);
}

Log log_of(const Draws& draws) {
  Log out;
  const auto count = static_cast<double>(draws.size());
  for (const double x : draws) out.mean += std::log(x) / count;
  for (const double x : draws) {
    out.variance += (std::log(x) - out.mean) * (std::log(x) - out.mean) / count;
  }
  return out;
}

// The mean of `draws` drawn to the centre of the group: both middle and width shrink.
double pulled(const Draws& draws, const Log& log, double centre, double between) {
  const double own = between / (between + log.variance);
  double sum = 0;
  for (const double x : draws) {
    sum += std::exp(centre + own * (log.mean - centre) + std::sqrt(own) * (std::log(x) - log.mean));
  }
  return sum / static_cast<double>(draws.size());
}

// What each option is worth once what it brings is drawn to the group.
void shrink(const std::vector<Column>& columns, std::vector<Rank>& out) {
  std::vector<std::size_t> group;
  std::vector<Log> logs(columns.size());
  double weights = 0;
  double squares = 0;
  double centre = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    out[i].shrunk = out[i].raw;
    const double cost = mean_of(columns[i].brings) - out[i].raw;
    if (cost <= 0 || !is_uncertain_gain(columns[i].brings)) continue;
    logs[i] = log_of(columns[i].brings);
    logs[i].mean -= std::log(cost);
    const double weight = 1 / std::max(logs[i].variance, kLeastVariance);
    weights += weight;
    squares += weight * weight;
    centre += weight * logs[i].mean;
    group.push_back(i);
  }
  if (group.size() < kLeastGroup) return;
  centre /= weights;
  double spread = 0;
  for (const std::size_t i : group) {
    const double gap = logs[i].mean - centre;
    spread += gap * gap / std::max(logs[i].variance, kLeastVariance);
  }
  const double between = std::max(kLeastBetween, (spread - static_cast<double>(group.size() - 1)) /
                                                     (weights - squares / weights));
  // The centre of a group whose members differ by `between` too.
  weights = centre = 0;
  for (const std::size_t i : group) {
    const double weight = 1 / (logs[i].variance + between);
    weights += weight;
    centre += weight * logs[i].mean;
  }
  centre /= weights;
  for (const std::size_t i : group) {
    const double cost = mean_of(columns[i].brings) - out[i].raw;
    Draws ratios = columns[i].brings;
    for (double& each : ratios) each /= cost;
    out[i].shrunk = (pulled(ratios, logs[i], centre, between) - 1) * cost;
  }
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
  std::vector<Column> columns;
  for (std::size_t i = 0; i < count; ++i) {
    columns.push_back(column_of(shape, worlds, beside(shape, chosen, i)));
    out.options[i].raw = mean_of(columns[i].net);
  }
  shrink(columns, out.options);
  const double a_world = 1 / static_cast<double>(worlds.count);
  std::vector<double> worth(count);
  for (std::size_t w = 0; w < worlds.count; ++w) {
    for (std::size_t i = 0; i < count; ++i) worth[i] = columns[i].net[w];
    const std::vector<std::size_t> order = order_of(worth);
    for (std::size_t at = 0; at < std::min(out.top, count); ++at) {
      out.options[order[at]].in_top += a_world;
    }
  }
  for (std::size_t i = 0; i < count; ++i) worth[i] = out.options[i].shrunk;
  const std::vector<std::size_t> order = order_of(worth);
  for (std::size_t at = 0; at < count; ++at) {
    Rank& each = out.options[order[at]];
    each.place = at;
    if (at + 1 == count) continue;
    double beats = 0;
    for (std::size_t w = 0; w < worlds.count; ++w) {
      if (columns[order[at]].net[w] > columns[order[at + 1]].net[w]) beats += a_world;
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
