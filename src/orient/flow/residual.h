// Residual: what came in and did not come out, at one instant, though the two ends were not looked
// at in one instant.
// Model: E(t) = R(t) - G(t + shift), R received, G gone (processed and dropped), each linear
// between samples. A restart hides up to what fits between two samples: the level of E is carried
// over it, as far as that explains the step. Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <vector>

#include "base/time.h"
#include "orient/flow/counted.h"

namespace daytwo::orient::flow {

// How far apart two clocks and the way between them may be.
inline constexpr Duration kMostShift = seconds(45);

// The instants at which both ends are compared: the coarser end's interval apart, where the
// received end was sampled. Empty where they share less than three.
[[nodiscard]] std::vector<Timestamp> common_instants(const End& received, const End& gone);

// E at each instant, in messages.
struct Residual {
  std::vector<Timestamp> times;
  std::vector<double> levels;
  std::vector<double> received;  // cumulative, at the same instants
};
[[nodiscard]] Residual residual_of(const End& received, const End& gone,
                                   const std::vector<Timestamp>& instants, Duration shift);

// The same without the steps that restarts explain: in each gap a step of up to its tolerance, told
// from the means of ten levels on both sides, is taken out. A larger step keeps what is beyond: no
// interval is dropped. `gaps` are those of the received end, and of the gone end less `shift`.
[[nodiscard]] std::vector<Gap> gaps_of(const End& received, const End& gone, Duration shift);
void bridge_gaps(Residual& residual, std::vector<Gap> gaps);

}  // namespace daytwo::orient::flow
