#include "chance/counts.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "base/check.h"
#include "chance/risk.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

constexpr double kInversionBelow = 10;

std::uint64_t poisson_by_inversion(double mean, PlaceStream& stream) {
  double chance = plain_exp(-mean);
  double u = stream.uniform();
  std::uint64_t k = 0;
  while (u > chance && k < 1000) {
    u -= chance;
    ++k;
    chance *= mean / static_cast<double>(k);
  }
  return k;
}

// Hormann's PTRS, with his constants.
std::uint64_t poisson_by_rejection(double mean, PlaceStream& stream) {
  const double root = std::sqrt(mean);
  const double b = 0.931 + 2.53 * root;
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double v_r = 0.9277 - 3.6224 / (b - 2);
  const double ln_mean = plain_log(mean);
  while (true) {
    const double u = stream.uniform() - 0.5;
    const double v = stream.uniform();
    const double us = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= v_r) return static_cast<std::uint64_t>(k);
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const double left = plain_log(v * inverse_alpha / (a / (us * us) + b));
    if (left <= k * ln_mean - mean - plain_log_gamma(k + 1)) return static_cast<std::uint64_t>(k);
  }
}

}  // namespace

// x = m 2^e with m in [sqrt(1/2), sqrt(2)); ln m = 2 atanh((m - 1) / (m + 1)).
double plain_log(double x) {
  DCHECK(x > 0 && std::isfinite(x), "a logarithm of a finite number above 0");
  int exponent = 0;
  double m = std::frexp(x, &exponent);
  if (m < std::numbers::sqrt2 / 2) {
    m *= 2;
    --exponent;
  }
  const double s = (m - 1) / (m + 1);
  const double s2 = s * s;
  double sum = 0;
  for (int k = 21; k >= 3; k -= 2) sum = (sum + 1.0 / k) * s2;
  return exponent * std::numbers::ln2 + 2 * s * (1 + sum);
}

double plain_exp(double x) {
  DCHECK(std::abs(x) < 700, "an exponential that neither overflows nor vanishes");
  const double turns = std::floor(x / std::numbers::ln2 + 0.5);
  // ln 2 in two parts: the product with a whole number of turns is exact in the first.
  constexpr double kHigh = 0x1.62e42fefap-1;
  constexpr double kLow = std::numbers::ln2 - kHigh;
  const double r = (x - turns * kHigh) - turns * (kLow + 2.3190468138462996e-17);
  double sum = 1;
  for (int k = 14; k >= 1; --k) sum = 1 + r / k * sum;
  return std::ldexp(sum, static_cast<int>(turns));
}

double plain_log_gamma(double x) {
  DCHECK(x > 0, "a gamma function above 0");
  double shift = 0;
  double product = 1;
  while (x < 10) {
    product *= x;
    x += 1;
  }
  shift = plain_log(product);
  const double y = 1 / (x * x);
  const double series =
      (1.0 / 12 + y * (-1.0 / 360 + y * (1.0 / 1260 + y * (-1.0 / 1680 + y * (1.0 / 1188))))) / x;
  constexpr double kHalfLnTwoPi = 0.91893853320467274178;
  return (x - 0.5) * plain_log(x) - x + kHalfLnTwoPi + series - shift;
}

PlaceStream::PlaceStream(const Place& place, std::uint32_t draw) : place_(place), draw_(draw) {}

double PlaceStream::uniform() {
  if (!half_) {
    words_ = philox({call_++, place_.block, place_.source, draw_}, place_.key);
    half_ = true;
    return uniform_of(words_[0], words_[1]);
  }
  half_ = false;
  return uniform_of(words_[2], words_[3]);
}

double uniform_of(std::uint32_t high, std::uint32_t low) {
  const std::uint64_t bits = static_cast<std::uint64_t>(high) << 20U | low >> 12U;
  return (static_cast<double>(bits) + 0.5) * 0x1p-52;
}

std::uint64_t draw_poisson(double mean, PlaceStream& stream) {
  CHECK(mean >= 0 && mean <= 1e9, "a Poisson mean within its limits");
  if (mean == 0) return 0;
  return mean < kInversionBelow ? poisson_by_inversion(mean, stream)
                                : poisson_by_rejection(mean, stream);
}

std::uint64_t draw_log_series(double p, double v, double u) {
  DCHECK(p > 0 && p < 1 && v > 0 && v < 1 && u > 0 && u < 1, "chances inside (0, 1)");
  if (v >= p) return 1;
  const double q = 1 - plain_exp(std::max(u * plain_log(1 - p), -600.0));
  if (q <= 0 || v >= q) return 1;
  if (v > q * q) return 2;
  if (q >= 1) return 1'000'000;  // p beyond 1 - 1e-16: no count is this clustered
  return static_cast<std::uint64_t>(
      std::min(std::floor(1 + plain_log(v) / plain_log(q)), 1'000'000.0));
}

std::vector<std::uint32_t> draw_years(const Risk& risk, std::uint32_t years, const Place& place) {
  CHECK(risk.count != Count::kPoisson, "Poisson events draw their own years");
  std::vector<std::uint32_t> out;
  if (risk.rate <= 0) return out;
  PlaceStream stream(place, kCountDraw);
  if (risk.count == Count::kAtMostOnce) {
    if (risk.rate >= 1) {
      for (std::uint32_t year = 0; year < years; ++year) out.push_back(year);
      return out;
    }
    const double scale = plain_log(1 - risk.rate);
    double at = -1;
    while (true) {
      at += 1 + std::floor(plain_log(stream.uniform()) / scale);
      if (at >= years) return out;
      out.push_back(static_cast<std::uint32_t>(at));
    }
  }
  const double r = risk.rate / risk.clustering;
  const double p = risk.clustering / (1 + risk.clustering);
  const std::uint64_t clusters = draw_poisson(r * plain_log(1 + risk.clustering) * years, stream);
  for (std::uint32_t cluster = 0; cluster < clusters; ++cluster) {
    const auto words = philox({cluster, place.block, place.source, kClusterDraw}, place.key);
    const auto year =
        static_cast<std::uint32_t>(static_cast<std::uint64_t>(words[2]) * years >> 32U);
    const double u = (static_cast<double>(words[3]) + 0.5) * 0x1p-32;
    const std::uint64_t size = draw_log_series(p, uniform_of(words[0], words[1]), u);
    out.insert(out.end(), size, year);
  }
  return out;
}

}  // namespace daytwo::chance
