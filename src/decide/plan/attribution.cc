#include "decide/plan/attribution.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <vector>

#include "chance/seed.h"
#include "decide/plan/problem.h"

namespace daytwo::decide::plan {
namespace {

double gain(const Problem& problem, Set set) {
  const Outcome outcome = outcome_of(problem, set);
  return outcome.net + outcome.cost;
}

// Gains of all subsets of the members, then the mean over all orders in closed form: a set of k
// others comes before a member with weight k! (n - k - 1)! / n!.
void exact_shares(const Problem& problem, std::vector<Contribution>& parts) {
  const std::size_t count = parts.size();
  std::vector<double> gains(std::size_t{1} << count);
  for (std::size_t subset = 0; subset < gains.size(); ++subset) {
    Set set = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (has(subset, i)) set |= only(parts[i].option);
    }
    gains[subset] = gain(problem, set);
  }
  std::vector<double> weights(count, 1.0 / static_cast<double>(count));
  for (std::size_t k = 1; k < count; ++k) {
    weights[k] = weights[k - 1] * static_cast<double>(k) / static_cast<double>(count - k);
  }
  for (std::size_t subset = 0; subset < gains.size(); ++subset) {
    const auto size = static_cast<std::size_t>(std::popcount(subset));
    for (std::size_t i = 0; i < count; ++i) {
      if (has(subset, i)) continue;
      parts[i].share += weights[size] * (gains[subset | (std::size_t{1} << i)] - gains[subset]);
    }
  }
}

void sampled_shares(const Problem& problem, chance::Seed seed, std::vector<Contribution>& parts) {
  chance::Stream draws(chance::derive(seed, "plan.shares"), 0);
  std::vector<std::size_t> order(parts.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  for (std::size_t round = 0; round < kOrders; ++round) {
    for (std::size_t i = order.size() - 1; i > 0; --i) {
      const auto pick = static_cast<std::size_t>(draws.uniform() * static_cast<double>(i + 1));
      std::swap(order[i], order[std::min(pick, i)]);
    }
    Set set = 0;
    double before = 0;
    for (const std::size_t i : order) {
      set |= only(parts[i].option);
      const double now = gain(problem, set);
      parts[i].share += (now - before) / static_cast<double>(kOrders);
      before = now;
    }
  }
}

}  // namespace

std::vector<Contribution> attribute(const Problem& problem, Set set, chance::Seed seed) {
  std::vector<Contribution> out;
  const double whole = gain(problem, set);
  for (const std::size_t option : Members(set)) {
    Contribution part;
    part.option = option;
    part.alone = gain(problem, only(option));
    part.last_in = whole - gain(problem, set & ~only(option));
    out.push_back(part);
  }
  if (out.size() <= kExactShares) {
    exact_shares(problem, out);
  } else {
    sampled_shares(problem, seed, out);
  }
  return out;
}

}  // namespace daytwo::decide::plan
