// Who foretold how well: every scored forecast is somebody's, of daytwo itself or of a person, and
// each is told in words whether the 90 % ranges hold nine in ten. People who answered the same
// questions get weights by skill [Cooke 1991, "Experts in Uncertainty"], for pool(...).
// Thread rule: pure functions over plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "facts/journal.h"

namespace daytwo::learn {

// The forecaster where no person is named.
inline constexpr std::string_view kItself = "daytwo";

// The scored forecasts of one forecaster from one source.
struct Forecaster {
  std::string name;
  std::string source;  // what was foretold: "run-outs", "how often", ..., or "training"
  std::int64_t held = 0;
  std::int64_t ranges = 0;
  std::int64_t chances = 0;
  double brier = 0;              // mean; 0 where chances is 0
  std::string sentence;          // what the ranges and chances say
  std::optional<double> weight;  // in a pool; only of people's training, see weigh()
};

// One row for each forecaster and source with a scored forecast, sorted by name and source. Weights
// as Cooke's over the questions that all people in training have answered, when these are at least
// chance::kLeastAnswers; else nobody has one. A range stands for its ends as 5 and 95 % quantiles
// and the middle (of the logarithms where both are above 0) as median.
[[nodiscard]] std::vector<Forecaster> forecasters(std::span<const facts::RecordPtr> lessons);

}  // namespace daytwo::learn
