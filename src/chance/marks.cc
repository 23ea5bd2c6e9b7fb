#include "chance/marks.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "chance/counts.h"
#include "chance/sampler.h"

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "chance/marks.cc"
#include <hwy/foreach_target.h>
//
#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace daytwo::chance::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<double>;
using U = hn::RebindToUnsigned<D>;
using V = hn::Vec<D>;
using W = hn::Vec<U>;

// The four words of one Philox4x32-10 call a lane, each in the low half of 64 bits.
struct Words {
  W w0, w1, w2, w3;
};

// Multiplications read the low halves alone, so the high halves may hold rubbish between rounds.
HWY_INLINE W multiply(W a, W b) {
#if HWY_TARGET == HWY_SCALAR
  // Its vectors hold one value of any width: 64 bits have no halves there.
  const auto low = [](W words) { return hn::GetLane(words) & 0xFFFFFFFFU; };
  return hn::Set(U(), low(a) * low(b));
#else
  const hn::Repartition<std::uint32_t, U> halves;
  return hn::MulEven(hn::BitCast(halves, a), hn::BitCast(halves, b));
#endif
}

HWY_INLINE Words philox_lanes(W c0, W c1, W c2, W c3, const std::array<std::uint32_t, 2>& key) {
  const U u;
  const W m0 = hn::Set(u, 0xD2511F53U);
  const W m1 = hn::Set(u, 0xCD9E8D57U);
  std::uint32_t k0 = key[0];
  std::uint32_t k1 = key[1];
  for (int round = 0; round < 10; ++round) {
    const W p0 = multiply(m0, c0);
    const W p1 = multiply(m1, c2);
    c0 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p1), c1), hn::Set(u, k0));
    c2 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p0), c3), hn::Set(u, k1));
    c1 = p1;
    c3 = p0;
    k0 += 0x9E3779B9U;
    k1 += 0xBB67AE85U;
  }
  const W low = hn::Set(u, 0xFFFFFFFFU);
  return {hn::And(c0, low), hn::And(c1, low), hn::And(c2, low), hn::And(c3, low)};
}

HWY_INLINE Words words_of(const MarkRequest& request, std::size_t i) {
  const U u;
  const W index =
      hn::And(hn::Iota(u, static_cast<std::uint64_t>(request.first) + i), hn::Set(u, 0xFFFFFFFFU));
  return philox_lanes(index, hn::Set(u, request.place.block), hn::Set(u, request.place.source),
                      hn::Set(u, request.draw), request.place.key);
}

// 52 bits become the mantissa of a number in [1, 2); less 1, plus half an ulp: inside (0, 1).
HWY_INLINE V uniform_lanes(const Words& words) {
  const D d;
  const U u;
  const W bits = hn::Or(hn::ShiftLeft<20>(words.w0), hn::ShiftRight<12>(words.w1));
  const V one_to_two = hn::BitCast(d, hn::Or(bits, hn::Set(u, 0x3FF0000000000000ULL)));
  return hn::Add(hn::Sub(one_to_two, hn::Set(d, 1.0)), hn::Set(d, 0x1p-53));
}

// Acklam's rational form: the middle for all lanes, the tails where any lane is out there.
HWY_INLINE V normal_score(V p) {
  const D d;
  const auto c = [&](double x) HWY_ATTR { return hn::Set(d, x); };
  const V q = hn::Sub(p, c(0.5));
  const V r = hn::Mul(q, q);
  V top = hn::MulAdd(c(-3.969683028665376e+01), r, c(2.209460984245205e+02));
  top = hn::MulAdd(top, r, c(-2.759285104469687e+02));
  top = hn::MulAdd(top, r, c(1.383577518672690e+02));
  top = hn::MulAdd(top, r, c(-3.066479806614716e+01));
  top = hn::MulAdd(top, r, c(2.506628277459239e+00));
  V bottom = hn::MulAdd(c(-5.447609879822406e+01), r, c(1.615858368580409e+02));
  bottom = hn::MulAdd(bottom, r, c(-1.556989798598866e+02));
  bottom = hn::MulAdd(bottom, r, c(6.680131188771972e+01));
  bottom = hn::MulAdd(bottom, r, c(-1.328068155288572e+01));
  bottom = hn::MulAdd(bottom, r, c(1.0));
  const V middle = hn::Div(hn::Mul(top, q), bottom);
  const auto in_tail = hn::Gt(hn::Abs(q), c(0.5 - 0.02425));
  if (hn::AllFalse(d, in_tail)) return middle;
  const V smaller = hn::Min(p, hn::Sub(c(1.0), p));
  const V t = hn::Sqrt(hn::Mul(c(-2.0), hn::Log(d, smaller)));
  top = hn::MulAdd(c(-7.784894002430293e-03), t, c(-3.223964580411365e-01));
  top = hn::MulAdd(top, t, c(-2.400758277161838e+00));
  top = hn::MulAdd(top, t, c(-2.549732539343734e+00));
  top = hn::MulAdd(top, t, c(4.374664141464968e+00));
  top = hn::MulAdd(top, t, c(2.938163982698783e+00));
  bottom = hn::MulAdd(c(7.784695709041462e-03), t, c(3.224671290700398e-01));
  bottom = hn::MulAdd(bottom, t, c(2.445134137142996e+00));
  bottom = hn::MulAdd(bottom, t, c(3.754408661907416e+00));
  bottom = hn::MulAdd(bottom, t, c(1.0));
  // The form is of the lower tail, where scores are negative: its sign follows q.
  const V tail = hn::CopySign(hn::Div(top, bottom), q);
  return hn::IfThenElse(in_tail, tail, middle);
}

