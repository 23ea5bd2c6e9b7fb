// Investigations: what it is worth to find something out before choosing among all sets of options,
// not one option [Howard 1966; Raiffa, Schlaifer 1961].
// Model: a study that explains a share of the variance of an unknown (decide/taught.h) moves what
// is expected of it by the square root of that share of its way [Jalal, Alarid-Escudero 2018,
// Medical Decision Making 38:174]. The problem is solved again for what the study may say; its
// worth (EVSI) is what choosing with it brings beyond choosing now, less what waiting for it loses.
// Thread rule: pure functions.
#pragma once

#include <vector>

#include "base/result.h"
#include "decide/plan/problem.h"
#include "decide/plan/register.h"

namespace daytwo::decide::plan {

// One investigation, weighed.
struct Studied {
  std::size_t option = 0;
  double knows = 0;    // EVSI, before its cost and that of waiting
  double waiting = 0;  // what the plan brings less while what depends on the study waits
  double flips = 0;    // share of worlds in which the plan becomes another
  Set then = 0;        // the most likely other plan; the plan where none is
  // What it brings before its cost; below 0 when waiting loses more than is learned.
  [[nodiscard]] double brings() const { return knows - waiting; }
};

// Weighs each investigation of the register against the best plan without any, under the limits of
// `problem` less what the investigation costs and takes. Where the rest of the budget has no plan
// the investigation brings nothing. REQUIRES: `problem` is the register's shape with limits. Cost:
// kReadings solutions an investigation.
[[nodiscard]] std::vector<Studied> weigh_investigations(const Register& reg,
                                                        const Problem& problem);
// Readings of a study for which the problem is solved again.
inline constexpr std::size_t kReadings = 16;

// The register with what each investigation brings as its worth, so that it competes with all other
// options. Two that narrow the same thing exclude each other: what the second adds is not known.
[[nodiscard]] Register with_worth(const Register& reg, const std::vector<Studied>& studied);

}  // namespace daytwo::decide::plan
