#include "chance/counting.h"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "chance/distribution.h"
#include "chance/search.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

constexpr double kSurprising = 0.05;

}  // namespace

Result<Dispersion> dispersion_of(std::span<const std::int64_t> counts) {
  if (counts.size() < 2) return fail(Code::kInvalid, "a spread needs two counts");
  const auto n = static_cast<double>(counts.size());
  Dispersion out;
  for (const std::int64_t count : counts) {
    if (count < 0) return fail(Code::kInvalid, "a count is not negative");
    out.mean += static_cast<double>(count) / n;
  }
  for (const std::int64_t count : counts) {
    const double gap = static_cast<double>(count) - out.mean;
    out.variance += gap * gap / (n - 1);
  }
  if (out.mean <= 0) return out;
  const boost::math::chi_squared_distribution<double> law(n - 1);
  out.p = boost::math::cdf(boost::math::complement(law, (n - 1) * out.variance / out.mean));
  out.clustering = std::max(0.0, out.variance / out.mean - 1);
  out.clustered = counts.size() >= kLeastCounts && out.p < kSurprising && out.clustering > 0;
  if (out.clustered) out.r = out.mean / out.clustering;
  return out;
}

double rate_upper_bound(std::int64_t events, double years, double confidence) {
  CHECK(events >= 0 && years > 0 && confidence > 0 && confidence < 1, "a count in some time");
  return gamma(static_cast<double>(events) + 1, years).quantile(confidence);
}

Distribution faded(const Distribution& rate, double keep_a_year, double years) {
  CHECK(rate.family == Family::kGamma, "a rate is a gamma");
  CHECK(keep_a_year > 0 && keep_a_year <= 1 && years >= 0, "evidence fades with time");
  const double keep = std::pow(keep_a_year, years);
  return gamma(rate.a * keep, rate.b * keep);
}

Result<Distribution> shared_rate(std::span<const Exposure> services) {
  if (services.size() < 3) return fail(Code::kInvalid, "strength is shared by three services");
  double events = 0;
  double years = 0;
  for (const Exposure& x : services) {
    if (x.events < 0 || !(x.years > 0)) return fail(Code::kInvalid, "a count in some time");
    events += static_cast<double>(x.events);
    years += x.years;
  }
  if (events <= 0) return fail(Code::kInvalid, "no event in any service");
  const auto cost = [&](double ln_shape, double ln_mean) {
    const double shape = std::exp(ln_shape);
    const double rate = shape / std::exp(ln_mean);
    double sum = 0;
    for (const Exposure& x : services) {
      const auto k = static_cast<double>(x.events);
      sum -= std::lgamma(shape + k) - std::lgamma(shape) - shape * std::log1p(x.years / rate) -
             k * std::log(rate + x.years);
    }
    return sum;
  };
  const double middle = std::log(events / years);
  const auto best_mean = [&](double ln_shape) {
    return lowest(middle - 5, middle + 5, [&](double ln_mean) { return cost(ln_shape, ln_mean); });
  };
  const double ln_shape =
      lowest(-6, 12, [&](double candidate) { return cost(candidate, best_mean(candidate)); });
  const double shape = std::exp(ln_shape);
  return gamma(shape, shape / std::exp(best_mean(ln_shape)));
}

Result<Distribution> fit_losses(std::span<const KnownLoss> losses, double reported_from) {
  std::size_t finished = 0;
  double mean = 0;
  double low = INFINITY;
  double high = -INFINITY;
  for (const KnownLoss& loss : losses) {
    if (!std::isfinite(loss.amount) || !(loss.amount > std::max(reported_from, 0.0))) {
      return fail(Code::kInvalid, "a loss lies above what is reported");
    }
    const double ln = std::log(loss.amount);
    mean += ln / static_cast<double>(losses.size());
    if (loss.ongoing) continue;
    ++finished;
    low = std::min(low, ln);
    high = std::max(high, ln);
  }
  if (finished < 3) return fail(Code::kInvalid, "a fit needs three finished losses");
  if (!(low < high)) return fail(Code::kInvalid, "losses that are all alike have no spread");
  const double from = reported_from > 0 ? std::log(reported_from) : -INFINITY;
  const auto cost = [&](double mu, double ln_s) {
    const double s = std::exp(ln_s);
    const double seen = std::isinf(from) ? 1 : normal_cdf((mu - from) / s);
    double sum = static_cast<double>(losses.size()) * std::log(std::max(seen, 1e-300));
    for (const KnownLoss& loss : losses) {
      const double z = (std::log(loss.amount) - mu) / s;
      sum += loss.ongoing ? -std::log(std::max(normal_cdf(-z), 1e-300)) : z * z / 2 + ln_s;
    }
    return sum;
  };
  const double range = high - low;
  const auto best_mu = [&](double ln_s) {
    return lowest(mean - 4 * range, mean + 4 * range, [&](double mu) { return cost(mu, ln_s); });
  };
  const double ln_s = lowest(std::log(range) - 6, std::log(range) + 2,
                             [&](double candidate) { return cost(best_mu(candidate), candidate); });
  return lognormal(best_mu(ln_s), std::exp(ln_s));
}

}  // namespace daytwo::chance
