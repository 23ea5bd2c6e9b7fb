#include "chance/beta_binomial.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "chance/distribution.h"

namespace daytwo::chance {
namespace {

// Above this many counts with weight the spread of the share decides alone.
constexpr double kMostCounts = 4e6;
constexpr double kDeviations = 24;
// A term below this share of the sum so far ends its side: what follows shrinks faster.
constexpr double kNothing = 1e-19;

// Weights relative to the mode's: no logarithm of a large Gamma, so nothing cancels.
class Weights {
 public:
  Weights(double trials, double alpha, double beta) : n_(trials), a_(alpha), b_(beta) {}

  // The most likely count.
  [[nodiscard]] double mode() const {
    if (a_ + b_ <= 2) return 0;
    return std::clamp(std::ceil((n_ * (a_ - 1) - b_ + 1) / (a_ + b_ - 2)), 0.0, n_);
  }
  // Weight of k + 1 over that of k.
  [[nodiscard]] double up(double k) const {
    return (n_ - k) * (a_ + k) / ((k + 1) * (b_ + n_ - k - 1));
  }

 private:
  double n_;
  double a_;
  double b_;
};

double above_by_counts(double most, double trials, const Weights& weights) {
  const double mode = weights.mode();
  double above = mode > most ? 1 : 0;
  double below = 1 - above;
  double weight = 1;
  for (double k = mode; k < trials; ++k) {
    weight *= weights.up(k);
    (k + 1 > most ? above : below) += weight;
    if (weight < kNothing * (k + 1 > most ? above : below)) break;
  }
  weight = 1;
  for (double k = mode - 1; k >= 0; --k) {
    weight /= weights.up(k);
    (k > most ? above : below) += weight;
    if (weight < kNothing * (k > most ? above : below)) break;
  }
  return above / (above + below);
}

}  // namespace

double beta_binomial_above(double most, double trials, double alpha, double beta_shape) {
  CHECK(trials >= 0 && trials <= 1e15 && alpha > 0 && beta_shape >= 1, "a Beta-binomial");
  const double n = std::round(trials);
  const double limit = std::floor(most);
  if (limit < 0) return 1;
  if (limit >= n) return 0;
  const double size = alpha + beta_shape;
  const double mean = alpha / size;
  const double deviation = std::sqrt(n * mean * (1 - mean) * (size + n) / (size + 1));
  if (kDeviations * deviation < kMostCounts) {
    return above_by_counts(limit, n, Weights(n, alpha, beta_shape));
  }
  const double matched = (size + 1) * n / (size + n) - 1;
  return beta(mean * matched, (1 - mean) * matched).chance_above((limit + 0.5) / n);
}

}  // namespace daytwo::chance
