// From prior to posterior: what incidents, deploys and trials teach [Gelman et al., "Bayesian Data
// Analysis", 3rd ed., ch. 2 and 3]; and intervals for a share seen in n trials.
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "chance/distribution.h"
#include "chance/fit.h"

namespace daytwo::chance {

// Gamma(shape, rate) after `events` in `years`: Gamma(shape + events, rate + years).
// REQUIRES: a gamma; events, years >= 0.
[[nodiscard]] Distribution updated_rate(const Distribution& prior, std::int64_t events,
                                        double years);

// A rate known from counts alone: Jeffreys' prior Gamma(1/2, 0), updated. REQUIRES: events >= 0,
// years > 0.
[[nodiscard]] Distribution rate_from_counts(std::int64_t events, double years);

// P(N = n) next year when the rate is the given gamma: negative binomial.
[[nodiscard]] double chance_of_count(const Distribution& rate, std::int64_t count);

// Beta(alpha, beta) after `hits` of `trials`. REQUIRES: a beta; 0 <= hits <= trials.
[[nodiscard]] Distribution updated_share(const Distribution& prior, std::int64_t hits,
                                         std::int64_t trials);

// Interval for a share from `hits` of `trials`: Jeffreys' (Beta(1/2, 1/2) prior, equal tails; 0 and
// 1 stay reachable) [Brown, Cai, DasGupta 2001, Statistical Science 16:101], and Clopper and
// Pearson's, which never covers less than it says [Biometrika 26:404, 1934]. REQUIRES: 0 <= hits <=
// trials, trials > 0, confidence inside (0, 1).
[[nodiscard]] Interval jeffreys(std::int64_t hits, std::int64_t trials, double confidence);
[[nodiscard]] Interval clopper_pearson(std::int64_t hits, std::int64_t trials, double confidence);

// P(K <= hits) for K ~ Binomial(trials, chance). REQUIRES: 0 <= chance <= 1, trials >= 0.
[[nodiscard]] double binomial_cdf(std::int64_t hits, std::int64_t trials, double chance);

// Rate a year that gives `chance` of at least one event in `years`: -ln(1 - chance) / years.
// Errors: kInvalid for a chance outside [0, 1) or years that are not above 0.
[[nodiscard]] Result<double> rate_from_chance(double chance, double years);

// Normal-inverse-gamma belief about ln X: mean m with weight k, variance from shape a and scale b.
struct LogBelief {
  double m = 0;
  double k = 0;
  double a = 0;
  double b = 0;

  // The belief after seeing `sizes`, each above 0.
  [[nodiscard]] LogBelief after(std::span<const double> sizes) const;
  // Of the next X: exp(Student t with 2a degrees of freedom). Its mean is infinite, so there is no
  // mean here.
  [[nodiscard]] double quantile(double p) const;
  [[nodiscard]] double chance_above(double x) const;
};

}  // namespace daytwo::chance
