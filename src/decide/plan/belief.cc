#include "decide/plan/belief.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

#include "decide/plan/problem.h"
#include "decide/plan/worlds.h"

namespace daytwo::decide::plan {
namespace {

// Below this a group is taken to be no nearer together than a tenth on the log scale.
constexpr double kLeastBetween = 0.01;
constexpr double kLeastVariance = 1e-9;

// What one option brings by itself for a unit of its cost, on the log scale.
struct Promise {
  std::size_t option = 0;
  double log_of_mean = 0;
  double variance = 0;  // that it shares with no other
  Draws logs;

  // Where it lies beside the others: a mean of wide draws lies high for their width alone.
  [[nodiscard]] double place() const { return log_of_mean - variance / 2; }
};

double mean_of(const Draws& draws) {
  return std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
}

double covariance(const Draws& one, const Draws& other) {
  const double at = mean_of(one);
  double sum = 0;
  for (std::size_t w = 0; w < one.size(); ++w) sum += (one[w] - at) * other[w];
  return sum / static_cast<double>(one.size());
}

// What an option shares with the others, as a loss that several act upon, makes it no better or
// worse than they are: only the rest of its variance can flatter it.
void take_off_shared(std::vector<Promise>& members) {
  Draws sum(members.front().logs.size(), 0);
  for (const Promise& each : members) {
    for (std::size_t w = 0; w < sum.size(); ++w) sum[w] += each.logs[w];
  }
  const auto others = static_cast<double>(members.size() - 1);
  for (Promise& each : members) {
    const double whole = covariance(each.logs, each.logs);
    const double shared = (covariance(each.logs, sum) - whole) / others;
    each.variance = std::max(kLeastVariance, whole - std::max(0.0, shared));
  }
}

// Those whose promise is uncertain and has a logarithm; none where they are no group.
std::vector<Promise> promises(const Problem& shape, const Worlds& worlds) {
  std::vector<Promise> out;
  for (std::size_t option = 0; option < shape.options.size(); ++option) {
    const double cost = mean_of(worlds.costs[option]);
    if (cost <= 0) continue;
    Promise each{option, 0, 0, nets(shape, worlds, only(option))};
    for (std::size_t w = 0; w < worlds.count; ++w) {
      each.logs[w] = (each.logs[w] + worlds.costs[option][w]) / cost;
    }
    const auto [least, most] = std::minmax_element(each.logs.begin(), each.logs.end());
    if (*least <= 0 || *most <= *least * (1 + kLeastVariance)) continue;
    each.log_of_mean = std::log(mean_of(each.logs));
    for (double& x : each.logs) x = std::log(x);
    out.push_back(std::move(each));
  }
  if (out.size() < kLeastGroup) return {};
  take_off_shared(out);
  return out;
}

// Where a group lies on the log scale, and how far apart its members truly are.
struct Group {
  double centre = 0;
  double between = 0;
};

// The mean place where members differ by `between` besides their own variance.
double centre_of(const std::vector<Promise>& members, double between) {
  double weights = 0;
  double sum = 0;
  for (const Promise& each : members) {
    const double weight = 1 / (each.variance + between);
    weights += weight;
    sum += weight * each.place();
  }
  return sum / weights;
}

Group group_of(const std::vector<Promise>& members) {
  const double centre = centre_of(members, 0);
  double weights = 0;
  double squares = 0;
  double spread = 0;
  for (const Promise& each : members) {
    const double weight = 1 / each.variance;
    weights += weight;
    squares += weight * weight;
    spread += weight * (each.place() - centre) * (each.place() - centre);
  }
  const double between =
      std::max(kLeastBetween,
               (spread - static_cast<double>(members.size() - 1)) / (weights - squares / weights));
  return {centre_of(members, between), between};
}

}  // namespace

std::vector<double> beliefs(const Problem& shape, const Worlds& worlds) {
  std::vector<double> out(shape.options.size(), 1);
  const std::vector<Promise> members = promises(shape, worlds);
  if (members.empty()) return out;
  const Group group = group_of(members);
  for (const Promise& each : members) {
    // A lognormal of mean m, drawn to the centre c by the weight of its own word, has the mean
    // m^own c^(1 - own): what is believed of m is (c / m)^(1 - own).
    const double others = each.variance / (group.between + each.variance);
    out[each.option] = std::min(1.0, std::exp(others * (group.centre - each.log_of_mean)));
  }
  return out;
}

}  // namespace daytwo::decide::plan
