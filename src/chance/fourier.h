// Fourier transform of real numbers: a complex Stockham transform of half the length, radix 4, on
// split arrays, vectorised by Highway [Cooley, Tukey 1965, Mathematics of Computation 19:297;
// Stockham 1966, AFIPS 28:229; for real data Press et al., "Numerical Recipes", 3rd ed., 12.3].
// Thread rule: immutable after construction; any thread may transform its own data.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace daytwo::chance {

// A complex number without the checks of std::complex.
struct Complex {
  double re = 0;
  double im = 0;
};

// a b.
inline Complex times(Complex a, Complex b) {
  return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

// The first half of a spectrum of real data, k = 0 .. n/2; the rest is its mirror image.
struct Spectrum {
  std::vector<double> re;
  std::vector<double> im;
};

// Transforms of one length, with its table of roots.
class Fourier {
 public:
  // REQUIRES: length is a power of two, at least 128.
  explicit Fourier(std::size_t length);

  // X_k = sum_j x_j e^(-2 pi i j k / n), k = 0 .. n/2. REQUIRES: data has the length.
  // Cost: about 20 ms for 2^20.
  [[nodiscard]] Spectrum forward(std::span<const double> data) const;
  // The inverse of forward. REQUIRES: data has the length; spectrum is n/2 + 1 long.
  void inverse(const Spectrum& spectrum, std::span<double> data) const;

 private:
  // e^(-2 pi i k / n) from two short tables, within 2 ulp.
  [[nodiscard]] Complex root(std::size_t k) const;
  // In place, unscaled; `im` before `re` makes the inverse.
  void transform(std::vector<double>& re, std::vector<double>& im) const;

  std::size_t length_;
  std::vector<Complex> coarse_;
  std::vector<Complex> fine_;
  std::vector<double> turn_re_;  // roots of n/2, the first quarter
  std::vector<double> turn_im_;
};

}  // namespace daytwo::chance
