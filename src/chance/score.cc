#include "chance/score.h"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numbers>
#include <optional>
#include <span>
#include <vector>

#include "base/check.h"
#include "chance/distribution.h"
#include "chance/estimate.h"
#include "chance/learning.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

// Above this many transforms the exact matrix is large and its limit good to 1e-4.
constexpr std::size_t kExactGap = 2000;

// P(largest gap of n uniforms <= d): the matrix whose n-th power holds it.
double gap_cdf(std::size_t n, double d) {
  const auto count = static_cast<double>(n);
  if (d <= 0.5 / count) return 0;
  if (d >= 1) return 1;
  if (n > kExactGap) {
    const double t = d * (std::sqrt(count) + 0.12 + 0.11 / std::sqrt(count));
    double sum = 0;
    for (int j = 1; j <= 100; ++j) sum += (j % 2 == 1 ? 2 : -2) * std::exp(-2.0 * j * j * t * t);
    return std::clamp(1 - sum, 0.0, 1.0);
  }
  const auto k = static_cast<Eigen::Index>(std::floor(count * d)) + 1;
  const Eigen::Index size = 2 * k - 1;
  const double h = static_cast<double>(k) - count * d;
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(size, size);
  for (Eigen::Index i = 0; i < size; ++i) {
    for (Eigen::Index j = 0; j <= std::min(i + 1, size - 1); ++j) matrix(i, j) = 1;
  }
  for (Eigen::Index i = 0; i < size; ++i) {
    matrix(i, 0) -= std::pow(h, static_cast<double>(i + 1));
    matrix(size - 1, i) -= std::pow(h, static_cast<double>(size - i));
  }
  if (2 * h > 1) matrix(size - 1, 0) += std::pow(2 * h - 1, static_cast<double>(size));
  for (Eigen::Index i = 0; i < size; ++i) {
    for (Eigen::Index j = 0; j <= std::min(i + 1, size - 1); ++j) {
      for (Eigen::Index g = 1; g <= i - j + 1; ++g) matrix(i, j) /= static_cast<double>(g);
    }
  }
  // The power by squaring, scaled so that it neither overflows nor vanishes; then times n! / n^n.
  Eigen::MatrixXd power = Eigen::MatrixXd::Identity(size, size);
  double log_scale = 0;
  double log_own = 0;
  for (std::size_t left = n; left > 0; left /= 2) {
    if (left % 2 == 1) {
      power = (power * matrix).eval();
      log_scale += log_own;
      const double most = power.cwiseAbs().maxCoeff();
      power /= most;
      log_scale += std::log(most);
    }
    matrix = (matrix * matrix).eval();
    const double most = matrix.cwiseAbs().maxCoeff();
    matrix /= most;
    log_own = 2 * log_own + std::log(most);
  }
  const double log_factor = std::lgamma(count + 1) - count * std::log(count);
  return std::clamp(power(k - 1, k - 1) * std::exp(log_scale + log_factor), 0.0, 1.0);
}

}  // namespace

Brier brier(std::span<const ScoredChance> scored) {
  CHECK(!scored.empty(), "a score needs a forecast");
  struct Group {
    double count = 0;
    double came = 0;
  };
  std::map<double, Group> groups;
  const auto count = static_cast<double>(scored.size());
  Brier out;
  double came = 0;
  for (const ScoredChance& each : scored) {
    CHECK(each.said >= 0 && each.said <= 1, "a chance lies between 0 and 1");
    const double outcome = each.came ? 1 : 0;
    out.score += (each.said - outcome) * (each.said - outcome) / count;
    groups[each.said].count += 1;
    groups[each.said].came += outcome;
    came += outcome;
  }
  const double base = came / count;
  for (const auto& [said, group] : groups) {
    const double rate = group.came / group.count;
    out.reliability += group.count * (said - rate) * (said - rate) / count;
    out.resolution += group.count * (rate - base) * (rate - base) / count;
  }
  out.uncertainty = base * (1 - base);
  return out;
}

double log_score(std::span<const ScoredChance> scored) {
  CHECK(!scored.empty(), "a score needs a forecast");
  double sum = 0;
  for (const ScoredChance& each : scored) sum -= std::log(each.came ? each.said : 1 - each.said);
  return sum / static_cast<double>(scored.size());
}

double crps_normal(double mean, double deviation, double x) {
  CHECK(deviation > 0, "a normal forecast has a spread");
  const double z = (x - mean) / deviation;
  const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
  return deviation * (z * (2 * normal_cdf(z) - 1) + 2 * density - 1 / std::sqrt(std::numbers::pi));
}

