#include "orient/first_passage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <numbers>

#include "base/check.h"
#include "chance/estimate.h"
#include "chance/seed.h"

namespace daytwo::orient {
namespace {

// log Phi(z). erfc holds to z = -37; below that the asymptotic series in 1/z^2 does
// [Abramowitz and Stegun 26.2.12], whose fourth term is below 1e-10 there.
double log_normal_cdf(double z) {
  if (z > -30) return std::log(0.5 * std::erfc(-z * (1 / std::numbers::sqrt2)));
  const double inverse = 1 / (z * z);
  const double series = 1 - inverse * (1 - inverse * (3 - inverse * 15));
  return -z * z / 2 - std::log(-z) - 0.5 * std::log(2 * std::numbers::pi) + std::log(series);
}

// Quantile of chi-square with k degrees of freedom, divided by k [Wilson and Hilferty 1931]. Within
// 3 % for k >= 5 and 0.07 <= p <= 0.93, which is all that is asked here.
double chi_square_ratio(double k, double p) {
  const double c = 2 / (9 * k);
  const double root = 1 - c + chance::normal_quantile(p) * std::sqrt(c);
  return std::max(root * root * root, 1e-3);
}

}  // namespace

double passage_cdf(const Passage& passage, double t_seconds) {
  CHECK(t_seconds >= 0, "a passage time is asked for the future");
  CHECK(passage.spread >= 0, "a spread is not negative");
  const double a = passage.distance;
  if (a <= 0) return 1;
  if (t_seconds == 0) return 0;
  const double reached = passage.drift * t_seconds;
  const double s = passage.spread * std::sqrt(t_seconds);
  // A spread too small to matter leaves a straight line; the division would overflow.
  if (s < 1e-12 * a) return reached >= a ? 1 : 0;
  const double direct = chance::normal_cdf((reached - a) / s);
  const double log_weight = 2 * passage.drift * a / (passage.spread * passage.spread);
  const double mirrored = std::exp(log_weight + log_normal_cdf((-a - reached) / s));
  return std::clamp(direct + mirrored, 0.0, 1.0);
}

PassageForecast::PassageForecast(double distance, const Slope& slope) {
  CHECK(slope.count >= 3, "two increments have no spread to speak of");
  CHECK(slope.step_seconds > 0, "increments take time");
  const double n = static_cast<double>(slope.count);
  std::size_t at = 0;
  for (std::size_t i = 0; i < kSpreads; ++i) {
    const double p = (static_cast<double>(i) + 0.5) / kSpreads;
    const double variance = slope.variance / chi_square_ratio(n - 1, p);
    const double error = std::sqrt(variance / n);
    for (std::size_t j = 0; j < kDrifts; ++j) {
      const double z = chance::normal_quantile((static_cast<double>(j) + 0.5) / kDrifts);
      const double mean = slope.mean + z * error;
      nodes_[at++] = {distance, mean / slope.step_seconds,
                      std::sqrt(variance / slope.step_seconds)};
    }
  }
}

double PassageForecast::cdf(double t_seconds) const {
  double sum = 0;
  for (const Passage& node : nodes_) sum += passage_cdf(node, t_seconds);
  return sum / static_cast<double>(std::size(nodes_));
}

double PassageForecast::quantile(double p) const {
  CHECK(p > 0 && p < 1, "a quantile is asked for a probability inside (0, 1)");
  if (nodes_[0].distance <= 0) return 0;
  if (cdf(kHorizonSeconds) < p) return kHorizonSeconds;
  double low = std::log(1e-3);
  double high = std::log(kHorizonSeconds);
  // 40 halvings of the log-range leave a relative error of 1e-11.
  for (int i = 0; i < 40; ++i) {
    const double middle = (low + high) / 2;
    (cdf(std::exp(middle)) < p ? low : high) = middle;
  }
  return std::exp(high);
}

double PassageForecast::left(double t_seconds, double p) const {
  CHECK(t_seconds >= 0, "what is left is asked for the future");
  CHECK(p > 0 && p < 1, "a quantile is asked for a probability inside (0, 1)");
  const double root = std::sqrt(t_seconds);
  const auto below = [&](double level) {
    double sum = 0;
    for (const Passage& node : nodes_) {
      const double middle = node.distance - node.drift * t_seconds;
      const double s = node.spread * root;
      sum += s > 0 ? chance::normal_cdf((level - middle) / s) : (level >= middle ? 1.0 : 0.0);
    }
    return sum / static_cast<double>(std::size(nodes_));
  };
  double low = nodes_[0].distance;
  double high = low;
  for (const Passage& node : nodes_) {
    const double middle = node.distance - node.drift * t_seconds;
    low = std::min(low, middle - 8 * node.spread * root);
    high = std::max(high, middle + 8 * node.spread * root);
  }
  // 50 halvings of a range that holds all but 1e-15 of it.
  for (int i = 0; i < 50; ++i) {
    const double middle = (low + high) / 2;
    (below(middle) < p ? low : high) = middle;
  }
  return high;
}

chance::Estimate PassageForecast::estimate(double unit_seconds) const {
  chance::Estimate out;
  const auto at = [&](double p) { return quantile(p) / unit_seconds; };
  out.p05 = at(.05);
  out.p25 = at(.25);
  out.p50 = at(.5);
  out.p75 = at(.75);
  out.p95 = at(.95);
  constexpr int kNodes = 20;
  for (int i = 0; i < kNodes; ++i) out.mean += at((i + 0.5) / kNodes) / kNodes;
  return out;
}

}  // namespace daytwo::orient
