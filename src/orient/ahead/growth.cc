#include "orient/ahead/growth.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>

#include "base/check.h"
#include "chance/seed.h"
#include "orient/ahead/horizon.h"
#include "orient/ahead/noise.h"

namespace daytwo::orient::ahead {
namespace {

constexpr double kHalfLife = 30;  // days
constexpr std::size_t kLeast = 28;
constexpr double kUnit = 30;  // days to one of t, for well-conditioned sums
constexpr double kMostMemory = 0.95;

using Matrix = std::array<std::array<double, 3>, 3>;

// L with L L' = a; false when `a` is not positive definite.
bool factor(Matrix& a) {
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = a.at(i).at(j);
      for (std::size_t k = 0; k < j; ++k) sum -= a.at(i).at(k) * a.at(j).at(k);
      if (i == j) {
        if (sum <= 0) return false;
        a.at(i).at(i) = std::sqrt(sum);
      } else {
        a.at(i).at(j) = sum / a.at(j).at(j);
      }
    }
  }
  return true;
}

// Solves L' x = b.
std::array<double, 3> back(const Matrix& l, std::array<double, 3> b) {
  for (std::size_t i = 3; i-- > 0;) {
    for (std::size_t k = i + 1; k < 3; ++k) b.at(i) -= l.at(k).at(i) * b.at(k);
    b.at(i) /= l.at(i).at(i);
  }
  return b;
}

// Solves L x = b.
std::array<double, 3> forward(const Matrix& l, std::array<double, 3> b) {
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t k = 0; k < i; ++k) b.at(i) -= l.at(i).at(k) * b.at(k);
    b.at(i) /= l.at(i).at(i);
  }
  return b;
}

}  // namespace

Paths growth_paths(std::span<const double> values, std::size_t count, std::size_t steps,
                   chance::Seed seed) {
  CHECK(steps <= kSteps, "steps that there are");
  Matrix sums{};
  std::array<double, 3> right{};
  std::size_t seen = 0;
  double weights = 0;
  double weights_squared = 0;
  const auto at = [&](std::size_t i) {
    return (static_cast<double>(i) - static_cast<double>(values.size() - 1)) / kUnit;
  };
  const auto weight = [&](std::size_t i) { return std::exp2(at(i) * kUnit / kHalfLife); };
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) continue;
    const std::array<double, 3> x = {1, at(i), at(i) * at(i)};
    const double w = weight(i);
    for (std::size_t r = 0; r < 3; ++r) {
      for (std::size_t c = 0; c < 3; ++c) sums.at(r).at(c) += w * x.at(r) * x.at(c);
      right.at(r) += w * x.at(r) * values[i];
    }
    weights += w;
    weights_squared += w * w;
    ++seen;
  }
  if (seen < kLeast || !factor(sums)) return {};
  const std::array<double, 3> fit = back(sums, forward(sums, right));
  double square = 0;
  double lagged = 0;
  double before = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) continue;
    const double left = values[i] - (fit[0] + fit[1] * at(i) + fit[2] * at(i) * at(i));
    square += weight(i) * left * left;
    lagged += weight(i) * left * before;
    before = left;
  }
  // What is left over remembers yesterday: fewer days count as independent.
  const double effective = weights * weights / weights_squared;
  const double variance = square / weights * effective / std::max(effective - 3, 1.0);
  const double memory = square > 0 ? std::clamp(lagged / square, 0.0, kMostMemory) : 0;
  // The sums weigh the youngest day 1: their inverse is the covariance of about that many days.
  const double spread =
      std::sqrt(variance * (weights_squared / weights) * (1 + memory) / (1 - memory));
  const double bends_until = static_cast<double>(values.size()) / 2;
  const double noise = std::sqrt(variance);
  Paths out(count, steps);
  for (std::size_t i = 0; i < count; ++i) {
    Noise stream(seed, i);
    std::array<double, 3> drawn = {stream.normal(), stream.normal(), stream.normal()};
    drawn = back(sums, drawn);
    for (std::size_t k = 0; k < 3; ++k) drawn.at(k) = fit.at(k) + spread * drawn.at(k);
    const auto path = out.path(i);
    for (std::size_t step = 0; step < steps; ++step) {
      const double day = kDays.at(step);
      const double bent = std::min(day, bends_until) / kUnit;
      const double straight = std::max(0.0, day - bends_until) / kUnit;
      const double value = drawn[0] + drawn[1] * bent + drawn[2] * bent * bent +
                           straight * (drawn[1] + 2 * drawn[2] * bent);
      path[step] = value + noise * stream.normal();
    }
  }
  return out;
}

}  // namespace daytwo::orient::ahead
