// Seeds and counter-based random streams: the same (seed, purpose, index) gives the same bits on
// any thread, in any order. Philox4x32-10 [Salmon, Moraes, Dror, Shaw 2011, "Parallel random
// numbers: as easy as 1, 2, 3"].
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace daytwo::chance {

// Where a stream starts. Printed in every report, stored in every record.
struct Seed {
  std::uint64_t value = 0;
  auto operator<=>(const Seed&) const = default;
};

// One Philox4x32-10 block: 128 random bits that depend only on key and counter.
[[nodiscard]] std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                                  std::array<std::uint32_t, 2> key);

// A seed for a part of the work: different purposes never share draws.
[[nodiscard]] Seed derive(Seed seed, std::string_view purpose);

// A stream of draws. Copying it copies its position.
class Stream {
 public:
  Stream(Seed seed, std::uint64_t index);

  // Uniform in the open interval (0, 1): 52 bits plus half an ulp, never 0 or 1.
  [[nodiscard]] double uniform();
  // Standard normal, by inversion (one uniform a draw, so streams stay aligned).
  [[nodiscard]] double normal();
  // 64 random bits.
  [[nodiscard]] std::uint64_t bits();

 private:
  std::array<std::uint32_t, 2> key_;
  std::uint64_t index_;
  std::uint64_t block_ = 0;
  std::array<std::uint32_t, 4> words_{};
  int used_ = 4;
};

// Quantile of the standard normal. |relative error| < 1e-15 after one Halley step [Acklam's
// rational form]. REQUIRES: 0 < p < 1.
[[nodiscard]] double normal_quantile(double p);

// CDF of the standard normal.
[[nodiscard]] double normal_cdf(double x);

}  // namespace daytwo::chance
