// Block bootstrap: futures put together from weeks of the past, with what is not known of their
// mean. Model: increments from one day to the next, in blocks of a week that keep their weekday
// pattern and short memory [Kuensch 1989, Annals of Statistics 17:1217]; younger weeks weigh more;
// each path weighs the weeks anew by exponential draws, so that the drift is as uncertain as so
// many weeks leave it [Rubin 1981, "The Bayesian bootstrap", Annals of Statistics 9:130]. Thread
// rule: pure functions.
#pragma once

#include <cstddef>
#include <span>

#include "chance/seed.h"
#include "orient/ahead/horizon.h"

namespace daytwo::orient::ahead {

// Fewer weeks of increments carry no bootstrap.
inline constexpr std::size_t kLeastBlocks = 2;

// Futures that begin at the last value. NaN marks a day that was not measured: increments beside it
// are left out. Empty (count 0) for fewer than kLeastBlocks whole weeks. Cost: a few operations a
// day of each path.
[[nodiscard]] Paths bootstrap_paths(std::span<const double> values, std::size_t count,
                                    std::size_t steps, chance::Seed seed);

}  // namespace daytwo::orient::ahead
