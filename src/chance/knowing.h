// The value of knowing more, before paying for it [Howard 1966; Raiffa, Schlaifer 1961].
// Notation: NB = net benefit of acting against not acting (0), over what we do not know.
//   EVPI = E max(NB, 0) - max(E NB, 0)         perfect information on everything
//   EVPPI                                      perfect information on one parameter
//   EVSI                                       information from a stated study
// ENBS = EVSI minus what the study costs. All are at least 0: a study can be ignored.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace daytwo::chance {

// E max(X, 0) - max(mean, 0) for X ~ Normal(mean, deviation): EVPI with the deviation of NB, EVSI
// with the preposterior one. REQUIRES: deviation >= 0.
[[nodiscard]] double knowing_normal(double mean, double deviation);

// Standard deviation of the posterior mean before `readings` independent readings are taken, each
// with standard error `reading_deviation`. REQUIRES: both deviations > 0, readings > 0.
[[nodiscard]] double preposterior_deviation(double prior_deviation, double reading_deviation,
                                            double readings);

// Standard deviation of what is left unknown after those readings. REQUIRES: as above.
[[nodiscard]] double posterior_deviation(double prior_deviation, double reading_deviation,
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

// What knowing is worth, and the standard error of that over the draws.
struct Knowing {
  double value = 0;
  double standard_error = 0;
  // Below its own standard error it is not told from nothing.
  [[nodiscard]] bool worth_measuring() const { return value > standard_error; }
};

// EVPI of a choice between several options (doing nothing is one: all zeros): E max - max E.
// REQUIRES: at least one option; equal, positive numbers of draws.
[[nodiscard]] Knowing knowing_best(std::span<const std::vector<double>> nets);

// EVPPI of one to four parameters together, by regression of each option's net benefit on them
// (regression.h); never above EVPI. With a simulated summary of a study's data in place of the
// parameters it is the study's EVSI [Strong, Oakley, Brennan, Breeze 2015, Medical Decision Making
// 35:570]. On 10,000 draws expect 1 to 2 % of error. REQUIRES: equal lengths of at least 100.
[[nodiscard]] Knowing knowing_about(std::span<const std::vector<double>> nets,
                                    std::span<const std::vector<double>> parameters);

// EVPPI of one parameter of acting against not acting. REQUIRES: equal lengths of at least 100.
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
