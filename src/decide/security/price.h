// What exposure costs: expected loss from being exploited while something stays open.
// Model: an exposure with hazard h a day, open for t days, is used against us with chance
// 1 - e^{-h t}, and then costs L [worth.md 13]; losses of several add. What all hazards have in
// common (how hard attackers look) moves them together, so one quantile is taken for all; it is
// crossed with the quantiles of L on the points of a Fibonacci lattice, without chance.
// Thread rule: pure functions.
#pragma once

#include "chance/distribution.h"
#include "chance/estimate.h"
#include "decide/security/measure.h"
#include "model/security_promise.h"

namespace daytwo::decide::security {

// In units of the loss: money, or incidents where one is one.
struct Price {
  chance::Estimate so_far;      // of the window's exposure-days
  chance::Estimate allowed;     // had each been mended when due, or when it was if that was sooner
  chance::Estimate late;        // what the days beyond due added: so_far - allowed
  chance::Estimate a_day;       // of one more day of all that is open
  chance::Estimate a_late_day;  // of one more day of what is late
  int unknown = 0;  // exposures without a likelihood: they cost nothing here, and are said
};

// REQUIRES: a loss with a finite mean. Cost: 4,181 exponentials per exposure and figure.
[[nodiscard]] Price price(const Measured& measured, const chance::Distribution& loss);

// The quantile of a rate at p: its logarithm is linear in the normal score between the five known
// ones and prolonged beyond, so that a lognormal is exact. REQUIRES: 0 < p < 1.
[[nodiscard]] double rate_quantile(const chance::Estimate& rate, double p);

}  // namespace daytwo::decide::security
