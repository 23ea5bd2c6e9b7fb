#include "chance/annual_loss.h"

#include <algorithm>
#include <array>
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
#include "chance/fourier.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

// Aliasing falls by e^-kTilt, rounding grows by e^kTilt; 10 to 20 in the literature.
constexpr double kTilt = 15;
// Fewer expected years than this are too skewed for a test in standard errors.
constexpr double kFewYears = 100;
// The grid ends near the loss of one year in a million.
constexpr double kBeyondGrid = 1e-6;

Result<void> check_risks(std::span<const Risk> risks) {
  if (risks.empty()) return fail(Code::kInvalid, "no risk to add up");
  for (const Risk& risk : risks) {
    const bool rate_fits = risk.rate >= 0 && std::isfinite(risk.rate) &&
                           (risk.count == Count::kPoisson || risk.rate <= 1);
    if (!rate_fits) {
      return fail(Code::kInvalid, risk.name + ": a rate of " + format_double(risk.rate));
    }
    if (!(risk.size.mean() > 0) || !std::isfinite(risk.size.mean())) {
      return fail(Code::kInvalid, risk.name + ": the mean size must be above 0 and finite");
    }
  }
  return {};
}

// Expected number of events a year larger than x.
double events_above(std::span<const Risk> risks, double x) {
  double sum = 0;
  for (const Risk& risk : risks) sum += risk.rate * (1 - risk.size.cdf(x));
  return sum;
}

// Where the grid ends: past the largest single event of a million years and, for many small
// events, past the mean by ten deviations.
double grid_top(std::span<const Risk> risks) {
  double mean = 0;
  double variance = 0;
  for (const Risk& risk : risks) {
    const double size = risk.size.mean();
    const double deviation = std::isinf(risk.size.cap) ? risk.size.deviation() : size;
    mean += risk.rate * size;
    variance += risk.rate * (size * size + deviation * deviation);
  }
  double high = mean + std::sqrt(variance);
  while (events_above(risks, high) > kBeyondGrid && high < 1e300) high *= 2;
  double low = high / 2;
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (events_above(risks, middle) > kBeyondGrid ? low : high) = middle;
  }
  double bounded = mean + 10 * std::sqrt(variance);
  if (high < bounded) high = bounded;
  return high + mean;
}

// Adds weight * P(size in cell k) e^(-tilt k) to the grid. Cell k holds [(k - 1/2) w, (k + 1/2) w).
void add_sizes(std::vector<Complex>& grid, const Risk& risk, double width, double weight) {
  double below = 0;
  for (std::size_t k = 0; k < grid.size(); ++k) {
    const double at = risk.size.cdf((static_cast<double>(k) + 0.5) * width);
    const double tilt =
        std::exp(-kTilt * static_cast<double>(k) / static_cast<double>(grid.size()));
    grid[k].re += weight * (at - below) * tilt;
    below = at;
  }
}

}  // namespace

