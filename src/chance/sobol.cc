#include "chance/sobol.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/check.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

// Degree, inner coefficients of the primitive polynomial, first direction numbers: the second to
// the 32nd dimension of Joe and Kuo's file new-joe-kuo-6.21201.
struct Polynomial {
  unsigned degree;
  std::uint32_t inner;
  std::array<std::uint32_t, 7> first;
};
constexpr std::array<Polynomial, kSobolDimensions - 1> kPolynomials = {{
    {1, 0, {1}},
    {2, 1, {1, 3}},
    {3, 1, {1, 3, 1}},
    {3, 2, {1, 1, 1}},
    {4, 1, {1, 1, 3, 3}},
    {4, 4, {1, 3, 5, 13}},
    {5, 2, {1, 1, 5, 5, 17}},
    {5, 4, {1, 1, 5, 5, 5}},
    {5, 7, {1, 1, 7, 11, 19}},
    {5, 11, {1, 1, 5, 1, 1}},
    {5, 13, {1, 1, 1, 3, 11}},
    {5, 14, {1, 3, 5, 5, 31}},
    {6, 1, {1, 3, 3, 9, 7, 49}},
    {6, 13, {1, 1, 1, 15, 21, 21}},
    {6, 16, {1, 3, 1, 13, 27, 49}},
    {6, 19, {1, 1, 1, 15, 7, 5}},
    {6, 22, {1, 3, 1, 15, 13, 25}},
    {6, 25, {1, 1, 5, 5, 19, 61}},
    {7, 1, {1, 3, 7, 11, 23, 15, 103}},
    {7, 4, {1, 3, 7, 13, 13, 15, 69}},
    {7, 7, {1, 1, 3, 13, 7, 35, 63}},
    {7, 8, {1, 3, 5, 9, 1, 25, 53}},
    {7, 14, {1, 3, 1, 13, 9, 35, 107}},
    {7, 19, {1, 3, 1, 5, 27, 61, 31}},
    {7, 21, {1, 1, 5, 11, 19, 41, 61}},
    {7, 28, {1, 3, 5, 3, 3, 13, 69}},
    {7, 31, {1, 1, 7, 13, 1, 19, 1}},
    {7, 32, {1, 3, 7, 5, 13, 19, 59}},
    {7, 37, {1, 1, 3, 9, 25, 29, 41}},
    {7, 41, {1, 3, 5, 13, 23, 1, 55}},
    {7, 42, {1, 3, 7, 3, 13, 59, 17}},
}};

std::array<std::uint32_t, 32> directions_of(std::size_t dimension) {
  std::array<std::uint32_t, 32> out{};
  if (dimension == 0) {  // van der Corput: bit j alone
    for (unsigned j = 0; j < 32; ++j) out.at(j) = 1U << (31U - j);
    return out;
  }
  const Polynomial& p = kPolynomials.at(dimension - 1);
  for (unsigned j = 0; j < p.degree; ++j) out.at(j) = p.first.at(j) << (31U - j);
  for (unsigned j = p.degree; j < 32; ++j) {
    std::uint32_t v = out.at(j - p.degree) ^ (out.at(j - p.degree) >> p.degree);
    for (unsigned k = 1; k < p.degree; ++k) {
      if ((p.inner >> (p.degree - 1 - k) & 1U) != 0) v ^= out.at(j - k);
    }
    out.at(j) = v;
  }
  return out;
}

std::uint32_t reversed(std::uint32_t x) {
  x = (x >> 16U) | (x << 16U);
  x = ((x & 0xFF00FF00U) >> 8U) | ((x & 0x00FF00FFU) << 8U);
  x = ((x & 0xF0F0F0F0U) >> 4U) | ((x & 0x0F0F0F0FU) << 4U);
  x = ((x & 0xCCCCCCCCU) >> 2U) | ((x & 0x33333333U) << 2U);
  return ((x & 0xAAAAAAAAU) >> 1U) | ((x & 0x55555555U) << 1U);
}

// Each bit is flipped by a hash of the bits above it: on reversed bits, a hash in which each bit
// depends on lower ones alone (Laine and Karras's, with Burley's constants).
std::uint32_t scrambled(std::uint32_t x, std::uint32_t key) {
  x = reversed(x);
  x += key;
  x ^= x * 0x6c50b47cU;
  x ^= x * 0xb82f1e52U;
  x ^= x * 0xc7afe638U;
  x ^= x * 0x8d22f6e6U;
  return reversed(x);
}

}  // namespace

Sobol::Sobol(std::size_t dimensions, std::optional<Seed> scramble) {
  CHECK(dimensions >= 1 && dimensions <= kSobolDimensions, "as many dimensions as are kept");
  for (std::size_t i = 0; i < dimensions; ++i) {
    directions_.push_back(directions_of(i));
    if (scramble) {
      Stream stream(derive(*scramble, "sobol"), i);
      scramble_.push_back(static_cast<std::uint32_t>(stream.bits()));
    }
  }
}

double Sobol::at(std::uint32_t n, std::size_t dimension) const {
  const auto& directions = directions_[dimension];
  std::uint32_t bits = 0;
  for (std::uint32_t gray = n ^ (n >> 1U); gray != 0; gray &= gray - 1) {
    bits ^= directions.at(static_cast<std::size_t>(std::countr_zero(gray)));
  }
  if (scramble_.empty()) return bits * 0x1p-32;
  return (scrambled(bits, scramble_[dimension]) + 0.5) * 0x1p-32;
}

std::vector<Sensitivity> sensitivities(const std::function<double(std::span<const double>)>& f,
                                       std::size_t inputs, std::uint32_t points, Seed seed) {
  CHECK(inputs >= 1 && inputs <= kSobolDimensions / 2 && points >= 2, "a cube twice as wide");
  const Sobol sobol(2 * inputs, seed);
  std::vector<Sensitivity> out(inputs);
  std::vector<double> a(inputs);
  std::vector<double> b(inputs);
  double sum = 0;
  double squares = 0;
  const double n = points;
  for (std::uint32_t point = 0; point < points; ++point) {
    for (std::size_t i = 0; i < inputs; ++i) {
      a[i] = sobol.at(point, i);
      b[i] = sobol.at(point, inputs + i);
    }
    const double at_a = f(a);
    const double at_b = f(b);
    sum += (at_a + at_b) / (2 * n);
    squares += (at_a * at_a + at_b * at_b) / (2 * n);
    for (std::size_t i = 0; i < inputs; ++i) {
      const double own = a[i];
      a[i] = b[i];
      const double mixed = f(a);
      a[i] = own;
      out[i].first += at_b * (mixed - at_a) / n;
      out[i].total += (at_a - mixed) * (at_a - mixed) / (2 * n);
    }
  }
  const double variance = squares - sum * sum;
  for (Sensitivity& x : out) {
    x.first = variance > 0 ? x.first / variance : 0;
    x.total = variance > 0 ? x.total / variance : 0;
  }
  return out;
}

std::vector<Sensitivity> lognormal_sensitivities(std::span<const double> s) {
  double all = 0;
  for (const double x : s) all += x * x;
  CHECK(all > 0, "something is not known");
  std::vector<Sensitivity> out;
  for (const double x : s) {
    out.push_back(
        {std::expm1(x * x) / std::expm1(all), 1 - std::expm1(all - x * x) / std::expm1(all)});
  }
  return out;
}

}  // namespace daytwo::chance
