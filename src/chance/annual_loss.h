// Annual loss: how often times how large. S = X_1 + ... + X_N over one year, by seeded simulation
// and, beside it, exactly by Fourier transform [Grubel, Hermesmeier 1999, ASTIN Bulletin 29:197].
// The simulation walks from event to event, so its cost follows events, not years [worth.md 4.2].
// Conventions of worth.md 1: P(S > x) is strict; VaR_p is the smallest x with F(x) >= p; TVaR_p is
// the mean of the worst 1 - p of probability, an atom split if need be.
// Thread rule: results are immutable; any thread may read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "chance/distribution.h"
#include "chance/seed.h"

namespace daytwo::chance {

// How many events a year has.
enum class Count : std::uint8_t {
  kPoisson,     // any number, at `rate` a year
  kAtMostOnce,  // one with probability `rate`, else none
};

// One source of loss. Sizes are not negative. `name` keys its draws: adding a risk never changes
// another's.
struct Risk {
  std::string name;
  Count count = Count::kPoisson;
  double rate = 0;
  Distribution size;
};

// The distribution of a year's loss on a grid.
class ExactLoss {
 public:
  // From the grid that exact_annual_loss fills: cells of `width`; cumulative[k] = P(S < (k + 1/2)
  // width), partial[k] = E[S; S < (k + 1/2) width].
  ExactLoss(double mean, double none, double width, std::vector<double> cumulative,
            std::vector<double> partial);

  [[nodiscard]] double mean() const { return mean_; }
  // P(S = 0), in closed form for sizes that are never 0.
  [[nodiscard]] double chance_of_none() const { return none_; }
  // P(S > x), linear between cells.
  [[nodiscard]] double chance_above(double x) const;
  // REQUIRES: 0 < p < 1.
  [[nodiscard]] double value_at_risk(double p) const;
  // From the known mean, never from the sum of the tail: rounding would spoil it.
  [[nodiscard]] double tail_value_at_risk(double p) const;

 private:
  double mean_;
  double none_;
  double width_;
  std::vector<double> cumulative_;
  std::vector<double> partial_;
};

// Errors: kInvalid for no risks, a rate below 0 (above 1 for kAtMostOnce) or a mean size that is
// not above 0; kLimit for cells outside [2^8, 2^22]. REQUIRES: cells is a power of two.
// Cost: two transforms of `cells`; about 0.15 s for 2^20.
[[nodiscard]] Result<ExactLoss> exact_annual_loss(std::span<const Risk> risks, std::size_t cells);

// Simulated years, sorted.
struct SimulatedLoss {
  std::vector<double> years;
  double mean = 0;
  double standard_error = 0;  // of the mean
  Seed seed;

  [[nodiscard]] double chance_above(double x) const;
  // The order statistic ceil(p n). REQUIRES: 0 < p < 1.
  [[nodiscard]] double value_at_risk(double p) const;
  [[nodiscard]] double tail_value_at_risk(double p) const;
};

// Events that one run may draw.
inline constexpr double kMaxEvents = 2e9;

// Same seed, same bits. Errors: as exact_annual_loss; kLimit above kMaxEvents expected events.
// REQUIRES: years > 0.
[[nodiscard]] Result<SimulatedLoss> simulate_annual_loss(std::span<const Risk> risks,
                                                         std::size_t years, Seed seed);

// How far simulation and exact engine disagree, in standard errors: the worst of the mean and of
// P(S > x) at the exact 50, 90, 95, 99 and 99.9 % quantiles, where 100 years or more are expected
// above. Above 5 a run is suspect (false alarm about 3e-6 a figure).
[[nodiscard]] double disagreement(const SimulatedLoss& simulated, const ExactLoss& exact);

}  // namespace daytwo::chance
