// Counting: what a row of counts says about its process. Is it Poisson, how clustered is it, how
// do services share strength, how fast does evidence fade [worth.md 4.1,
// 7].
// Thread rule: pure functions over plain values.
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "chance/distribution.h"

namespace daytwo::chance {

// A row of counts over equal periods against Poisson: chi2 = (n - 1) s^2 / m with n - 1 degrees of
// freedom [Fisher, Thornton, Mackenzie 1922, Annals of Applied Biology 9:325].
struct Dispersion {
  double mean = 0;
  double variance = 0;     // of the sample, n - 1
  double p = 1;            // P(as dispersed or more | Poisson)
  bool clustered = false;  // p < 5 % from kLeastCounts counts on: take a negative binomial
  double r = 0;            // by moments, mean^2 / (variance - mean); 0 where not clustered
  double clustering = 0;   // variance / mean - 1, not below 0
};

// Below this many counts nobody can tell.
inline constexpr std::size_t kLeastCounts = 24;

// Errors: kInvalid for fewer than two counts or one below 0.
[[nodiscard]] Result<Dispersion> dispersion_of(std::span<const std::int64_t> counts);

// Upper end for a rate a year after `events` in `years`: chance `confidence` that a larger rate
// would have shown more (exact Poisson) [Garwood 1936, Biometrika 28:437]; nothing seen gives 3.0 /
// years at 95 %. REQUIRES: events >= 0, years > 0, 0 < confidence < 1.
[[nodiscard]] double rate_upper_bound(std::int64_t events, double years, double confidence);

// Belief about a rate after `years` without news: its evidence counts `keep_a_year` as much each
// year (power prior [Ibrahim, Chen 2000, Statistical Science 15:46]); the mean stays. REQUIRES: a
// gamma; 0 < keep_a_year <= 1; years >= 0.
[[nodiscard]] Distribution faded(const Distribution& rate, double keep_a_year, double years);

// How much a year keeps unless stated.
inline constexpr double kKeepAYear = 0.8;

// What one of several services has seen.
struct Exposure {
  std::int64_t events = 0;
  double years = 0;
};

// The gamma that the services' rates come from, by maximum likelihood of their counts (negative
// binomial); the posterior of each is updated_rate(this, events, years). Services that agree give a
// large shape: they borrow all strength. Errors: kInvalid for fewer than three services, years not
// above 0, or no event in all.
[[nodiscard]] Result<Distribution> shared_rate(std::span<const Exposure> services);

// A loss as it is known: what it is, or that it is at least that because it goes on.
struct KnownLoss {
  double amount = 0;
  bool ongoing = false;
};

// The lognormal of losses by maximum likelihood, with ongoing ones as censored and all of them
// truncated below `reported_from`, under which nobody writes one down (0 where all are). Errors:
// kInvalid for fewer than three finished losses, an amount that is not above reported_from, or
// losses that are all alike.
[[nodiscard]] Result<Distribution> fit_losses(std::span<const KnownLoss> losses,
                                              double reported_from);

}  // namespace daytwo::chance
