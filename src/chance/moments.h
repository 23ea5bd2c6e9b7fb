// Moments of what has no closed form: truncated, clipped and metalog numbers, by Gauss quadrature
// of the quantile function in normal scores; counts by summation. Inner header of the room.
#pragma once

#include "chance/distribution.h"

namespace daytwo::chance {

// Mean and variance; infinite where the integral diverges.
struct Moments {
  double mean = 0;
  double variance = 0;
};

// Of the number itself, truncated and clipped. Relative error about 1e-9 for smooth quantile
// functions. Cost: closed form, or about 700 quantiles. REQUIRES: not a mixture.
[[nodiscard]] Moments moments_of(const Distribution& x);

// E e^(rate X) for rate > 0; +Inf where it does not exist (heavier than exponential without a cap).
// Closed forms for points, normals, gammas, counts; quadrature for what is bounded above.
[[nodiscard]] double exponential_mean(const Distribution& x, double rate);

}  // namespace daytwo::chance