HWY_INLINE void store_words(const MarkRequest& request, const Words& words, std::size_t i,
                            const MarkBuffers& out) {
  const U u;
  const hn::Rebind<std::uint32_t, U> narrow;
  if (out.years != nullptr) {
    const W years = hn::Set(u, request.years);
    hn::StoreU(hn::TruncateTo(narrow, hn::ShiftRight<32>(multiply(words.w2, years))), narrow,
               out.years + i);
  }
  if (out.coins != nullptr) hn::StoreU(hn::TruncateTo(narrow, words.w3), narrow, out.coins + i);
}

void lognormal_lanes(const MarkRequest& request, const LognormalShape& shape,
                     const MarkBuffers& out) {
  const D d;
  const V mu = hn::Set(d, shape.mu);
  const V s = hn::Set(d, shape.s);
  const V floor = hn::Set(d, shape.floor);
  const V cap = hn::Set(d, shape.cap);
  for (std::size_t i = 0; i < request.count; i += hn::Lanes(d)) {
    const Words words = words_of(request, i);
    const V size = hn::Exp(d, hn::MulAdd(s, normal_score(uniform_lanes(words)), mu));
    hn::StoreU(hn::Min(hn::Max(size, floor), cap), d, out.sizes + i);
    store_words(request, words, i, out);
  }
}

void table_lanes(const MarkRequest& request, const TableShape& shape, const MarkBuffers& out) {
  const D d;
  const hn::RebindToSigned<D> whole;
  const V floor = hn::Set(d, shape.floor);
  const V cap = hn::Set(d, shape.cap);
  const V last = hn::Set(d, Sampler::kCells - 1);
  for (std::size_t i = 0; i < request.count; i += hn::Lanes(d)) {
    const Words words = words_of(request, i);
    const V z = normal_score(uniform_lanes(words));
    const V place =
        hn::Mul(hn::Sub(z, hn::Set(d, Sampler::kLeast)), hn::Set(d, Sampler::kCellsAScore));
    const V cell = hn::Min(hn::Max(hn::Floor(place), hn::Zero(d)), last);
    const V t = hn::Min(hn::Max(hn::Sub(place, cell), hn::Zero(d)), hn::Set(d, 1.0));
    const auto index = hn::ShiftLeft<2>(hn::ConvertTo(whole, cell));
    const V c0 = hn::GatherIndex(d, shape.cells, index);
    const V c1 = hn::GatherIndex(d, shape.cells + 1, index);
    const V c2 = hn::GatherIndex(d, shape.cells + 2, index);
    const V c3 = hn::GatherIndex(d, shape.cells + 3, index);
    const V size = hn::MulAdd(hn::MulAdd(hn::MulAdd(c3, t, c2), t, c1), t, c0);
    hn::StoreU(hn::Min(hn::Max(size, floor), cap), d, out.sizes + i);
    store_words(request, words, i, out);
  }
}

void uniform_marks_lanes(const MarkRequest& request, const MarkBuffers& out) {
  const D d;
  for (std::size_t i = 0; i < request.count; i += hn::Lanes(d)) {
    const Words words = words_of(request, i);
    hn::StoreU(uniform_lanes(words), d, out.sizes + i);
    store_words(request, words, i, out);
  }
}

std::int64_t target_lanes() { return HWY_TARGET; }

}  // namespace daytwo::chance::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace daytwo::chance {

HWY_EXPORT(lognormal_lanes);
HWY_EXPORT(table_lanes);
HWY_EXPORT(uniform_marks_lanes);
HWY_EXPORT(target_lanes);

void lognormal_marks(const MarkRequest& request, const LognormalShape& shape,
                     const MarkBuffers& out) {
  HWY_DYNAMIC_DISPATCH(lognormal_lanes)(request, shape, out);
}

void table_marks(const MarkRequest& request, const TableShape& shape, const MarkBuffers& out) {
  HWY_DYNAMIC_DISPATCH(table_lanes)(request, shape, out);
}

void uniform_marks(const MarkRequest& request, const MarkBuffers& out) {
  HWY_DYNAMIC_DISPATCH(uniform_marks_lanes)(request, out);
}

std::string mark_target() { return hwy::TargetName(HWY_DYNAMIC_DISPATCH(target_lanes)()); }

bool limit_mark_target(const std::string& name) {
  hwy::SetSupportedTargetsForTest(0);
  if (name.empty()) return true;
  for (std::int64_t left = hwy::SupportedTargets() & HWY_TARGETS; left != 0; left &= left - 1) {
    const std::int64_t target = left & -left;
    if (name != hwy::TargetName(target)) continue;
    hwy::SetSupportedTargetsForTest(target);
    return true;
  }
  return false;
}

}  // namespace daytwo::chance
#endif  // HWY_ONCE