Result<ExactLoss> exact_annual_loss(std::span<const Risk> risks, std::size_t cells) {
  CHECK(std::has_single_bit(cells), "the number of cells is a power of two");
  TRY_VOID(check_risks(risks));
  if (cells < 256 || cells > (1U << 22U)) return fail(Code::kLimit, "cells must be 2^8 to 2^22");
  double mean = 0;
  double none = 1;
  double poisson = 0;
  for (const Risk& risk : risks) {
    mean += risk.rate * risk.size.mean();
    if (risk.count == Count::kPoisson) poisson += risk.rate;
    none *= risk.count == Count::kPoisson ? std::exp(-risk.rate) : 1 - risk.rate;
  }
  const double width = grid_top(risks) / static_cast<double>(cells);

  // The transform of S: e^(sum of rate f - rate) for Poisson, 1 - p + p f for at most one.
  const Fourier fourier(cells);
  std::vector<Complex> product(cells);
  for (const Risk& risk : risks) {
    if (risk.count == Count::kPoisson) add_sizes(product, risk, width, risk.rate);
  }
  fourier.forward(product);
  for (Complex& x : product) {
    const double size = std::exp(x.re - poisson);
    x = {size * std::cos(x.im), size * std::sin(x.im)};
  }
  for (const Risk& risk : risks) {
    if (risk.count != Count::kAtMostOnce) continue;
    std::vector<Complex> one(cells);
    add_sizes(one, risk, width, risk.rate);
    one[0].re += 1 - risk.rate;
    fourier.forward(one);
    for (std::size_t k = 0; k < cells; ++k) product[k] = times(product[k], one[k]);
  }
  fourier.inverse(product);

  std::vector<double> cumulative(cells);
  std::vector<double> partials(cells);
  double sum = 0;
  double partial = 0;
  for (std::size_t k = 0; k < cells; ++k) {
    const double at = static_cast<double>(k);
    const double mass =
        std::max(0.0, product[k].re * std::exp(kTilt * at / static_cast<double>(cells)));
    sum += mass;
    partial += mass * at * width;
    cumulative[k] = sum;
    partials[k] = partial;
  }
  return ExactLoss(mean, none, width, std::move(cumulative), std::move(partials));
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
  if (at < 0) {  // inside cell 0: the atom at 0, then the rest of the cell evenly
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

Result<SimulatedLoss> simulate_annual_loss(std::span<const Risk> risks, std::size_t years,
                                           Seed seed) {
  CHECK(years > 0, "at least one year");
  TRY_VOID(check_risks(risks));
  const auto span = static_cast<double>(years);
  double events = 0;
  for (const Risk& risk : risks) events += risk.rate * span;
  if (events > kMaxEvents) {
    return fail(Code::kLimit, format_double(events) + " events to draw; the limit is " +
                                  format_double(kMaxEvents));
  }
  SimulatedLoss out;
  out.seed = seed;
  out.years.resize(years);
  for (const Risk& risk : risks) {
    if (risk.rate <= 0) continue;
    // Gaps between events: exponential, or geometric in whole years.
    Stream gaps(derive(seed, "gaps/" + risk.name), 0);
    Stream sizes(derive(seed, "sizes/" + risk.name), 0);
    const bool once = risk.count == Count::kAtMostOnce;
    const double scale = once ? (risk.rate < 1 ? std::log1p(-risk.rate) : -INFINITY) : -risk.rate;
    double at = once ? -1 : 0;
    while (true) {
      const double gap = std::log(gaps.uniform()) / scale;
      at += once ? 1 + std::floor(gap) : gap;
      if (at >= span) break;
      out.years[static_cast<std::size_t>(at)] += risk.size.quantile(sizes.uniform());
    }
  }
  out.mean = std::accumulate(out.years.begin(), out.years.end(), 0.0) / span;
  double squares = 0;
  for (const double loss : out.years) squares += (loss - out.mean) * (loss - out.mean);
  out.standard_error = std::sqrt(squares / span / span);
  std::sort(out.years.begin(), out.years.end());
  return out;
}

double SimulatedLoss::chance_above(double x) const {
  const auto above = years.end() - std::upper_bound(years.begin(), years.end(), x);
  return static_cast<double>(above) / static_cast<double>(years.size());
}

double SimulatedLoss::value_at_risk(double p) const {
  CHECK(p > 0 && p < 1, "a quantile is asked for a probability inside (0, 1)");
  const auto rank = static_cast<std::size_t>(std::ceil(p * static_cast<double>(years.size())));
  return years[std::clamp<std::size_t>(rank, 1, years.size()) - 1];
}

double SimulatedLoss::tail_value_at_risk(double p) const {
  CHECK(p > 0 && p < 1, "a tail is asked for a probability inside (0, 1)");
  double wanted = (1 - p) * static_cast<double>(years.size());
  double sum = 0;
  double left = wanted;
  for (std::size_t i = years.size(); i > 0 && left > 0; --i) {
    sum += years[i - 1] * std::min(left, 1.0);
    left -= 1;
  }
  return sum / wanted;
}

double disagreement(const SimulatedLoss& simulated, const ExactLoss& exact) {
  const auto count = static_cast<double>(simulated.years.size());
  double worst = 0;
  if (simulated.standard_error > 0) {
    worst = std::abs(simulated.mean - exact.mean()) / simulated.standard_error;
  }
  for (const double p : std::array{.5, .9, .95, .99, .999}) {
    const double x = exact.value_at_risk(p);
    if (x <= 0) continue;
    const double chance = exact.chance_above(x);
    if (count * chance < kFewYears) continue;
    const double error = std::sqrt(chance * (1 - chance) / count);
    if (error > 0) worst = std::max(worst, std::abs(simulated.chance_above(x) - chance) / error);
  }
  return worst;
}

}  // namespace daytwo::chance
