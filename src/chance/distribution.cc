#include "chance/distribution.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "chance/estimate.h"
#include "chance/family.h"
#include "chance/moments.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

// Less probability than this between two ends is nothing to condition on.
constexpr double kNothing = 1e-12;

bool is_spread(Family family) { return family == Family::kNormal || family == Family::kLognormal; }

bool all_finite(const Distribution& x) {
  return std::isfinite(x.a) && std::isfinite(x.b) && std::isfinite(x.c) && std::isfinite(x.d) &&
         std::isfinite(x.e);
}

Distribution checked(Distribution x) {
  CHECK(all_finite(x), "parameters are finite");
  CHECK(out_of_bounds(x).empty(), "parameters are inside their bounds");
  return x;
}

// The largest double below 1.
constexpr double kAlmostOne = 1 - std::numeric_limits<double>::epsilon() / 2;

double probability(double p) { return std::clamp(p, 1e-300, kAlmostOne); }

Distribution clipped(Distribution x, double floor, double cap) {
  if (x.family == Family::kMixture) {
    for (Distribution& part : x.parts) part = clipped(std::move(part), floor, cap);
    return x;
  }
  for (double& at : x.points) at = std::min(std::max(at, floor), cap);
  if (x.family == Family::kEmpirical) return x;
  // In the order they were asked for: the last one holds.
  x.floor = std::min(std::max(x.floor, floor), cap);
  x.cap = std::min(std::max(x.cap, floor), cap);
  return x;
}

// P(X0 <= x), or 0 and 1 for open ends.
double base_cdf(const Distribution& x, double at) {
  return std::isinf(at) ? (at > 0 ? 1 : 0) : family_cdf(x, at);
}

}  // namespace

bool Distribution::operator==(const Distribution& other) const {
  return family == other.family && a == other.a && b == other.b && c == other.c && d == other.d &&
         e == other.e && above == other.above && below == other.below && floor == other.floor &&
         cap == other.cap && points == other.points && parts == other.parts;
}

bool Distribution::is_truncated() const { return !std::isinf(above) || !std::isinf(below); }

bool Distribution::is_clipped() const { return !std::isinf(floor) || !std::isinf(cap); }

bool Distribution::is_point() const {
  if (family == Family::kPoint || (is_spread(family) && b == 0) || floor >= cap) return true;
  if (family == Family::kEmpirical) return points.front() == points.back();
  if (family == Family::kBinomial) return a == 0 || b == 0 || b == 1;
  return family == Family::kPoisson && a == 0;
}

double Distribution::mean() const { return moments_of(*this).mean; }

double Distribution::deviation() const { return std::sqrt(moments_of(*this).variance); }

double Distribution::quantile(double p) const {
  CHECK(p > 0 && p < 1, "a quantile is asked for a probability inside (0, 1)");
  double inner = p;
  if (is_truncated()) {
    const double from = base_cdf(*this, above);
    inner = probability(from + p * (base_cdf(*this, below) - from));
  }
  double x = family_quantile(*this, inner);
  if (is_truncated()) x = std::min(std::max(x, above), below);
  x = std::min(std::max(x, floor), cap);
  CHECK(!std::isnan(x), "a quantile is a number");
  return x;
}

double Distribution::cdf(double x) const {
  if (x >= cap) return 1;
  if (x < floor) return 0;
  if (!is_truncated()) return family_cdf(*this, x);
  if (x <= above) return 0;
  if (x >= below) return 1;
  const double from = base_cdf(*this, above);
  return std::clamp((family_cdf(*this, x) - from) / (base_cdf(*this, below) - from), 0.0, 1.0);
}

double Distribution::chance_above(double x) const {
  if (x >= cap) return 0;
  if (x < floor) return 1;
  return is_truncated() ? 1 - cdf(x) : family_above(*this, x);
}

double Distribution::draw(Stream& stream) const {
  double u = stream.uniform();
  const Distribution* from = this;
  while (from->family == Family::kMixture) {
    // The uniform picks the part; what is left of it inside the part's share is uniform again.
    std::size_t i = 0;
    while (i + 1 < from->parts.size() && u >= from->points[i]) u -= from->points[i++];
    u = probability(u / from->points[i]);
    from = &from->parts[i];
  }
  return from->quantile(u);
}

