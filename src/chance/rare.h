// Rare: chances below what plain simulation can see, and means with less noise [worth.md 15].
// Thread rule: pure functions over plain values.
#pragma once

#include <cstddef>
#include <span>

#include "base/result.h"
#include "chance/risk.h"
#include "chance/seed.h"

namespace daytwo::chance {

// A sampled figure and its standard error.
struct Sampled {
  double value = 0;
  double standard_error = 0;
};

// P(Z > z) of a standard normal by draws around z, each weighted by its likelihood ratio e^(z^2/2 -
// z x): the pattern of importance sampling by a mean shift [Owen, "Monte Carlo Theory, Methods and
// Examples", 2013, ch. 9]. REQUIRES: draws > 0.
[[nodiscard]] Sampled normal_tail(double z, std::size_t draws, Seed seed);

// P(S > x) for Poisson risks together, by conditioning on all events but the largest: with N events
// it is N P(X > max(M, x - S')) of a further event, M and S' the largest and the sum of the N - 1
// others; less (N - rate) P(X > x), whose mean is 0 [Asmussen, Kroese 2006, Advances in Applied
// Probability 38:545]. Its relative error does not grow as x does, for heavy tails. Errors: as
// check_risks; kInvalid for another count or a common cause, whose events differ in kind.
// REQUIRES: draws > 0, x > 0.
[[nodiscard]] Result<Sampled> rare_annual_loss(std::span<const Risk> risks, double x,
                                               std::size_t draws, Seed seed);

// Mean of `values` corrected by a control whose mean is known: v - beta (c - known), with the beta
// that leaves the least variance [Glasserman, "Monte Carlo Methods in Financial Engineering", 2003,
// 4.1]. The raw mean is its value at beta = 0. REQUIRES: equal lengths of at least 2.
[[nodiscard]] Sampled controlled_mean(std::span<const double> values,
                                      std::span<const double> control, double known);

}  // namespace daytwo::chance
