#include "chance/distribution.h"

#include <algorithm>
#include <array>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "chance/estimate.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

// Results instead of exceptions, and no detour over long double.
namespace policies = boost::math::policies;
using Quiet =
    policies::policy<policies::domain_error<policies::ignore_error>,
                     policies::overflow_error<policies::ignore_error>,
                     policies::evaluation_error<policies::ignore_error>,
                     policies::pole_error<policies::ignore_error>, policies::promote_double<false>>;
using GammaDistribution = boost::math::gamma_distribution<double, Quiet>;
using BetaDistribution = boost::math::beta_distribution<double, Quiet>;

GammaDistribution gamma_of(const Distribution& x) { return GammaDistribution(x.a, 1 / x.b); }
BetaDistribution beta_of(const Distribution& x) { return BetaDistribution(x.a, x.b); }

// A Modified PERT is a beta stretched over [least, most].
BetaDistribution pert_of(const Distribution& x) {
  const double range = x.c - x.a;
  return BetaDistribution(1 + x.d * (x.b - x.a) / range, 1 + x.d * (x.c - x.b) / range);
}

struct FamilyWord {
  Family family;
  std::string_view word;
  std::size_t parameters;
};

constexpr std::array<FamilyWord, 6> kFamilies = {{{Family::kPoint, "point", 1},
                                                  {Family::kNormal, "normal", 2},
                                                  {Family::kLognormal, "lognormal", 2},
                                                  {Family::kGamma, "gamma", 2},
                                                  {Family::kBeta, "beta", 2},
                                                  {Family::kPert, "pert", 4}}};

bool within_bounds(const Distribution& x) {
  switch (x.family) {
    case Family::kPoint:
      return true;
    case Family::kNormal:
    case Family::kLognormal:
      return x.b >= 0;
    case Family::kGamma:
    case Family::kBeta:
      return x.a > 0 && x.b > 0;
    case Family::kPert:
      return x.a < x.c && x.a <= x.b && x.b <= x.c && x.d > 0;
  }
  return false;
}

std::optional<double> finite_number(std::string_view text) {
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

Distribution checked(Distribution x) {
  CHECK(std::isfinite(x.a) && std::isfinite(x.b) && std::isfinite(x.c) && std::isfinite(x.d),
        "parameters are finite");
  CHECK(within_bounds(x), "parameters are inside their bounds");
  return x;
}

}  // namespace

double Distribution::uncapped_mean() const {
  switch (family) {
    case Family::kPoint:
    case Family::kNormal:
      return a;
    case Family::kLognormal:
      return std::exp(a + b * b / 2);
    case Family::kGamma:
      return a / b;
    case Family::kBeta:
      return a / (a + b);
    case Family::kPert:
      return (a + d * b + c) / (d + 2);
  }
  return 0;
}

double Distribution::limited_mean() const {
  if (family == Family::kPoint) return std::min(a, cap);
  if (family == Family::kLognormal && b > 0) {
    return cap <= 0 ? cap : lognormal_limited_mean(a, b, cap);
  }
  // E min(X, cap) = the mean of capped quantiles; 4,096 midpoints are exact to about 1e-4 of it.
  constexpr int kPoints = 4096;
  double sum = 0;
  for (int i = 0; i < kPoints; ++i) sum += quantile((i + 0.5) / kPoints);
  return sum / kPoints;
}

double Distribution::mean() const { return std::isinf(cap) ? uncapped_mean() : limited_mean(); }

double Distribution::deviation() const {
  switch (family) {
    case Family::kPoint:
      return 0;
    case Family::kNormal:
      return b;
    case Family::kLognormal:
      return uncapped_mean() * std::sqrt(std::expm1(b * b));
    case Family::kGamma:
      return std::sqrt(a) / b;
    case Family::kBeta:
      return std::sqrt(a * b / (a + b + 1)) / (a + b);
    case Family::kPert: {
      const auto inner = pert_of(*this);
      const double sum = inner.alpha() + inner.beta();
      return (c - a) * std::sqrt(inner.alpha() * inner.beta() / (sum + 1)) / sum;
    }
  }
  return 0;
}

double Distribution::uncapped_quantile(double p) const {
  switch (family) {
    case Family::kPoint:
      return a;
    case Family::kNormal:
      return a + b * normal_quantile(p);
    case Family::kLognormal:
      return std::exp(a + b * normal_quantile(p));
    case Family::kGamma:
      return boost::math::quantile(gamma_of(*this), p);
    case Family::kBeta:
      return boost::math::quantile(beta_of(*this), p);
    case Family::kPert:
      return a + (c - a) * boost::math::quantile(pert_of(*this), p);
  }
  return 0;
}

double Distribution::quantile(double p) const {
  CHECK(p > 0 && p < 1, "a quantile is asked for a probability inside (0, 1)");
  const double x = std::min(uncapped_quantile(p), cap);
  CHECK(!std::isnan(x), "a quantile is a number");
  return x;
}

