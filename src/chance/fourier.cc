#include "chance/fourier.h"

#include <bit>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <vector>

#include "base/check.h"
#include "chance/grid_kernels.h"

namespace daytwo::chance {
namespace {

constexpr std::size_t kFine = 1024;

Complex unit(double turns) {
  const double angle = -2 * std::numbers::pi * turns;
  return {std::cos(angle), std::sin(angle)};
}

}  // namespace

Fourier::Fourier(std::size_t length) : length_(length) {
  CHECK(length >= 128 && std::has_single_bit(length), "the length is a power of two");
  const auto n = static_cast<double>(length);
  for (std::size_t k = 0; k < kFine; ++k) fine_.push_back(unit(static_cast<double>(k) / n));
  for (std::size_t k = 0; k <= length / 2 / kFine; ++k) {
    coarse_.push_back(unit(static_cast<double>(k * kFine) / n));
  }
  const std::size_t quarter = length / 8;
  turn_re_.reserve(quarter);
  turn_im_.reserve(quarter);
  for (std::size_t p = 0; p < quarter; ++p) {
    const Complex w = root(2 * p);
    turn_re_.push_back(w.re);
    turn_im_.push_back(w.im);
  }
}

Complex Fourier::root(std::size_t k) const { return times(coarse_[k / kFine], fine_[k % kFine]); }

void Fourier::transform(std::vector<double>& re, std::vector<double>& im) const {
  std::vector<double> other_re(re.size());
  std::vector<double> other_im(im.size());
  std::size_t left = re.size();
  std::size_t stride = 1;
  while (left >= 4) {
    fourier_pass({left, stride, re.data(), im.data(), other_re.data(), other_im.data(),
                  turn_re_.data(), turn_im_.data()});
    re.swap(other_re);
    im.swap(other_im);
    left /= 4;
    stride *= 4;
  }
  if (left == 2) {
    for (std::size_t q = 0; q < stride; ++q) {
      other_re[q] = re[q] + re[q + stride];
      other_im[q] = im[q] + im[q + stride];
      other_re[q + stride] = re[q] - re[q + stride];
      other_im[q + stride] = im[q] - im[q + stride];
    }
    re.swap(other_re);
    im.swap(other_im);
  }
}

// Even places are the real parts, odd ones the imaginary parts of a series of half the length; its
// transform Z falls apart into those of both: X_k = (Z_k + Z*_(m-k)) / 2 - i w^k (Z_k - Z*_(m-k)) /
// 2.
Spectrum Fourier::forward(std::span<const double> data) const {
  CHECK(data.size() == length_, "the data has the length of the transform");
  const std::size_t m = length_ / 2;
  std::vector<double> re(m);
  std::vector<double> im(m);
  for (std::size_t j = 0; j < m; ++j) {
    re[j] = data[2 * j];
    im[j] = data[2 * j + 1];
  }
  transform(re, im);
  Spectrum out{std::vector<double>(m + 1), std::vector<double>(m + 1)};
  for (std::size_t k = 0; k <= m; ++k) {
    const std::size_t at = k == m ? 0 : k;
    const std::size_t mirror = k == 0 ? 0 : m - k;
    const Complex even{(re[at] + re[mirror]) / 2, (im[at] - im[mirror]) / 2};
    const Complex odd{(im[at] + im[mirror]) / 2, (re[mirror] - re[at]) / 2};
    const Complex turned = times(root(k), odd);
    out.re[k] = even.re + turned.re;
    out.im[k] = even.im + turned.im;
  }
  return out;
}

void Fourier::inverse(const Spectrum& spectrum, std::span<double> data) const {
  CHECK(data.size() == length_, "the data has the length of the transform");
  const std::size_t m = length_ / 2;
  CHECK(spectrum.re.size() == m + 1 && spectrum.im.size() == m + 1, "half a spectrum and one");
  std::vector<double> re(m);
  std::vector<double> im(m);
  for (std::size_t k = 0; k < m; ++k) {
    const Complex even{(spectrum.re[k] + spectrum.re[m - k]) / 2,
                       (spectrum.im[k] - spectrum.im[m - k]) / 2};
    const Complex gap{(spectrum.re[k] - spectrum.re[m - k]) / 2,
                      (spectrum.im[k] + spectrum.im[m - k]) / 2};
    const Complex w = root(k);
    const Complex odd = times({w.re, -w.im}, gap);
    re[k] = even.re - odd.im;
    im[k] = even.im + odd.re;
  }
  transform(im, re);
  const double scale = 1 / static_cast<double>(m);
  for (std::size_t j = 0; j < m; ++j) {
    data[2 * j] = re[j] * scale;
    data[2 * j + 1] = im[j] * scale;
  }
}

}  // namespace daytwo::chance
