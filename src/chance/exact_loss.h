// Exact annual loss: the distribution of S = X_1 + ... + X_N on a grid, by Fourier transform with
// exponential tilting [Grubel, Hermesmeier 1999, ASTIN Bulletin 29:197], beside every simulation;
// and Panjer's recursion for small lattices [Panjer 1981, ASTIN Bulletin 12:22].
// Conventions of worth.md 1: P(S > x) is strict; VaR_p is the smallest x with F(x) >= p; TVaR_p is
// the mean of the worst 1 - p of probability, an atom split if need be.
// Thread rule: results are immutable; any thread may read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "chance/estimate.h"
#include "chance/risk.h"

namespace daytwo::chance {

// The distribution of a year's loss on a grid.
class ExactLoss {
 public:
  // From the grid that exact_annual_loss fills: cells of `width`; cumulative[k] = P(S < (k + 1/2)
  // width), partial[k] = E[S; S < (k + 1/2) width].
  ExactLoss(double mean, double none, double width, std::vector<double> cumulative,
            std::vector<double> partial);

  [[nodiscard]] double mean() const { return mean_; }
  // P(S = 0), in closed form: cell 0 also holds small losses.
  [[nodiscard]] double chance_of_none() const { return none_; }
  // P(S > x), linear between cells; above the grid's end, the chance of being above its end.
  [[nodiscard]] double chance_above(double x) const;
  // REQUIRES: 0 < p < 1.
  [[nodiscard]] double value_at_risk(double p) const;
  // From the known mean, never from the sum of the tail: rounding would spoil it.
  [[nodiscard]] double tail_value_at_risk(double p) const;
  // Quantiles and mean; `samples` is 0.
  [[nodiscard]] Estimate estimate() const;
  [[nodiscard]] std::size_t cells() const { return cumulative_.size(); }
  // Where the grid ends.
  [[nodiscard]] double top() const { return width_ * static_cast<double>(cumulative_.size()); }

 private:
  double mean_;
  double none_;
  double width_;
  std::vector<double> cumulative_;
  std::vector<double> partial_;
};

// Cells of the grid for a result that is stored.
inline constexpr std::size_t kExactCells = std::size_t{1} << 20U;

// The grid ends at top_loss(risks), or at `least_top` where that is more: above it only the chance
// of being there is known. Errors: as check_risks; kLimit for cells outside [2^8, 2^22]. REQUIRES:
// cells is a power of two. Cost: for Poisson risks with one lognormal size each, two transforms and
// 1 ns a cell and risk (80 ms for 20 risks at 2^20 cells); other sizes a CDF a cell, other counts
// and common causes one more transform each.
[[nodiscard]] Result<ExactLoss> exact_annual_loss(std::span<const Risk> risks, std::size_t cells,
                                                  double least_top = 0);

// P(S = k), k = 0 .. up_to, for whole sizes: size[j] = P(X = j). Poisson, negative binomial; the
// rate as in Risk. Errors: kInvalid for chances that are negative or do not add to 1, a rate below
// 0, a clustering not above 0; kLimit for a rate above 700, where e^-rate underflows.
// REQUIRES: count is not kAtMostOnce. Cost: up_to * size.size().
[[nodiscard]] Result<std::vector<double>> panjer(Count count, double rate, double clustering,
                                                 std::span<const double> size, std::size_t up_to);

}  // namespace daytwo::chance
