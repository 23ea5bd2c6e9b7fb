// Beta-binomial: how many of the next trials go wrong when their share is known only as a Beta
// [Johnson, Kemp, Kotz, "Univariate Discrete Distributions", 3rd ed., 6.2.2].
// Thread rule: pure functions over plain values.
#pragma once

namespace daytwo::chance {

// P(B > most) for B ~ Binomial(trials, p), p ~ Beta(alpha, beta). Counts may be fractions of events
// as sums of shared time are: trials are rounded, and B > most counts from floor(most) + 1. Exact
// to 1e-12 while 24 deviations of B are below four million counts; beyond, a Beta of the same mean
// and variance, off by less than 1e-3. REQUIRES: 0 <= trials <= 1e15, alpha > 0, beta >= 1. Cost:
// one step a count that has weight.
[[nodiscard]] double beta_binomial_above(double most, double trials, double alpha, double beta);

}  // namespace daytwo::chance