double Distribution::cdf(double x) const {
  if (x >= cap) return 1;
  switch (family) {
    case Family::kPoint:
      return x >= a ? 1 : 0;
    case Family::kNormal:
      return b == 0 ? (x >= a ? 1 : 0) : normal_cdf((x - a) / b);
    case Family::kLognormal:
      if (x <= 0) return 0;
      return b == 0 ? (std::log(x) >= a ? 1 : 0) : normal_cdf((std::log(x) - a) / b);
    case Family::kGamma:
      return x <= 0 ? 0 : boost::math::cdf(gamma_of(*this), x);
    case Family::kBeta:
      return x <= 0 ? 0 : x >= 1 ? 1 : boost::math::cdf(beta_of(*this), x);
    case Family::kPert:
      return x <= a ? 0 : x >= c ? 1 : boost::math::cdf(pert_of(*this), (x - a) / (c - a));
  }
  return 0;
}

Estimate Distribution::estimate() const {
  if (is_point()) return exactly(quantile(.5));
  return {quantile(.05), quantile(.25), quantile(.5), quantile(.75), quantile(.95), mean(), 0, {}};
}

std::string Distribution::to_string() const {
  const std::array<double, 4> values = {a, b, c, d};
  std::string out;
  for (const FamilyWord& known : kFamilies) {
    if (known.family != family) continue;
    out = std::string(known.word) + "(";
    for (std::size_t i = 0; i < known.parameters; ++i) {
      if (i > 0) out += ", ";
      out += format_double(values.at(i));
    }
  }
  out += ")";
  return std::isinf(cap) ? out : "min(" + out + ", " + format_double(cap) + ")";
}

Distribution point(double value) { return checked({Family::kPoint, value}); }
Distribution normal(double mean, double deviation) {
  return checked({Family::kNormal, mean, deviation});
}
Distribution lognormal(double mu, double s) { return checked({Family::kLognormal, mu, s}); }
Distribution gamma(double shape, double rate) { return checked({Family::kGamma, shape, rate}); }
Distribution beta(double alpha, double beta) { return checked({Family::kBeta, alpha, beta}); }
Distribution pert(double least, double likely, double most, double weight) {
  return checked({Family::kPert, least, likely, most, weight});
}

Distribution capped(Distribution distribution, double cap) {
  CHECK(!std::isnan(cap), "a cap is a number");
  distribution.cap = std::min(distribution.cap, cap);
  return distribution;
}

Distribution scaled(const Distribution& distribution, double factor) {
  CHECK(factor > 0 && std::isfinite(factor), "scaling keeps the order of the quantiles");
  CHECK(distribution.family != Family::kBeta, "a beta lives on (0, 1)");
  Distribution out = distribution;
  out.cap *= factor;
  switch (out.family) {
    case Family::kLognormal:
      out.a += std::log(factor);
      break;
    case Family::kGamma:
      out.b /= factor;
      break;
    case Family::kPert:
      out.c *= factor;
      [[fallthrough]];
    case Family::kNormal:
      out.b *= factor;
      [[fallthrough]];
    case Family::kPoint:
      out.a *= factor;
      break;
    case Family::kBeta:
      break;
  }
  return out;
}

Result<Distribution> parse_distribution(std::string_view text) {
  const auto wrong = [&] {
    return fail(Code::kInvalid, "'" + std::string(text) + "' is not a distribution");
  };
  std::string_view rest = trim(text);
  double cap = std::numeric_limits<double>::infinity();
  if (rest.starts_with("min(") && rest.ends_with(")")) {
    rest = rest.substr(4, rest.size() - 5);
    const std::size_t comma = rest.rfind(',');
    if (comma == std::string_view::npos) return wrong();
    const auto limit = finite_number(trim(rest.substr(comma + 1)));
    if (!limit) return wrong();
    cap = *limit;
    rest = trim(rest.substr(0, comma));
  }
  const std::size_t bracket = rest.find('(');
  if (bracket == std::string_view::npos || !rest.ends_with(")")) return wrong();
  for (const FamilyWord& known : kFamilies) {
    if (known.word != rest.substr(0, bracket)) continue;
    const auto parts = split(rest.substr(bracket + 1, rest.size() - bracket - 2), ',');
    if (parts.size() != known.parameters) return wrong();
    std::array<double, 4> values{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto value = finite_number(trim(parts[i]));
      if (!value) return wrong();
      values.at(i) = *value;
    }
    const Distribution out{known.family, values[0], values[1], values[2], values[3], cap};
    if (!within_bounds(out)) return wrong();
    return out;
  }
  return wrong();
}

double lognormal_limited_mean(double mu, double s, double limit) {
  CHECK(limit > 0 && s > 0, "a limited mean needs a limit and a spread");
  const double z = (std::log(limit) - mu) / s;
  return std::exp(mu + s * s / 2) * normal_cdf(z - s) + limit * normal_cdf(-z);
}

}  // namespace daytwo::chance
