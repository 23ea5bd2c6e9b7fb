#include "chance/fit.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "chance/distribution.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

double lower_tail(const Interval& interval) { return (1 - interval.confidence) / 2; }
double upper_tail(const Interval& interval) { return 1 - lower_tail(interval); }

// Standard deviations from the middle to either end.
double half_width(const Interval& interval) { return normal_quantile(upper_tail(interval)); }

Result<void> check_interval(const Interval& interval) {
  if (!(interval.confidence > 0 && interval.confidence < 1)) {
    return fail(Code::kInvalid, "confidence must lie between 0 and 100 %");
  }
  if (!std::isfinite(interval.low) || !std::isfinite(interval.high)) {
    return fail(Code::kInvalid, "both ends must be numbers");
  }
  if (!(interval.low < interval.high)) {
    return fail(Code::kInvalid, "lower end must be below upper end");
  }
  return {};
}

Result<Fit> checked(const Distribution& distribution, const Interval& interval) {
  const double below = distribution.cdf(interval.low);
  const double achieved = distribution.cdf(interval.high) - below;
  const double miss =
      std::max(std::abs(achieved - interval.confidence), std::abs(below - lower_tail(interval)));
  if (!(miss <= kCoverageSlack)) {
    return fail(Code::kInvalid,
                "no " + distribution.to_string().substr(0, distribution.to_string().find('(')) +
                    " holds this interval: it would cover " +
                    format_double(std::round(achieved * 1000) / 10) + " %");
  }
  return Fit{distribution, interval.confidence, achieved};
}

// The CDF as a number of standard deviations: straightens the equations that Newton solves.
double score(double probability) {
  return normal_quantile(std::clamp(probability, 1e-300, 1 - 1e-16));
}

// How far a beta misses both ends, in standard deviations.
std::pair<double, double> beta_miss(double ln_alpha, double ln_beta, const Interval& interval) {
  const Distribution x = beta(std::exp(ln_alpha), std::exp(ln_beta));
  const double z = half_width(interval);
  return {score(x.cdf(interval.low)) + z, score(x.cdf(interval.high)) - z};
}

double size_of(std::pair<double, double> miss) { return std::hypot(miss.first, miss.second); }

}  // namespace

Result<Fit> fit_lognormal(const Interval& interval) {
  TRY_VOID(check_interval(interval));
  if (interval.low <= 0) {
    return fail(Code::kInvalid, "a lognormal needs a lower end above 0");
  }
  const double low = std::log(interval.low);
  const double high = std::log(interval.high);
  return checked(lognormal((low + high) / 2, (high - low) / (2 * half_width(interval))), interval);
}

Result<Fit> fit_normal(const Interval& interval) {
  TRY_VOID(check_interval(interval));
  return checked(normal((interval.low + interval.high) / 2,
                        (interval.high - interval.low) / (2 * half_width(interval))),
                 interval);
}

// Newton's method with halved steps on (ln alpha, ln beta); starts from the beta that has the mean
// and deviation of the normal with this interval.
Result<Fit> fit_beta(const Interval& interval) {
  TRY_VOID(check_interval(interval));
  if (interval.low <= 0 || interval.high >= 1) {
    return fail(Code::kInvalid, "a range of shares must lie inside 0 to 100 %");
  }
  const double mean = (interval.low + interval.high) / 2;
  const double deviation = (interval.high - interval.low) / (2 * half_width(interval));
  const double total = std::max(mean * (1 - mean) / (deviation * deviation) - 1, 0.1);
  double x = std::log(mean * total);
  double y = std::log((1 - mean) * total);
  auto miss = beta_miss(x, y, interval);
  for (int step = 0; step < 100 && size_of(miss) > 1e-13; ++step) {
    constexpr double kNudge = 1e-6;
    const auto by_x = beta_miss(x + kNudge, y, interval);
    const auto by_y = beta_miss(x, y + kNudge, interval);
    const double xx = (by_x.first - miss.first) / kNudge;
    const double xy = (by_y.first - miss.first) / kNudge;
    const double yx = (by_x.second - miss.second) / kNudge;
    const double yy = (by_y.second - miss.second) / kNudge;
    const double determinant = xx * yy - xy * yx;
    if (!(std::abs(determinant) > 0)) break;
    double dx = (miss.first * yy - miss.second * xy) / determinant;
    double dy = (miss.second * xx - miss.first * yx) / determinant;
    bool better = false;
    for (int halving = 0; halving < 40 && !better; ++halving) {
      const double next_x = std::clamp(x - dx, -12.0, 25.0);
      const double next_y = std::clamp(y - dy, -12.0, 25.0);
      const auto next = beta_miss(next_x, next_y, interval);
      better = size_of(next) < size_of(miss);
      if (better) {
        x = next_x;
        y = next_y;
        miss = next;
      }
      dx /= 2;
      dy /= 2;
    }
    if (!better) break;
  }
  return checked(beta(std::exp(x), std::exp(y)), interval);
}

// The ratio of the two quantiles depends on the shape alone and falls with it: bisection, then the
// rate follows from either end.
Result<Fit> fit_gamma(const Interval& interval) {
  TRY_VOID(check_interval(interval));
  if (interval.low <= 0) return fail(Code::kInvalid, "a rate needs a lower end above 0");
  const double ratio = interval.high / interval.low;
  double least = std::log(1e-2);
  double most = std::log(1e9);
  for (int step = 0; step < 200 && most - least > 1e-14 * std::abs(least); ++step) {
    const double middle = (least + most) / 2;
    const Distribution x = gamma(std::exp(middle), 1);
    const double low = x.quantile(lower_tail(interval));
    const bool too_wide = !(low > 0) || x.quantile(upper_tail(interval)) / low > ratio;
    (too_wide ? least : most) = middle;
  }
  const double shape = std::exp((least + most) / 2);
  const double unit = gamma(shape, 1).quantile(upper_tail(interval));
  return checked(gamma(shape, unit / interval.high), interval);
}

// Stretches the ends outward until they cut off the right tails: a fixed-point iteration on the
// two quantiles, which moves each end by what it misses.
Result<Fit> fit_pert(const Interval& interval, double likely) {
  TRY_VOID(check_interval(interval));
  if (!(likely >= interval.low && likely <= interval.high)) {
    return fail(Code::kInvalid, "the likely value must lie inside the range");
  }
  double least = interval.low;
  double most = interval.high;
  for (int step = 0; step < 500; ++step) {
    const Distribution x = pert(least, likely, most);
    const double low_miss = x.quantile(lower_tail(interval)) - interval.low;
    const double high_miss = interval.high - x.quantile(upper_tail(interval));
    least -= low_miss;
    most += high_miss;
    if (!std::isfinite(least) || !std::isfinite(most)) break;
    least = std::min(least, likely);
    most = std::max(most, likely);
    if (!(least < most)) break;
    const double width = interval.high - interval.low;
    if (std::abs(low_miss) + std::abs(high_miss) < 1e-12 * width) break;
  }
  if (!std::isfinite(least) || !std::isfinite(most) || !(least < most)) {
    return fail(Code::kInvalid, "the likely value lies too near an end of the range");
  }
  return checked(pert(least, likely, most), interval);
}

}  // namespace daytwo::chance
