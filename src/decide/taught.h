// Taught: how much of what is not known a study explains.
// Model: of a normal unknown, a study that leaves a share l of the width explains 1 - l^2 of its
// variance; a reading with standard error e explains s^2 / (s^2 + e^2); T years of logs beside c
// years counted explain T / (T + c); a test explains the variance of what is expected after its
// answer [Raiffa, Schlaifer 1961; worth.md 9].
// Thread rule: pure functions.
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "model/teaching.h"

namespace daytwo::decide {

// The unknown that a study looks at.
struct Unknown {
  std::string name;  // for messages
  std::span<const double> draws;
  std::string unit;           // of the draws; empty: any
  double observed_years = 0;  // of a rate: years of counting that it is as good as; 0: unknown
};

// The share of its variance that is explained, in [0, 1]. A test asks whether the unknown lies
// above its mean. Errors: kInvalid for a reading in another unit, and for years of logs about
// something that was not counted. REQUIRES: draws.
[[nodiscard]] Result<double> explained(const model::Teaching& teaching, const Unknown& unknown);

}  // namespace daytwo::decide
