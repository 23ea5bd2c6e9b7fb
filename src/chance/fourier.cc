#include "chance/fourier.h"

#include <bit>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <utility>

#include "base/check.h"

namespace daytwo::chance {

Fourier::Fourier(std::size_t length) : roots_(length / 2) {
  CHECK(length >= 2 && std::has_single_bit(length), "the length is a power of two");
  for (std::size_t k = 0; k < roots_.size(); ++k) {
    const double angle =
        -2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(length);
    roots_[k] = {std::cos(angle), std::sin(angle)};
  }
}

void Fourier::run(std::span<Complex> data, double direction) const {
  const std::size_t n = data.size();
  CHECK(n == roots_.size() * 2, "the data has the length of the transform");
  for (std::size_t i = 1, j = 0; i < n; ++i) {
    std::size_t bit = n >> 1U;
    for (; (j & bit) != 0; bit >>= 1U) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(data[i], data[j]);
  }
  for (std::size_t half = 1; half < n; half *= 2) {
    const std::size_t stride = n / (2 * half);
    for (std::size_t start = 0; start < n; start += 2 * half) {
      for (std::size_t k = 0; k < half; ++k) {
        const Complex root{roots_[k * stride].re, direction * roots_[k * stride].im};
        const Complex odd = times(data[start + k + half], root);
        const Complex even = data[start + k];
        data[start + k] = {even.re + odd.re, even.im + odd.im};
        data[start + k + half] = {even.re - odd.re, even.im - odd.im};
      }
    }
  }
}

void Fourier::inverse(std::span<Complex> data) const {
  run(data, -1);
  const double scale = 1 / static_cast<double>(data.size());
  for (Complex& x : data) x = {x.re * scale, x.im * scale};
}

}  // namespace daytwo::chance
