#include <cmath>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "chance/distribution.h"
#include "chance/family.h"
#include "chance/fit.h"

namespace daytwo::chance {
namespace {

// Coefficients from quantiles at tail, 1/2, 1 - tail on the metalog's own scale.
struct Terms {
  double a = 0;
  double b = 0;
  double c = 0;
};

Terms terms(double low, double middle, double high, double tail) {
  const double odds = std::log((1 - tail) / tail);
  const double range = high - low;
  const double skew = 1 - 2 * (middle - low) / range;
  return {middle, range / (2 * odds), range * skew / ((1 - 2 * tail) * odds)};
}

// Between what shares of the way from low to high the middle may lie: |c| <= kMetalogSkew b.
std::pair<double, double> feasible_share(double tail) {
  const double reach = kMetalogSkew * (1 - 2 * tail) / 2;
  return {std::max(0.0, (1 - reach) / 2), std::min(1.0, (1 + reach) / 2)};
}

}  // namespace

Result<Distribution> fit_metalog(const ThreeQuantiles& stated, double least, double most) {
  if (!(stated.tail > 0 && stated.tail < 0.5)) {
    return fail(Code::kInvalid, "the outer quantiles must lie between 0 and 50 %");
  }
  if (!std::isfinite(stated.low) || !std::isfinite(stated.middle) || !std::isfinite(stated.high) ||
      !(stated.low < stated.middle && stated.middle < stated.high)) {
    return fail(Code::kInvalid, "the three values must rise");
  }
  const bool bounded_below = !std::isinf(least);
  const bool bounded_above = !std::isinf(most);
  if (bounded_above && !bounded_below) {
    return fail(Code::kInvalid, "an upper bound needs a lower one");
  }
  if ((bounded_below && !(least < stated.low)) || (bounded_above && !(stated.high < most))) {
    return fail(Code::kInvalid, "the three values must lie inside the bounds");
  }
  const auto inward = [&](double at) {
    if (!bounded_below) return at;
    return bounded_above ? std::log((at - least) / (most - at)) : std::log(at - least);
  };
  const auto outward = [&](double value) {
    if (!bounded_below) return value;
    return bounded_above ? least + (most - least) / (1 + std::exp(-value))
                         : least + std::exp(value);
  };
  const double low = inward(stated.low);
  const double high = inward(stated.high);
  const Terms found = terms(low, inward(stated.middle), high, stated.tail);
  Distribution out{Family::kMetalog, found.a, found.b, found.c};
  if (bounded_below) {
    out.family = bounded_above ? Family::kMetalogWithin : Family::kMetalogAbove;
    out.d = least;
    out.e = bounded_above ? most : 0;
  }
  if (!out_of_bounds(out).empty()) {
    const auto [from, to] = feasible_share(stated.tail);
    return fail(Code::kInvalid, "no such shape: with these ends the middle must lie between " +
                                    format_double(outward(low + from * (high - low))) + " and " +
                                    format_double(outward(low + to * (high - low))));
  }
  return out;
}

}  // namespace daytwo::chance