double crps_lognormal(double mu, double s, double x) {
  CHECK(s > 0 && x > 0, "a lognormal forecast has a spread, its truth is above 0");
  const double w = (std::log(x) - mu) / s;
  return x * (2 * normal_cdf(w) - 1) -
         2 * std::exp(mu + s * s / 2) *
             (normal_cdf(w - s) + normal_cdf(s / std::numbers::sqrt2) - 1);
}

// E|X - x| - E|X - X'| / 2 over midpoints of the quantile function; for sorted draws the second
// term is sum (2i + 1 - n) x_i / n^2.
double crps_estimate(const Estimate& said, double x) {
  constexpr int kPoints = 400;
  double error = 0;
  double spread = 0;
  for (int i = 0; i < kPoints; ++i) {
    const double draw = quantile(said, (i + 0.5) / kPoints);
    error += std::abs(draw - x);
    spread += (2 * i + 1 - kPoints) * draw;
  }
  return error / kPoints - spread / (static_cast<double>(kPoints) * kPoints);
}

// In normal scores, in panels that meet where the quantile function passes x.
double crps(const Distribution& said, double x) {
  if (said.is_point()) return std::abs(said.quantile(.5) - x);
  constexpr double kReach = 8;
  const double below = std::clamp(said.cdf(x), 1e-15, 1 - 1e-15);
  const double turn = normal_quantile(below);
  const auto part = [&](double from, double to, bool right) {
    const int panels = std::max(1, static_cast<int>(std::ceil((to - from) / 0.25)));
    const double width = (to - from) / panels;
    double sum = 0;
    for (int i = 0; i < panels; ++i) {
      sum += boost::math::quadrature::gauss<double, 15>::integrate(
          [&](double z) {
            const double p = std::clamp(normal_cdf(z), 1e-300, 1 - 0x1p-53);
            const double weight = right ? normal_cdf(-z) : -p;
            return weight * (said.quantile(p) - x) * std::exp(-z * z / 2);
          },
          from + i * width, from + (i + 1) * width);
    }
    return 2 * sum / std::sqrt(2 * std::numbers::pi);
  };
  return part(-kReach, turn, false) + part(turn, kReach, true);
}

Coverage coverage_test(std::int64_t held, std::int64_t count, double claimed) {
  CHECK(count > 0 && held >= 0 && held <= count, "what held is some of what was said");
  return {held, count, claimed, binomial_cdf(held, count, claimed)};
}

double anderson_darling_p(double anderson_darling) {
  const double z = anderson_darling;
  CHECK(z >= 0, "a square");
  if (z == 0) return 1;
  // Two polynomials of the paper, one on each side of 2.
  if (z < 2) {
    const double inner =
        2.00012 + (.247105 - (.0649821 - (.0347962 - (.0116720 - .00168691 * z) * z) * z) * z) * z;
    return 1 - std::exp(-1.2337141 / z) / std::sqrt(z) * inner;
  }
  const double inner =
      1.0776 - (2.30695 - (.43424 - (.082433 - (.008056 - .0003146 * z) * z) * z) * z) * z;
  return -std::expm1(-std::exp(inner));
}

double transform_of(const Estimate& said, double came) {
  constexpr std::array<double, 5> kAt = {.05, .25, .50, .75, .95};
  const std::array<double, 5> value = {said.p05, said.p25, said.p50, said.p75, said.p95};
  double out = chance_below(said, came);
  // Two or more quantiles at one value: an atom there, which reaches to the end where the last is
  // one of them.
  std::optional<std::size_t> first;
  std::size_t last = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value.at(i) != came) continue;
    if (!first) first = i;
    last = i;
  }
  if (first && *first < last) {
    const double low = *first == 0 ? 0 : kAt.at(*first);
    const double high = last + 1 == value.size() ? 1 : kAt.at(last);
    out = (low + high) / 2;
  }
  return std::clamp(out, kOutermost, 1 - kOutermost);
}

Uniformity uniformity(std::span<const double> transforms) {
  CHECK(!transforms.empty(), "a test needs a forecast");
  std::vector<double> sorted(transforms.begin(), transforms.end());
  std::sort(sorted.begin(), sorted.end());
  const auto n = static_cast<double>(sorted.size());
  Uniformity out;
  double sum = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double u = sorted[i];
    CHECK(u > 0 && u < 1, "a transform lies inside (0, 1)");
    const auto rank = static_cast<double>(i);
    out.largest_gap = std::max({out.largest_gap, (rank + 1) / n - u, u - rank / n});
    sum += (2 * rank + 1) * (std::log(u) + std::log1p(-sorted[sorted.size() - 1 - i]));
  }
  out.anderson_darling = -n - sum / n;
  out.p = 1 - gap_cdf(sorted.size(), out.largest_gap);
  return out;
}

}  // namespace daytwo::chance
