// Growth: a curve that bends, for what speeds up or levels off.
// Model: y = a + b t + c t^2 by least squares with younger days weighing more; coefficients are
// drawn from their normal distribution, widened for the memory of what is left over; the bend is
// kept for as long as it was seen, and the path goes on straight from there. Thread rule: pure
// functions.
#pragma once

#include <cstddef>
#include <span>

#include "chance/seed.h"
#include "orient/ahead/horizon.h"

namespace daytwo::orient::ahead {

// Futures of the bent curve, with noise as left over. Empty (count 0) for fewer than 28 days that
// were measured (NaN marks the others).
[[nodiscard]] Paths growth_paths(std::span<const double> values, std::size_t count,
                                 std::size_t steps, chance::Seed seed);

}  // namespace daytwo::orient::ahead
