// Local linear trend: a level with a slope that may drift, seen with noise.
// Model: l' = l + b + N(0, ql), b' = b + N(0, qt), y = l + N(0, qo) [Harvey 1989, "Forecasting,
// structural time series models and the Kalman filter", 2.3.2]. The ratios of the variances lie on
// a grid, weighted by their likelihood with the scale integrated out; paths are drawn from the
// whole mixture, so that what is not known of the variances is in them. Thread rule: pure
// functions.
#pragma once

#include <span>
#include <vector>

#include "chance/seed.h"
#include "orient/ahead/horizon.h"

namespace daytwo::orient::ahead {

// One point of the grid, with where it sees level and slope now.
struct TrendComponent {
  double weight = 0;  // of all: they add to 1
  double level = 0;
  double slope = 0;  // a day
  double level_variance = 0;
  double slope_variance = 0;
  double covariance = 0;
  double level_drift = 0;  // variances a day
  double slope_drift = 0;
  double noise = 0;
};

// The mixture as it was known after each of `ends` many of `values`, one a day, NaN where a day was
// not measured. Empty where fewer than kLeastDays were. REQUIRES: ends rise, none beyond the
// values. Cost: 80 passes over the values, however many ends.
inline constexpr std::size_t kLeastDays = 14;
using TrendMixture = std::vector<TrendComponent>;
[[nodiscard]] std::vector<TrendMixture> local_trend(std::span<const double> values,
                                                    std::span<const std::size_t> ends);

// P(slope > 0) now.
[[nodiscard]] double chance_rising(std::span<const TrendComponent> mixture);

// Futures of what is seen, noise included. REQUIRES: a mixture.
[[nodiscard]] Paths trend_paths(std::span<const TrendComponent> mixture, std::size_t count,
                                std::size_t steps, chance::Seed seed);

}  // namespace daytwo::orient::ahead
