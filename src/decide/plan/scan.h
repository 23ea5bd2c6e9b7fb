// The exact answer for few options: every set is looked at [worth.md 11].
#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "decide/plan/problem.h"

namespace daytwo::decide::plan {

// 2^24 sets with ten causes: tens of milliseconds on one core.
inline constexpr std::size_t kScanOptions = 24;

// A set that was looked at.
struct Candidate {
  Set set = 0;
  double net = 0;
  double cost = 0;
};

// More net worth, then the cheaper, then the smaller number: a total order, so that every solver
// names the same set.
[[nodiscard]] constexpr bool better(const Candidate& a, const Candidate& b) {
  if (a.net != b.net) return a.net > b.net;
  if (a.cost != b.cost) return a.cost < b.cost;
  return a.set < b.set;
}

// A point of the frontier: no set of this cost or less is worth more. The limit on money does not
// apply to it, all other rules do.
using FrontierPoint = Candidate;

// What a solver found.
struct Found {
  std::vector<Candidate> best;  // by net worth, best first; ties: the cheaper, the smaller set
  std::vector<FrontierPoint> frontier;  // by cost, net rising
  double bound = 0;                     // no set can be worth more; equals best[0].net when exact
  std::size_t looked_at = 0;            // sets or nodes
  bool exact = false;                   // every set that keeps the rules was looked at
};

// The `most` best sets that keep all rules, and the frontier in steps of 1/256 of the cost of all.
// Errors: kInvalid (see validate), and when no set keeps the rules, naming the rule that the
// must-dos break. REQUIRES: at most kScanOptions options, most > 0.
// Cost: 2^n times the causes multiply-adds; memory 2^(n/2) times the causes.
[[nodiscard]] Result<Found> scan(const Problem& problem, std::size_t most);

}  // namespace daytwo::decide::plan
