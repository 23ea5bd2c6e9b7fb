// Grid kernels: the vector code of the exact engine, for the instruction set that Highway finds as
// the program runs. Inner header of the room.
#pragma once

#include <cstddef>
#include <span>

namespace daytwo::chance {

// One radix-4 pass of a Stockham transform: `left` points a group in `stride` interleaved groups.
struct FourierPass {
  std::size_t left = 0;    // a multiple of 4
  std::size_t stride = 0;  // a power of 4
  const double* in_re = nullptr;
  const double* in_im = nullptr;
  double* out_re = nullptr;
  double* out_im = nullptr;
  const double* turn_re = nullptr;  // e^(-2 pi i p / (left stride)), p below a quarter of it
  const double* turn_im = nullptr;
};
// REQUIRES: left * stride >= 32.
void fourier_pass(const FourierPass& pass);

// A lognormal on cells [from, to), to be added with this weight.
struct LognormalCells {
  double weight = 0;
  double mu = 0;
  double s = 0;
  std::size_t from = 0;
  std::size_t to = 0;
};

// Cells are worked off in chunks of this many, which share their logarithms.
inline constexpr std::size_t kCellChunk = 256;

// Adds weight * P(X in cell k) to cells[k], cell k = [(k - 1/2) width, (k + 1/2) width), by the
// midpoint rule with its first correction, h f (1 + h^2/24 f''/f); f''/f = ((1 + w)(2 + w) -
// 1/s^2)/x^2 with w = (ln x - mu)/s^2 [worth.md 4.3]. Relative error below (width / (s x))^4.
// REQUIRES: from and to are multiples of kCellChunk, from > 0.
void add_lognormal_cells(std::span<const LognormalCells> sizes, double width,
                         std::span<double> cells);

// (re, im) := e^(re - less) (cos im, sin im), for each of the two arrays' places.
// REQUIRES: |im| < 39,000.
void exponential_of(std::span<double> re, std::span<double> im, double less);

}  // namespace daytwo::chance