Estimate Distribution::estimate() const {
  if (is_point()) return exactly(quantile(.5));
  return {quantile(.05), quantile(.25), quantile(.5), quantile(.75), quantile(.95), mean(), 0, {}};
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
Distribution uniform(double least, double most) { return checked({Family::kUniform, least, most}); }
Distribution triangular(double least, double likely, double most) {
  return checked({Family::kTriangular, least, likely, most});
}
Distribution student(double centre, double scale, double freedom) {
  return checked({Family::kStudent, centre, scale, freedom});
}
Distribution log_student(double centre, double scale, double freedom) {
  return checked({Family::kLogStudent, centre, scale, freedom});
}
Distribution pareto(double threshold, double scale, double shape) {
  return checked({Family::kPareto, threshold, scale, shape});
}
Distribution weibull(double shape, double scale) {
  return checked({Family::kWeibull, shape, scale});
}
Distribution poisson(double mean) { return checked({Family::kPoisson, mean}); }
Distribution negative_binomial(double r, double b) {
  return checked({Family::kNegativeBinomial, r, b});
}
Distribution binomial(double trials, double chance) {
  return checked({Family::kBinomial, trials, chance});
}

Result<Distribution> make(Family family, std::span<const double> parameters) {
  const FamilyWord& known = word_of(family);
  const std::string word(known.word);
  if (known.parameters == 0) return fail(Code::kInvalid, word + " is made from its values");
  std::vector<double> values(parameters.begin(), parameters.end());
  if (family == Family::kPert && values.size() == 3) values.push_back(4);
  if (values.size() != known.parameters) {
    return fail(Code::kInvalid, word + " takes " + std::to_string(known.parameters) +
                                    " numbers, not " + std::to_string(values.size()));
  }
  values.resize(5);
  Distribution out{family, values[0], values[1], values[2], values[3], values[4]};
  if (!all_finite(out)) return fail(Code::kInvalid, word + ": a parameter is not a number");
  if (const auto why = out_of_bounds(out); !why.empty()) {
    return fail(Code::kInvalid, word + ": " + std::string(why));
  }
  return out;
}

Result<Distribution> empirical(std::span<const double> values) {
  if (values.empty()) return fail(Code::kInvalid, "an empirical distribution needs values");
  if (values.size() > kMaxPoints) {
    return fail(Code::kLimit, std::to_string(values.size()) + " values; the limit is " +
                                  std::to_string(kMaxPoints));
  }
  Distribution out;
  out.family = Family::kEmpirical;
  for (const double value : values) {
    if (!std::isfinite(value)) return fail(Code::kInvalid, "a value is not a number");
    out.points.push_back(value);
  }
  std::sort(out.points.begin(), out.points.end());
  return out;
}

Result<Distribution> mixture(std::span<const Distribution> parts, std::span<const double> weights) {
  if (parts.empty() || parts.size() != weights.size()) {
    return fail(Code::kInvalid, "a mixture takes one weight for each of its parts");
  }
  if (parts.size() > kMaxParts) {
    return fail(Code::kLimit,
                std::to_string(parts.size()) + " parts; the limit is " + std::to_string(kMaxParts));
  }
  double sum = 0;
  for (const double weight : weights) {
    if (!(weight > 0) || !std::isfinite(weight)) {
      return fail(Code::kInvalid, "a weight of a mixture must be above 0");
    }
    sum += weight;
  }
  if (!std::isfinite(sum)) return fail(Code::kInvalid, "the weights are too large");
  // Weights that add to 1 but for rounding are kept, so that a printed mixture reads back.
  if (std::abs(sum - 1) < 1e-12) sum = 1;
  Distribution out;
  out.family = Family::kMixture;
  out.parts.assign(parts.begin(), parts.end());
  for (const double weight : weights) out.points.push_back(weight / sum);
  return out;
}

Distribution capped(Distribution distribution, double cap) {
  CHECK(!std::isnan(cap), "a cap is a number");
  return clipped(std::move(distribution), -std::numeric_limits<double>::infinity(), cap);
}

Distribution floored(Distribution distribution, double floor) {
  CHECK(!std::isnan(floor), "a floor is a number");
  return clipped(std::move(distribution), floor, std::numeric_limits<double>::infinity());
}

Result<Distribution> truncated(Distribution x, double low, double high) {
  if (!(low < high)) return fail(Code::kInvalid, "lower end must be below upper end");
  const double mass = (std::isinf(high) ? 1 : x.cdf(high)) - (std::isinf(low) ? 0 : x.cdf(low));
  if (!(mass > kNothing)) {
    return fail(Code::kInvalid, "nothing of " + x.to_string() + " lies above " +
                                    format_double(low) + " up to " + format_double(high));
  }
  if (x.is_clipped()) return fail(Code::kInvalid, "truncate first, then cap");
  if (x.family == Family::kEmpirical) {
    std::erase_if(x.points, [&](double at) { return at <= low || at > high; });
    return x;
  }
  if (x.family == Family::kMixture) {
    std::vector<Distribution> parts;
    std::vector<double> weights;
    for (std::size_t i = 0; i < x.parts.size(); ++i) {
      const double inside = (std::isinf(high) ? 1 : x.parts[i].cdf(high)) -
                            (std::isinf(low) ? 0 : x.parts[i].cdf(low));
      if (!(inside > kNothing)) continue;
      TRY(Distribution part, truncated(x.parts[i], low, high));
      parts.push_back(std::move(part));
      weights.push_back(x.points[i] * inside);
    }
    return mixture(parts, weights);
  }
  x.above = std::max(x.above, low);
  x.below = std::min(x.below, high);
  return x;
}

bool scalable(const Distribution& x) {
  if (x.family == Family::kMixture) return std::all_of(x.parts.begin(), x.parts.end(), scalable);
  return x.family != Family::kBeta && !is_count(x.family);
}

Distribution scaled(const Distribution& distribution, double factor) {
  CHECK(factor > 0 && std::isfinite(factor), "scaling keeps the order of the quantiles");
  CHECK(scalable(distribution), "a beta lives on (0, 1), a count on whole numbers");
  Distribution out = distribution;
  for (double* end : {&out.above, &out.below, &out.floor, &out.cap}) *end *= factor;
  switch (out.family) {
    case Family::kLognormal:
    case Family::kLogStudent:
      out.a += std::log(factor);
      break;
    case Family::kGamma:
      out.b /= factor;
      break;
    case Family::kPert:
    case Family::kTriangular:
    case Family::kMetalog:
      out.c *= factor;
      [[fallthrough]];
    case Family::kNormal:
    case Family::kUniform:
    case Family::kStudent:
    case Family::kPareto:
      out.b *= factor;
      [[fallthrough]];
    case Family::kPoint:
      out.a *= factor;
      break;
    case Family::kWeibull:
      out.b *= factor;
      break;
    case Family::kMetalogAbove:
      out.a += std::log(factor);
      out.d *= factor;
      break;
    case Family::kMetalogWithin:
      out.d *= factor;
      out.e *= factor;
      break;
    case Family::kEmpirical:
      for (double& at : out.points) at *= factor;
      break;
    case Family::kMixture:
      for (Distribution& part : out.parts) part = scaled(part, factor);
      break;
    case Family::kBeta:
    case Family::kPoisson:
    case Family::kNegativeBinomial:
    case Family::kBinomial:
      break;
  }
  return out;
}

Result<double> finite_mean(const Distribution& distribution) {
  const double mean = distribution.mean();
  if (std::isfinite(mean)) return mean;
  return fail(Code::kInvalid, "the mean of " + distribution.to_string() +
                                  " is infinite: state a limit ('never above ...')");
}

double lognormal_limited_mean(double mu, double s, double limit) {
  CHECK(limit > 0 && s > 0, "a limited mean needs a limit and a spread");
  const double z = (std::log(limit) - mu) / s;
  return std::exp(mu + s * s / 2) * normal_cdf(z - s) + limit * normal_cdf(-z);
}

}  // namespace daytwo::chance
