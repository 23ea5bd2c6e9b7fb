#include "chance/near_misses.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "base/check.h"

namespace daytwo::chance {
namespace {

// ln(p / (1 - p)) from 1 in 10^9 to all but 1 in 10^9.
constexpr std::size_t kPoints = 4000;
constexpr double kReach = 20.7;

}  // namespace

Distribution updated_rate(const Distribution& prior, const CloseCalls& calls,
                          const Distribution& becomes_loss) {
  CHECK(prior.family == Family::kGamma && becomes_loss.family == Family::kBeta,
        "a rate and a share");
  CHECK(calls.losses >= 0 && calls.near_misses >= 0 && calls.years_of_losses >= 0 &&
            calls.years_of_near_misses > 0,
        "counts in some time");
  const auto losses = static_cast<double>(calls.losses);
  const auto near_misses = static_cast<double>(calls.near_misses);
  const double shape = prior.a + losses + near_misses;
  // Weight of p = 1 / (1 + exp(-x)), with its step dp = p (1 - p) dx:
  //   Beta(p) (1 - p)^n p^(-n) / (b + S + T (1 - p) / p)^shape.
  std::array<double, kPoints> log_weight{};
  std::array<double, kPoints> exposure{};
  for (std::size_t i = 0; i < kPoints; ++i) {
    const double x =
        kReach * (2 * (static_cast<double>(i) + .5) / static_cast<double>(kPoints) - 1);
    const double log_p = -std::log1p(std::exp(-x));
    const double log_q = -std::log1p(std::exp(x));
    exposure.at(i) =
        prior.b + calls.years_of_losses + calls.years_of_near_misses * std::exp(log_q - log_p);
    log_weight.at(i) = (becomes_loss.a - near_misses) * log_p +
                       (becomes_loss.b + near_misses) * log_q - shape * std::log(exposure.at(i));
  }
  const double top = *std::max_element(log_weight.begin(), log_weight.end());
  double total = 0;
  double first = 0;
  double second = 0;
  for (std::size_t i = 0; i < kPoints; ++i) {
    const double weight = std::exp(log_weight.at(i) - top);
    const double mean = shape / exposure.at(i);
    total += weight;
    first += weight * mean;
    second += weight * mean * (shape + 1) / exposure.at(i);
  }
  const double mean = first / total;
  const double variance = second / total - mean * mean;
  return gamma(mean * mean / variance, mean / variance);
}

}  // namespace daytwo::chance
