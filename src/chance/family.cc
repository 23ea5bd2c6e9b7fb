#include "chance/family.h"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstddef>
#include <limits>

#include "chance/distribution.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

// Results instead of exceptions, and no detour over long double.
namespace policies = boost::math::policies;
using Quiet =
    policies::policy<policies::domain_error<policies::ignore_error>,
                     policies::overflow_error<policies::ignore_error>,
                     policies::evaluation_error<policies::ignore_error>,
                     policies::pole_error<policies::ignore_error>, policies::promote_double<false>,
                     policies::discrete_quantile<policies::integer_round_up>>;
using GammaLaw = boost::math::gamma_distribution<double, Quiet>;
using BetaLaw = boost::math::beta_distribution<double, Quiet>;
using StudentLaw = boost::math::students_t_distribution<double, Quiet>;
using PoissonLaw = boost::math::poisson_distribution<double, Quiet>;
using NegativeLaw = boost::math::negative_binomial_distribution<double, Quiet>;
using BinomialLaw = boost::math::binomial_distribution<double, Quiet>;
using boost::math::complement;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

GammaLaw gamma_of(const Distribution& x) { return GammaLaw(x.a, 1 / x.b); }
BetaLaw beta_of(const Distribution& x) { return BetaLaw(x.a, x.b); }
StudentLaw student_of(const Distribution& x) { return StudentLaw(x.c); }
NegativeLaw negative_of(const Distribution& x) { return NegativeLaw(x.a, 1 / (1 + x.b)); }
BinomialLaw binomial_of(const Distribution& x) { return BinomialLaw(x.a, x.b); }

// A Modified PERT is a beta stretched over [least, most].
BetaLaw pert_of(const Distribution& x) {
  const double range = x.c - x.a;
  return BetaLaw(1 + x.d * (x.b - x.a) / range, 1 + x.d * (x.c - x.b) / range);
}

double metalog(const Distribution& x, double y) {
  const double odds = std::log(y) - std::log1p(-y);
  return x.a + x.b * odds + x.c * (y - 0.5) * odds;
}

// The y whose metalog is `value`, by bisection on ln(y / (1 - y)): the metalog rises with it.
double metalog_cdf(const Distribution& x, double value) {
  const auto at = [&](double odds) {
    return x.a + x.b * odds + x.c * (1 / (1 + std::exp(-odds)) - 0.5) * odds;
  };
  double low = -745;
  double high = 745;
  for (int step = 0; step < 100 && low < high; ++step) {
    const double middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    (at(middle) < value ? low : high) = middle;
  }
  return 1 / (1 + std::exp(-high));
}

// The value of a metalog's own scale at `at`: the inverse of its log or logit form.
double metalog_scale(const Distribution& x, double at) {
  if (x.family == Family::kMetalog) return at;
  if (at <= x.d) return -kInfinity;
  if (x.family == Family::kMetalogAbove) return std::log(at - x.d);
  return at >= x.e ? kInfinity : std::log((at - x.d) / (x.e - at));
}

double metalog_quantile(const Distribution& x, double p) {
  const double value = metalog(x, p);
  if (x.family == Family::kMetalog) return value;
  if (x.family == Family::kMetalogAbove) return x.d + std::exp(value);
  return x.d + (x.e - x.d) / (1 + std::exp(-value));
}

// P(X > threshold + y) of a generalised Pareto.
double pareto_above(const Distribution& x, double at) {
  const double y = (at - x.a) / x.b;
  if (y <= 0) return 1;
  if (x.c == 0) return std::exp(-y);
  return 1 + x.c * y <= 0 ? 0 : std::exp(-std::log1p(x.c * y) / x.c);
}

double pareto_quantile(const Distribution& x, double p) {
  const double t = -std::log1p(-p);
  return x.a + (x.c == 0 ? x.b * t : x.b * std::expm1(x.c * t) / x.c);
}

double triangular_cdf(const Distribution& x, double at) {
  if (at <= x.a) return 0;
  if (at >= x.c) return 1;
  if (at <= x.b) return (at - x.a) * (at - x.a) / ((x.c - x.a) * (x.b - x.a));
  return 1 - (x.c - at) * (x.c - at) / ((x.c - x.a) * (x.c - x.b));
}

