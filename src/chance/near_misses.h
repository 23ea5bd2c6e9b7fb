// What near misses teach about a rate of losses.
// Model: close calls come at a rate; each becomes a loss with the same chance p, else it is a near
// miss. The rate of losses is Gamma and p is Beta before, and independent. Given p, near misses
// come (1 - p) / p times as often as losses: the rate after k losses in S years and n near misses
// in T is Gamma(a + k + n, b + S + T (1 - p) / p); p itself is integrated out [thinning of a
// Poisson process: Kingman, "Poisson Processes", 1993, section 5.1; Gelman et al., "Bayesian Data
// Analysis", 3rd ed., ch. 2 and 10.1]. Thread rule: pure functions over plain values.
#pragma once

#include <cstdint>

#include "chance/distribution.h"

namespace daytwo::chance {

// Close calls of one kind. The two need not be counted over the same time; losses that the prior
// knows already are 0 in 0 years.
struct CloseCalls {
  std::int64_t losses = 0;
  double years_of_losses = 0;
  std::int64_t near_misses = 0;
  double years_of_near_misses = 0;
};

// The rate of losses after `calls`: the gamma with the mean and the variance of the posterior.
// `becomes_loss`: chance that a close call is a loss, as believed before. REQUIRES: a gamma, a
// beta, counts and years of losses >= 0, years of near misses > 0. Cost: 4,000 points, about 0.2
// ms.
[[nodiscard]] Distribution updated_rate(const Distribution& prior, const CloseCalls& calls,
                                        const Distribution& becomes_loss);

}  // namespace daytwo::chance
