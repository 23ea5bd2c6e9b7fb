#include "orient/guard.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/check.h"
#include "base/time.h"
#include "chance/seed.h"

namespace daytwo::orient {
namespace {

constexpr double kLargeMean = 1000;

}  // namespace

double poisson_tail(std::int64_t k, double mean) {
  CHECK(k >= 0 && mean >= 0, "counts and means are not negative");
  if (k == 0) return 1;
  if (mean == 0) return 0;
  // Upwards from k the terms fall once k > mean; below the mean sum the other side.
  const double start = static_cast<double>(k);
  const double log_term = -mean + start * std::log(mean) - std::lgamma(start + 1);
  double term = std::exp(log_term);
  double sum = 0;
  if (start > mean) {
    for (double i = start; term > sum * 1e-17; ++i) {
      sum += term;
      term *= mean / (i + 1);
    }
    return sum;
  }
  for (double i = start; i > 0 && term > sum * 1e-17; --i) {
    term *= i / mean;
    sum += term;
  }
  return std::clamp(1 - sum, 0.0, 1.0);
}

std::int64_t least_bad_events(double events, double allowed, Duration window, double false_alarms) {
  CHECK(events >= 0 && allowed > 0 && allowed < 1 && false_alarms > 0, "a guard's inputs");
  const double mean = events * allowed;
  const double chance = std::min(false_alarms * window.hours() / days(30).hours(), 0.5);
  if (mean > kLargeMean) {
    const double z = chance::normal_quantile(1 - chance);
    return static_cast<std::int64_t>(std::ceil(mean + z * std::sqrt(mean) + (z * z - 1) / 6 + 1));
  }
  std::int64_t k = std::max<std::int64_t>(1, static_cast<std::int64_t>(mean));
  while (poisson_tail(k, mean) > chance) ++k;
  return k;
}

}  // namespace daytwo::orient