double triangular_quantile(const Distribution& x, double p) {
  const double turn = (x.b - x.a) / (x.c - x.a);
  if (p <= turn) return x.a + std::sqrt(p * (x.c - x.a) * (x.b - x.a));
  return x.c - std::sqrt((1 - p) * (x.c - x.a) * (x.c - x.b));
}

// Boost's start, then the definition: the smallest whole number with P(X <= it) >= p.
template <class Law>
double count_quantile(const Law& law, double p) {
  double at = std::max(0.0, std::floor(boost::math::quantile(law, p)));
  while (at > 0 && boost::math::cdf(law, at - 1) >= p) at -= 1;
  while (boost::math::cdf(law, at) < p) at += 1;
  return at;
}

double count_cdf(const Distribution& x, double at) {
  if (at < 0 || std::isinf(at)) return at < 0 ? 0 : 1;
  const double whole = std::floor(at);
  if (x.family == Family::kPoisson) {
    return x.a == 0 ? 1 : boost::math::cdf(PoissonLaw(x.a), whole);
  }
  if (x.family == Family::kNegativeBinomial) return boost::math::cdf(negative_of(x), whole);
  return whole >= x.a ? 1 : boost::math::cdf(binomial_of(x), whole);
}

double empirical_share(const Distribution& x, double at) {
  const auto found = std::upper_bound(x.points.begin(), x.points.end(), at);
  return static_cast<double>(found - x.points.begin()) / static_cast<double>(x.points.size());
}

double empirical_quantile(const Distribution& x, double p) {
  const auto rank = static_cast<std::size_t>(std::ceil(p * static_cast<double>(x.points.size())));
  return x.points[std::clamp<std::size_t>(rank, 1, x.points.size()) - 1];
}

}  // namespace

double family_cdf(const Distribution& x, double at) {
  switch (x.family) {
    case Family::kPoint:
      return at >= x.a ? 1 : 0;
    case Family::kNormal:
      return x.b == 0 ? (at >= x.a ? 1 : 0) : normal_cdf((at - x.a) / x.b);
    case Family::kLognormal:
      if (at <= 0) return 0;
      return x.b == 0 ? (std::log(at) >= x.a ? 1 : 0) : normal_cdf((std::log(at) - x.a) / x.b);
    case Family::kGamma:
      return at <= 0 ? 0 : std::isinf(at) ? 1 : boost::math::cdf(gamma_of(x), at);
    case Family::kBeta:
      return at <= 0 ? 0 : at >= 1 ? 1 : boost::math::cdf(beta_of(x), at);
    case Family::kPert:
      return at <= x.a ? 0 : at >= x.c ? 1 : boost::math::cdf(pert_of(x), (at - x.a) / (x.c - x.a));
    case Family::kUniform:
      return std::clamp((at - x.a) / (x.b - x.a), 0.0, 1.0);
    case Family::kTriangular:
      return triangular_cdf(x, at);
    case Family::kStudent:
      return std::isinf(at) ? (at > 0 ? 1 : 0) : boost::math::cdf(student_of(x), (at - x.a) / x.b);
    case Family::kLogStudent:
      if (at <= 0 || std::isinf(at)) return at > 0 ? 1 : 0;
      return boost::math::cdf(student_of(x), (std::log(at) - x.a) / x.b);
    case Family::kPareto:
      return 1 - pareto_above(x, at);
    case Family::kWeibull:
      return at <= 0 ? 0 : -std::expm1(-std::pow(at / x.b, x.a));
    case Family::kMetalog:
    case Family::kMetalogAbove:
    case Family::kMetalogWithin: {
      const double value = metalog_scale(x, at);
      return std::isinf(value) ? (value > 0 ? 1 : 0) : metalog_cdf(x, value);
    }
    case Family::kPoisson:
    case Family::kNegativeBinomial:
    case Family::kBinomial:
      return count_cdf(x, at);
    case Family::kEmpirical:
      return empirical_share(x, at);
    case Family::kMixture: {
      double sum = 0;
      for (std::size_t i = 0; i < x.parts.size(); ++i) sum += x.points[i] * x.parts[i].cdf(at);
      return std::min(sum, 1.0);
    }
  }
  return 0;
}

