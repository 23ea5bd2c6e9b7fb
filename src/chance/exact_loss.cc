#include "chance/exact_loss.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "chance/estimate.h"
#include "chance/fourier.h"
#include "chance/grid.h"
#include "chance/grid_kernels.h"
#include "chance/risk.h"

namespace daytwo::chance {
namespace {

// Angles of the spectrum are at most the sum of the rates, but for clustered counts by far less;
// the vector sine is exact up to 39,000.
constexpr double kTurnsExactly = 30'000;

// The spectrum of one event's loss: of its size, or the product over its hits.
Spectrum event_spectrum(const Risk& risk, const Grid& grid, const Fourier& fourier) {
  if (risk.hits.empty()) return fourier.forward(grid.tilted({{1, &risk.size}}));
  Spectrum out;
  for (const Hit& hit : risk.hits) {
    Spectrum one = fourier.forward(grid.tilted({{hit.chance, &hit.size}}));
    for (double& re : one.re) re += 1 - hit.chance;
    if (out.re.empty()) {
      out = std::move(one);
      continue;
    }
    for (std::size_t k = 0; k < out.re.size(); ++k) {
      const Complex z = times({out.re[k], out.im[k]}, {one.re[k], one.im[k]});
      out.re[k] = z.re;
      out.im[k] = z.im;
    }
  }
  return out;
}

// What a source multiplies the spectrum of S by, as its logarithm: rate (f - 1), -r ln(1 + b (1 -
// f)), ln(1 - p + p f). Real parts of what a logarithm is taken of are above 0 but for the last,
// whose branch does not matter under the exponential.
Complex log_factor(const Risk& risk, Complex f) {
  if (risk.count == Count::kPoisson) return {risk.rate * (f.re - 1), risk.rate * f.im};
  const bool once = risk.count == Count::kAtMostOnce;
  const Complex inner = once ? Complex{1 - risk.rate + risk.rate * f.re, risk.rate * f.im}
                             : Complex{1 + risk.clustering * (1 - f.re), -risk.clustering * f.im};
  const double power = once ? 1 : -risk.rate / risk.clustering;
  const double size = std::max(std::hypot(inner.re, inner.im), 1e-300);
  return {power * std::log(size), power * std::atan2(inner.im, inner.re)};
}

// The logarithm of the tilted spectrum of S.
Spectrum log_spectrum(std::span<const Risk> risks, const Grid& grid, const Fourier& fourier) {
  // Poisson risks of one size each are added before one transform for all.
  std::vector<Grid::Weighted> together;
  double rates = 0;
  for (const Risk& risk : risks) {
    if (risk.count != Count::kPoisson || !risk.hits.empty()) continue;
    together.push_back({risk.rate, &risk.size});
    rates += risk.rate;
  }
  Spectrum out;
  if (together.empty()) {
    out = {std::vector<double>(grid.cells() / 2 + 1), std::vector<double>(grid.cells() / 2 + 1)};
  } else {
    out = fourier.forward(grid.tilted(together));
    for (double& re : out.re) re -= rates;
  }
  for (const Risk& risk : risks) {
    if (risk.count == Count::kPoisson && risk.hits.empty()) continue;
    const Spectrum event = event_spectrum(risk, grid, fourier);
    for (std::size_t k = 0; k < out.re.size(); ++k) {
      const Complex factor = log_factor(risk, {event.re[k], event.im[k]});
      out.re[k] += factor.re;
      out.im[k] += factor.im;
    }
  }
  return out;
}

}  // namespace

Result<ExactLoss> exact_annual_loss(std::span<const Risk> risks, std::size_t cells,
                                    double least_top) {
  CHECK(std::has_single_bit(cells), "the number of cells is a power of two");
  TRY_VOID(check_risks(risks));
  if (cells < 256 || cells > (1U << 22U)) return fail(Code::kLimit, "cells must be 2^8 to 2^22");
  double mean = 0;
  double none = 1;
  double rates = 0;
  for (const Risk& risk : risks) {
    rates += risk.rate;
    mean += risk.annual_mean();
    none *= risk.loss_free();
  }
  const Grid grid(cells, std::max(top_loss(risks), least_top) / static_cast<double>(cells));
  const Fourier fourier(cells);
  Spectrum spectrum = log_spectrum(risks, grid, fourier);
  if (rates > kTurnsExactly) {
    for (double& angle : spectrum.im) angle = std::remainder(angle, 2 * M_PI);
  }
  exponential_of(spectrum.re, spectrum.im, 0);
  std::vector<double> masses(cells);
  fourier.inverse(spectrum, masses);
  grid.untilt(masses);

  std::vector<double> partials(cells);
  double sum = 0;
  double partial = 0;
  for (std::size_t k = 0; k < cells; ++k) {
    const double mass = std::max(0.0, masses[k]);
    sum += mass;
    partial += mass * static_cast<double>(k) * grid.width();
    masses[k] = std::min(sum, 1.0);
    partials[k] = partial;
  }
  return ExactLoss(mean, none, grid.width(), std::move(masses), std::move(partials));
}

ExactLoss::ExactLoss(double mean, double none, double width, std::vector<double> cumulative,
                     std::vector<double> partial)
    : mean_(mean),
      none_(none),
      width_(width),
      cumulative_(std::move(cumulative)),
      partial_(std::move(partial)) {}

double ExactLoss::chance_above(double x) const {
  if (x < 0) return 1;
  if (x == 0) return 1 - none_;
  const double at = x / width_ - 0.5;  // cells whose whole mass lies below x, minus one
  if (at < 0) {                        // inside cell 0: the atom at 0, then the rest evenly
    return 1 - (none_ + (cumulative_.front() - none_) * (x / (width_ / 2)));
  }
  const auto k = static_cast<std::size_t>(at);
  if (k + 1 >= cumulative_.size()) return std::max(0.0, 1 - cumulative_.back());
  const double share = at - static_cast<double>(k);
  return 1 - (cumulative_[k] + share * (cumulative_[k + 1] - cumulative_[k]));
}

double ExactLoss::value_at_risk(double p) const {
  CHECK(p > 0 && p < 1, "a quantile is asked for a probability inside (0, 1)");
  if (p <= none_) return 0;
  const auto found = std::lower_bound(cumulative_.begin(), cumulative_.end(), p);
  if (found == cumulative_.begin()) {
    return width_ / 2 * (p - none_) / std::max(cumulative_.front() - none_, 1e-300);
  }
  if (found == cumulative_.end()) return width_ * static_cast<double>(cumulative_.size());
  const auto k = static_cast<double>(found - cumulative_.begin());
  const double before = *(found - 1);
  return width_ * (k - 0.5 + (p - before) / (*found - before));
}

double ExactLoss::tail_value_at_risk(double p) const {
  const double at_risk = value_at_risk(p);
  // E[S; S <= VaR], interpolated like the quantile itself.
  const double at = at_risk / width_ - 0.5;
  double below = 0;
  if (at >= 0) {
    const std::size_t k = std::min(static_cast<std::size_t>(at), partial_.size() - 2);
    const double share = at - static_cast<double>(k);
    const double mass = cumulative_[k + 1] - cumulative_[k];
    const double left = (static_cast<double>(k) + 0.5) * width_;
    below = partial_[k] + share * mass * (left + at_risk) / 2;
  }
  return (mean_ - below) / (1 - p);
}

Estimate ExactLoss::estimate() const {
  return {value_at_risk(.05),
          value_at_risk(.25),
          value_at_risk(.5),
          value_at_risk(.75),
          value_at_risk(.95),
          mean_,
          0,
          {}};
}

Result<std::vector<double>> panjer(Count count, double rate, double clustering,
                                   std::span<const double> size, std::size_t up_to) {
  CHECK(count != Count::kAtMostOnce, "a recursion over counts of any number");
  const bool poisson = count == Count::kPoisson;
  if (!(rate >= 0) || (!poisson && !(clustering > 0))) {
    return fail(Code::kInvalid, "a rate of " + format_double(rate) + " with a clustering of " +
                                    format_double(clustering));
  }
  if (rate > 700) return fail(Code::kLimit, "a rate above 700 underflows: use exact_annual_loss");
  const double total = std::accumulate(size.begin(), size.end(), 0.0);
  if (!(std::abs(total - 1) < 1e-9) ||
      std::any_of(size.begin(), size.end(), [](double p) { return !(p >= 0); })) {
    return fail(Code::kInvalid, "the chances of the sizes must add to 1");
  }
  const double r = poisson ? 0 : rate / clustering;
  const double a = poisson ? 0 : clustering / (1 + clustering);
  const double b = poisson ? rate : (r - 1) * a;
  std::vector<double> out(up_to + 1);
  out[0] = poisson ? std::exp(-rate * (1 - size[0]))
                   : std::exp(-r * std::log1p(clustering * (1 - size[0])));
  for (std::size_t s = 1; s <= up_to; ++s) {
    double sum = 0;
    for (std::size_t j = 1; j < size.size() && j <= s; ++j) {
      sum += (a + b * static_cast<double>(j) / static_cast<double>(s)) * size[j] * out[s - j];
    }
    out[s] = sum / (1 - a * size[0]);
  }
  return out;
}

}  // namespace daytwo::chance
