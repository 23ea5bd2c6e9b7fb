#include "orient/ahead/noise.h"

#include <array>
#include <cstddef>

#include "chance/seed.h"

namespace daytwo::orient::ahead {
namespace {

constexpr int kBits = 12;
constexpr std::size_t kSlices = 1U << kBits;
constexpr int kDrawsInAWord = 64 / kBits;

std::array<double, kSlices> make_table() {
  std::array<double, kSlices> out{};
  for (std::size_t i = 0; i < kSlices; ++i) {
    out.at(i) = chance::normal_quantile((static_cast<double>(i) + 0.5) / kSlices);
  }
  return out;
}

}  // namespace

double Noise::normal() {
  static const std::array<double, kSlices> kTable = make_table();
  if (left_ == 0) {
    bits_ = stream_.bits();
    left_ = kDrawsInAWord;
  }
  const double out = kTable[bits_ & (kSlices - 1)];
  bits_ >>= kBits;
  --left_;
  return out;
}

}  // namespace daytwo::orient::ahead