double family_above(const Distribution& x, double at) {
  const double whole = std::floor(at);
  switch (x.family) {
    case Family::kNormal:
      return x.b == 0 ? (at >= x.a ? 0 : 1) : normal_cdf(-(at - x.a) / x.b);
    case Family::kLognormal:
      if (at <= 0) return 1;
      return x.b == 0 ? (std::log(at) >= x.a ? 0 : 1) : normal_cdf(-(std::log(at) - x.a) / x.b);
    case Family::kGamma:
      return at <= 0 ? 1 : std::isinf(at) ? 0 : boost::math::cdf(complement(gamma_of(x), at));
    case Family::kBeta:
      return at <= 0 ? 1 : at >= 1 ? 0 : boost::math::cdf(complement(beta_of(x), at));
    case Family::kStudent:
      if (std::isinf(at)) return at > 0 ? 0 : 1;
      return boost::math::cdf(complement(student_of(x), (at - x.a) / x.b));
    case Family::kLogStudent:
      if (at <= 0 || std::isinf(at)) return at > 0 ? 0 : 1;
      return boost::math::cdf(complement(student_of(x), (std::log(at) - x.a) / x.b));
    case Family::kPareto:
      return pareto_above(x, at);
    case Family::kWeibull:
      return at <= 0 ? 1 : std::exp(-std::pow(at / x.b, x.a));
    case Family::kPoisson:
      if (at < 0 || x.a == 0) return at < 0 ? 1 : 0;
      return std::isinf(at) ? 0 : boost::math::cdf(complement(PoissonLaw(x.a), whole));
    case Family::kNegativeBinomial:
      if (at < 0 || std::isinf(at)) return at < 0 ? 1 : 0;
      return boost::math::cdf(complement(negative_of(x), whole));
    case Family::kBinomial:
      if (at < 0 || at >= x.a) return at < 0 ? 1 : 0;
      return boost::math::cdf(complement(binomial_of(x), whole));
    case Family::kMixture: {
      double sum = 0;
      for (std::size_t i = 0; i < x.parts.size(); ++i) {
        sum += x.points[i] * x.parts[i].chance_above(at);
      }
      return std::min(sum, 1.0);
    }
    default:
      return 1 - family_cdf(x, at);
  }
}

double family_quantile(const Distribution& x, double p) {
  switch (x.family) {
    case Family::kPoint:
      return x.a;
    case Family::kNormal:
      return x.a + x.b * normal_quantile(p);
    case Family::kLognormal:
      return std::exp(x.a + x.b * normal_quantile(p));
    case Family::kGamma:
      return boost::math::quantile(gamma_of(x), p);
    case Family::kBeta:
      return boost::math::quantile(beta_of(x), p);
    case Family::kPert:
      return x.a + (x.c - x.a) * boost::math::quantile(pert_of(x), p);
    case Family::kUniform:
      return x.a + p * (x.b - x.a);
    case Family::kTriangular:
      return triangular_quantile(x, p);
    case Family::kStudent:
      return x.a + x.b * boost::math::quantile(student_of(x), p);
    case Family::kLogStudent:
      return std::exp(x.a + x.b * boost::math::quantile(student_of(x), p));
    case Family::kPareto:
      return pareto_quantile(x, p);
    case Family::kWeibull:
      return x.b * std::pow(-std::log1p(-p), 1 / x.a);
    case Family::kMetalog:
    case Family::kMetalogAbove:
    case Family::kMetalogWithin:
      return metalog_quantile(x, p);
    case Family::kPoisson:
      return x.a == 0 ? 0 : count_quantile(PoissonLaw(x.a), p);
    case Family::kNegativeBinomial:
      return count_quantile(negative_of(x), p);
    case Family::kBinomial:
      return x.a == 0 ? 0 : count_quantile(binomial_of(x), p);
    case Family::kEmpirical:
      return empirical_quantile(x, p);
    case Family::kMixture: {
      double low = kInfinity;
      double high = -kInfinity;
      for (const Distribution& part : x.parts) {
        const double at = part.quantile(p);
        low = std::min(low, at);
        high = std::max(high, at);
      }
      // The answer lies between the parts' own quantiles; down to neighbouring doubles, so that an
      // atom is met exactly.
      if (x.cdf(low) >= p) return low;
      while (true) {
        const double middle = low / 2 + high / 2;
        if (middle <= low || middle >= high) return high;
        (x.cdf(middle) >= p ? high : low) = middle;
      }
    }
  }
  return 0;
}

}  // namespace daytwo::chance
