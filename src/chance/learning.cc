#include "chance/learning.h"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstdint>
#include <span>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "chance/distribution.h"
#include "chance/fit.h"

namespace daytwo::chance {

Distribution updated_rate(const Distribution& prior, std::int64_t events, double years) {
  CHECK(prior.family == Family::kGamma, "a rate is updated as a gamma");
  CHECK(events >= 0 && years >= 0, "counts and time are not negative");
  return gamma(prior.a + static_cast<double>(events), prior.b + years);
}

Distribution rate_from_counts(std::int64_t events, double years) {
  CHECK(events >= 0 && years > 0, "a rate needs some time");
  return gamma(0.5 + static_cast<double>(events), years);
}

double chance_of_count(const Distribution& rate, std::int64_t count) {
  CHECK(rate.family == Family::kGamma && count >= 0, "a count under a gamma rate");
  const auto n = static_cast<double>(count);
  return std::exp(std::lgamma(rate.a + n) - std::lgamma(rate.a) - std::lgamma(n + 1) +
                  rate.a * std::log(rate.b / (rate.b + 1)) - n * std::log1p(rate.b));
}

Distribution updated_share(const Distribution& prior, std::int64_t hits, std::int64_t trials) {
  CHECK(prior.family == Family::kBeta, "a share is updated as a beta");
  CHECK(hits >= 0 && hits <= trials, "hits are some of the trials");
  return beta(prior.a + static_cast<double>(hits), prior.b + static_cast<double>(trials - hits));
}

Interval jeffreys(std::int64_t hits, std::int64_t trials, double confidence) {
  CHECK(trials > 0 && hits >= 0 && hits <= trials, "hits are some of the trials");
  const Distribution share = updated_share(beta(.5, .5), hits, trials);
  return {hits == 0 ? 0 : share.quantile((1 - confidence) / 2),
          hits == trials ? 1 : share.quantile((1 + confidence) / 2), confidence};
}

Interval clopper_pearson(std::int64_t hits, std::int64_t trials, double confidence) {
  CHECK(trials > 0 && hits >= 0 && hits <= trials, "hits are some of the trials");
  const auto k = static_cast<double>(hits);
  const auto n = static_cast<double>(trials);
  const double tail = (1 - confidence) / 2;
  return {hits == 0 ? 0 : beta(k, n - k + 1).quantile(tail),
          hits == trials ? 1 : beta(k + 1, n - k).quantile(1 - tail), confidence};
}

double binomial_cdf(std::int64_t hits, std::int64_t trials, double chance) {
  CHECK(trials >= 0 && chance >= 0 && chance <= 1, "a chance and a number of trials");
  if (hits < 0) return 0;
  if (hits >= trials) return 1;
  return boost::math::cdf(
      boost::math::binomial_distribution<double>(static_cast<double>(trials), chance),
      static_cast<double>(hits));
}

Result<double> rate_from_chance(double chance, double years) {
  if (!(chance >= 0 && chance < 1)) {
    return fail(Code::kInvalid, "a chance of 100 % has no finite rate");
  }
  if (!(years > 0)) return fail(Code::kInvalid, "a chance needs a period");
  return -std::log1p(-chance) / years;
}

LogBelief LogBelief::after(std::span<const double> sizes) const {
  if (sizes.empty()) return *this;
  const auto n = static_cast<double>(sizes.size());
  double mean = 0;
  for (const double x : sizes) {
    CHECK(x > 0, "a loss is above 0");
    mean += std::log(x) / n;
  }
  double squares = 0;
  for (const double x : sizes) squares += (std::log(x) - mean) * (std::log(x) - mean);
  return {(k * m + n * mean) / (k + n), k + n, a + n / 2,
          b + squares / 2 + k * n * (mean - m) * (mean - m) / (2 * (k + n))};
}

double LogBelief::quantile(double p) const {
  CHECK(p > 0 && p < 1, "a quantile is asked for a probability inside (0, 1)");
  const boost::math::students_t_distribution<double> t(2 * a);
  return std::exp(m + std::sqrt(b * (k + 1) / (a * k)) * boost::math::quantile(t, p));
}

double LogBelief::chance_above(double x) const {
  CHECK(x > 0, "a loss is above 0");
  const boost::math::students_t_distribution<double> t(2 * a);
  const double scale = std::sqrt(b * (k + 1) / (a * k));
  return boost::math::cdf(boost::math::complement(t, (std::log(x) - m) / scale));
}

}  // namespace daytwo::chance
