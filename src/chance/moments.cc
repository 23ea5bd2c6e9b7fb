#include "chance/moments.h"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>

#include "chance/distribution.h"
#include "chance/family.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// Normal scores beyond which 2^-50 of the probability lies.
constexpr double kReach = 7.95603812548153;
// Width of a panel of the quadrature, in normal scores.
constexpr double kPanel = 0.5;

double score_of(double p) {
  if (p <= 0) return -kReach;
  return p >= 1 ? kReach : std::clamp(normal_quantile(p), -kReach, kReach);
}

// What lies beyond the reach of the panels, as first and second moments about `origin`: there the
// quantile is taken to grow like q^-k with q the chance above, so its integral is Q q / (1 - k).
Moments beyond_reach(const Distribution& open, double origin) {
  constexpr double kLeast = 0x1p-50;
  const double far = open.quantile(1 - kLeast) - origin;
  const double near = open.quantile(1 - 16 * kLeast) - origin;
  if (!(near > 0) || !(far > near)) return {};
  const double k = std::log(far / near) / std::log(16.0);
  return {k < 1 ? far * kLeast / (1 - k) : 0, 2 * k < 1 ? far * far * kLeast / (1 - 2 * k) : 0};
}

// E X and E X^2 of `x` about `origin`; a clipped end is an atom, the rest a smooth integral.
Moments by_quadrature(const Distribution& x) {
  Distribution open = x;
  open.floor = -kInfinity;
  open.cap = kInfinity;
  const double under = std::isinf(x.floor) ? 0 : open.cdf(x.floor);
  const double over = std::isinf(x.cap) ? 0 : open.chance_above(x.cap);
  const double origin = std::clamp(open.quantile(.5), x.floor, x.cap);
  double first = 0;
  double second = 0;
  const auto add = [&](double at, double mass) {
    first += (at - origin) * mass;
    second += (at - origin) * (at - origin) * mass;
  };
  if (under > 0) add(x.floor, under);
  if (over > 0) add(x.cap, over);
  const double from = score_of(under);
  const double to = over > 0 ? score_of(1 - over) : kReach;
  const int panels = std::max(1, static_cast<int>(std::ceil((to - from) / kPanel)));
  const double width = (to - from) / panels;
  const double scale = 1 / std::sqrt(2 * std::numbers::pi);
  using Rule = boost::math::quadrature::gauss<double, 15>;
  for (int i = 0; to > from && i < panels; ++i) {
    const double left = from + i * width;
    const auto moment = [&](int power) {
      return Rule::integrate(
          [&](double z) {
            const double gap = open.quantile(normal_cdf(z)) - origin;
            return (power == 1 ? gap : gap * gap) * scale * std::exp(-z * z / 2);
          },
          left, left + width);
    };
    first += moment(1);
    second += moment(2);
  }
  if (std::isinf(x.cap)) {
    const Moments tail = beyond_reach(open, origin);
    first += tail.mean;
    second += tail.variance;
  }
  return {origin + first, std::max(0.0, second - first * first)};
}

// Counts one by one, from the first to the last that matters.
Moments by_summation(const Distribution& x) {
  Distribution open = x;
  open.floor = -kInfinity;
  open.cap = kInfinity;
  const double last = open.quantile(1 - 1e-15);
  double mean = 0;
  double squares = 0;
  double below = 0;
  for (double at = open.quantile(1e-15); at <= last; at += 1) {
    const double value = std::clamp(at, x.floor, x.cap);
    const double until = at >= last ? 1 : open.cdf(at);
    mean += value * (until - below);
    squares += value * value * (until - below);
    below = until;
  }
  return {mean, std::max(0.0, squares - mean * mean)};
}

}  // namespace

double exponential_mean(const Distribution& x, double rate) {
  if (x.family == Family::kMixture) {
    double sum = 0;
    for (std::size_t i = 0; i < x.parts.size(); ++i) {
      sum += x.points[i] * exponential_mean(x.parts[i], rate);
    }
    return sum;
  }
  if (x.family == Family::kEmpirical) {
    double sum = 0;
    for (const double at : x.points) sum += std::exp(rate * at);
    return sum / static_cast<double>(x.points.size());
  }
  if (x.is_point()) return std::exp(rate * x.quantile(.5));
  if (!x.is_truncated() && !x.is_clipped()) {
    switch (x.family) {
      case Family::kNormal:
        return std::exp(rate * x.a + rate * rate * x.b * x.b / 2);
      case Family::kGamma:
        return rate < x.b ? std::pow(1 - rate / x.b, -x.a) : kInfinity;
      case Family::kPoisson:
        return std::exp(x.a * std::expm1(rate));
      case Family::kNegativeBinomial: {
        const double left = 1 - x.b * std::expm1(rate);
        return left > 0 ? std::pow(left, -x.a) : kInfinity;
      }
      case Family::kBinomial:
        return std::pow(1 + x.b * std::expm1(rate), x.a);
      default:
        break;
    }
  }
  // Bounded above, or nothing is known to be finite.
  const double most = std::min({x.cap, x.below, family_end(x)});
  if (std::isinf(most)) return kInfinity;
  // Slices of equal probability: the integrand is bounded.
  constexpr int kSlices = 20'000;
  double sum = 0;
  for (int i = 0; i < kSlices; ++i) sum += std::exp(rate * x.quantile((i + 0.5) / kSlices));
  return sum / kSlices;
}

Moments moments_of(const Distribution& x) {
  if (x.is_point()) return {x.quantile(.5), 0};  // clipped too: a part of a mixture may be
  if (x.family == Family::kEmpirical || x.family == Family::kMixture) {
    return {family_mean(x), family_variance(x)};
  }
  if (is_count(x.family)) {
    if (x.is_truncated() || x.is_clipped()) return by_summation(x);
    return {family_mean(x), family_variance(x)};
  }
  if (x.is_truncated() || x.is_clipped()) {
    // An open end keeps the family's tail, finite or not.
    const bool open_above = std::isinf(x.cap) && std::isinf(x.below);
    if (open_above && std::isinf(family_mean(x))) return {kInfinity, kInfinity};
    Moments out = by_quadrature(x);
    if (open_above && std::isinf(family_variance(x))) out.variance = kInfinity;
    if (x.family == Family::kLognormal && !x.is_truncated() && std::isinf(x.floor) && x.cap > 0) {
      out.mean = lognormal_limited_mean(x.a, x.b, x.cap);
    }
    return out;
  }
  Moments out{family_mean(x), family_variance(x)};
  if (std::isnan(out.mean) || std::isnan(out.variance)) {
    const Moments integrated = by_quadrature(x);
    if (std::isnan(out.mean)) out.mean = integrated.mean;
    if (std::isnan(out.variance)) out.variance = integrated.variance;
  }
  return out;
}

}  // namespace daytwo::chance
