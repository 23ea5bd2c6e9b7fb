#include "chance/grid_kernels.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "chance/grid_kernels.cc"
#include <hwy/foreach_target.h>
//
#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace daytwo::chance::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// One butterfly of four: a, b, c, d a quarter apart; the last three results are turned by w, w^2
// and w^3.
template <class D>
struct Butterfly {
  using V = hn::Vec<D>;
  V re[4];
  V im[4];

  HWY_INLINE void load(D d, const FourierPass& pass, std::size_t at, std::size_t quarter) {
    for (std::size_t i = 0; i < 4; ++i) {
      re[i] = hn::LoadU(d, pass.in_re + at + i * quarter);
      im[i] = hn::LoadU(d, pass.in_im + at + i * quarter);
    }
  }

  HWY_INLINE void turn(std::size_t i, V w_re, V w_im) {
    const V old = re[i];
    re[i] = hn::NegMulAdd(im[i], w_im, hn::Mul(old, w_re));
    im[i] = hn::MulAdd(im[i], w_re, hn::Mul(old, w_im));
  }

  HWY_INLINE void work(V w_re, V w_im) {
    const V sum_re = hn::Add(re[0], re[2]);
    const V sum_im = hn::Add(im[0], im[2]);
    const V gap_re = hn::Sub(re[0], re[2]);
    const V gap_im = hn::Sub(im[0], im[2]);
    const V other_re = hn::Add(re[1], re[3]);
    const V other_im = hn::Add(im[1], im[3]);
    // i (b - d)
    const V turned_re = hn::Sub(im[3], im[1]);
    const V turned_im = hn::Sub(re[1], re[3]);
    re[0] = hn::Add(sum_re, other_re);
    im[0] = hn::Add(sum_im, other_im);
    re[1] = hn::Sub(gap_re, turned_re);
    im[1] = hn::Sub(gap_im, turned_im);
    re[2] = hn::Sub(sum_re, other_re);
    im[2] = hn::Sub(sum_im, other_im);
    re[3] = hn::Add(gap_re, turned_re);
    im[3] = hn::Add(gap_im, turned_im);
    const V w2_re = hn::NegMulAdd(w_im, w_im, hn::Mul(w_re, w_re));
    const V w2_im = hn::Mul(hn::Add(w_re, w_re), w_im);
    turn(1, w_re, w_im);
    turn(2, w2_re, w2_im);
    turn(3, hn::NegMulAdd(w_im, w2_im, hn::Mul(w_re, w2_re)),
         hn::MulAdd(w_re, w2_im, hn::Mul(w_im, w2_re)));
  }
};

// The first pass: neighbouring butterflies in the lanes, results interleaved.
void first_pass(const FourierPass& pass) {
  const hn::ScalableTag<double> d;
  const std::size_t quarter = pass.left / 4;
  for (std::size_t p = 0; p < quarter; p += hn::Lanes(d)) {
    Butterfly<hn::ScalableTag<double>> x;
    x.load(d, pass, p, quarter);
    x.work(hn::LoadU(d, pass.turn_re + p), hn::LoadU(d, pass.turn_im + p));
    hn::StoreInterleaved4(x.re[0], x.re[1], x.re[2], x.re[3], d, pass.out_re + 4 * p);
    hn::StoreInterleaved4(x.im[0], x.im[1], x.im[2], x.im[3], d, pass.out_im + 4 * p);
  }
}

// A later pass: one butterfly position p, its `stride` groups in the lanes.
template <class D>
void later_pass(D d, const FourierPass& pass) {
  const std::size_t quarter = pass.left / 4 * pass.stride;
  for (std::size_t p = 0; p < pass.left / 4; ++p) {
    const auto w_re = hn::Set(d, pass.turn_re[p * pass.stride]);
    const auto w_im = hn::Set(d, pass.turn_im[p * pass.stride]);
    for (std::size_t q = 0; q < pass.stride; q += hn::Lanes(d)) {
      Butterfly<D> x;
      x.load(d, pass, q + pass.stride * p, quarter);
      x.work(w_re, w_im);
      for (std::size_t i = 0; i < 4; ++i) {
        hn::StoreU(x.re[i], d, pass.out_re + q + pass.stride * (4 * p + i));
        hn::StoreU(x.im[i], d, pass.out_im + q + pass.stride * (4 * p + i));
      }
    }
  }
}

