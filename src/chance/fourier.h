// Fourier transform of complex numbers, radix 2, in place [Cooley, Tukey 1965].
#pragma once

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

// Transforms of one length, with its table of roots.
class Fourier {
 public:
  // REQUIRES: length is a power of two, at least 2.
  explicit Fourier(std::size_t length);
  // X_k = sum_j x_j e^(-2 pi i j k / n). REQUIRES: data has the length.
  void forward(std::span<Complex> data) const { run(data, 1); }
  // The inverse of forward, scaled by 1 / n.
  void inverse(std::span<Complex> data) const;

 private:
  void run(std::span<Complex> data, double direction) const;
  std::vector<Complex> roots_;
};

}  // namespace daytwo::chance
