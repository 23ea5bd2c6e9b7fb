// The value of knowing more, before paying for it [Howard 1966; Raiffa, Schlaifer 1961].
// Notation: NB = net benefit of acting against not acting (0), over what we do not know.
//   EVPI = E max(NB, 0) - max(E NB, 0)         perfect information on everything
//   EVPPI                                      perfect information on one parameter
//   EVSI                                       information from a stated study
// ENBS = EVSI minus what the study costs. All are at least 0: a study can be ignored.
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"

namespace daytwo::chance {

// E max(X, 0) - max(mean, 0) for X ~ Normal(mean, deviation): EVPI with the deviation of NB, EVSI
// with the preposterior one. REQUIRES: deviation >= 0.
[[nodiscard]] double knowing_normal(double mean, double deviation);

// Standard deviation of the posterior mean before `readings` independent readings are taken, each
// with standard error `reading_deviation`. REQUIRES: both deviations > 0, readings > 0.
[[nodiscard]] double preposterior_deviation(double prior_deviation, double reading_deviation,
                                            double readings);

// EVPI from draws of NB. REQUIRES: not empty.
[[nodiscard]] double knowing_all(std::span<const double> net);

// What a study does to the decision.
struct Study {
  double value = 0;        // EVSI
  double flip_chance = 0;  // that it changes what we do
};

// EVSI of a study that explains `share` (0 to 1) of the variance of NB, and after which acting
// yields `delay_loss` less: the posterior mean is taken as mean + sqrt(share) (NB - mean), the
// Gaussian approximation [Jalal, Alarid-Escudero 2018, Medical Decision Making 38:174]. The value
// is measured against the best choice without delay, so it may be negative when waiting costs more
// than it teaches. REQUIRES: not empty.
[[nodiscard]] Study knowing_share(std::span<const double> net, double share, double delay_loss);

// EVPPI of one parameter: NB is regressed on it (polynomial of degree 5 in its normal scores)
// [Strong, Oakley, Brennan 2014, Medical Decision Making 34:311]. On 10,000 draws expect 1 to 2 %
// of error. Never below 0 nor
// above EVPI. REQUIRES: equal lengths of at least 100.
[[nodiscard]] double knowing_one(std::span<const double> net, std::span<const double> parameter);

// A test before a fix: fix now for `fix_cost`, or run the risk `chance` of losing `loss`; a test
// finds a present fault with `sensitivity` and clears an absent one with `specificity`.
struct TestStudy {
  double cost_now = 0;  // of the better choice without the test
  double perfect = 0;   // EVPI
  double value = 0;     // EVSI
  double positive = 0;  // chance that the test says "present"
  double present_after_positive = 0;
  double present_after_negative = 0;
};

// Errors: kInvalid for probabilities outside [0, 1] or amounts below 0.
[[nodiscard]] Result<TestStudy> knowing_by_test(double fix_cost, double chance, double loss,
                                                double sensitivity, double specificity);

// EVSI and EVPI where NB = intercept + slope * theta.
struct CountStudy {
  double value = 0;
  double perfect = 0;
};

// theta ~ Beta(alpha, beta), observed in `trials` more trials. REQUIRES: alpha, beta > 0,
// trials >= 1.
[[nodiscard]] CountStudy knowing_by_trials(double alpha, double beta, std::int64_t trials,
                                           double intercept, double slope);

// theta ~ Gamma(shape, rate) events a year, observed for `years` more years. REQUIRES: all > 0.
[[nodiscard]] CountStudy knowing_by_years(double shape, double rate, double years, double intercept,
                                          double slope);

}  // namespace daytwo::chance