void pass_lanes(const FourierPass& pass) {
  const hn::ScalableTag<double> full;
  if (pass.stride == 1) {
    first_pass(pass);
  } else if (pass.stride % hn::Lanes(full) == 0) {
    later_pass(full, pass);
  } else {
    later_pass(hn::CappedTag<double, 4>(), pass);
  }
}

void cells_lanes(std::span<const LognormalCells> sizes, double width, std::span<double> cells) {
  const hn::ScalableTag<double> d;
  const auto set = [&](double x) HWY_ATTR { return hn::Set(d, x); };
  alignas(64) std::array<double, kCellChunk> logs;
  std::size_t first = cells.size();
  std::size_t last = 0;
  for (const LognormalCells& x : sizes) {
    first = x.from < first ? x.from : first;
    last = x.to > last ? x.to : last;
  }
  for (std::size_t chunk = first; chunk < last; chunk += kCellChunk) {
    for (std::size_t i = 0; i < kCellChunk; i += hn::Lanes(d)) {
      const auto k = hn::Iota(d, static_cast<double>(chunk + i));
      hn::Store(hn::Log(d, hn::Mul(k, set(width))), d, logs.data() + i);
    }
    for (const LognormalCells& x : sizes) {
      if (chunk < x.from || chunk >= x.to) continue;
      const auto inverse = set(1 / x.s);
      const auto flat = set(x.weight * width / (x.s * std::sqrt(2 * std::numbers::pi)));
      const auto sharp = set(1 / (x.s * x.s));
      for (std::size_t i = 0; i < kCellChunk; i += hn::Lanes(d)) {
        const auto log = hn::Load(d, logs.data() + i);
        const auto z = hn::Mul(hn::Sub(log, set(x.mu)), inverse);
        const auto w = hn::Mul(z, inverse);
        const auto power = hn::NegMulAdd(hn::Mul(z, set(0.5)), z, hn::Neg(log));
        const auto mass = hn::Mul(flat, hn::Exp(d, hn::Max(power, set(-700.0))));
        // h^2 / x^2 = 1 / k^2.
        const auto k = hn::Iota(d, static_cast<double>(chunk + i));
        const auto bend = hn::Sub(hn::Mul(hn::Add(w, set(1.0)), hn::Add(w, set(2.0))), sharp);
        const auto more = hn::Div(bend, hn::Mul(set(24.0), hn::Mul(k, k)));
        double* const cell = cells.data() + chunk + i;
        hn::StoreU(hn::Add(hn::LoadU(d, cell), hn::MulAdd(mass, more, mass)), d, cell);
      }
    }
  }
}

void exponential_lanes(std::span<double> re, std::span<double> im, double less) {
  const hn::ScalableTag<double> d;
  const std::size_t whole = re.size() / hn::Lanes(d) * hn::Lanes(d);
  for (std::size_t i = 0; i < whole; i += hn::Lanes(d)) {
    const auto power = hn::Sub(hn::LoadU(d, re.data() + i), hn::Set(d, less));
    const auto size = hn::Exp(d, hn::Max(power, hn::Set(d, -700.0)));
    const auto angle = hn::LoadU(d, im.data() + i);
    hn::StoreU(hn::Mul(size, hn::Cos(d, angle)), d, re.data() + i);
    hn::StoreU(hn::Mul(size, hn::Sin(d, angle)), d, im.data() + i);
  }
  for (std::size_t i = whole; i < re.size(); ++i) {
    const double size = std::exp(re[i] - less);
    const double angle = im[i];
    re[i] = size * std::cos(angle);
    im[i] = size * std::sin(angle);
  }
}

}  // namespace daytwo::chance::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace daytwo::chance {

HWY_EXPORT(pass_lanes);
HWY_EXPORT(cells_lanes);
HWY_EXPORT(exponential_lanes);

void fourier_pass(const FourierPass& pass) { HWY_DYNAMIC_DISPATCH(pass_lanes)(pass); }

void add_lognormal_cells(std::span<const LognormalCells> sizes, double width,
                         std::span<double> cells) {
  HWY_DYNAMIC_DISPATCH(cells_lanes)(sizes, width, cells);
}

void exponential_of(std::span<double> re, std::span<double> im, double less) {
  HWY_DYNAMIC_DISPATCH(exponential_lanes)(re, im, less);
}

}  // namespace daytwo::chance
#endif  // HWY_ONCE
