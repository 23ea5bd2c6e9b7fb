// Counts drawn so that every machine draws the same: integer arithmetic and our own logarithm and
// exponential in plain scalar code, because the C library picks other variants on other processors
// [worth.md 16]. Inner header of the room.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "chance/risk.h"

namespace daytwo::chance {

// ln x for finite x > 0, within 2 ulp: the series of the inverse hyperbolic tangent.
[[nodiscard]] double plain_log(double x);
// e^x for |x| < 700, within 2 ulp: a Taylor series after halving the range by powers of two.
[[nodiscard]] double plain_exp(double x);
// ln Gamma(x) for x > 0, within 1e-13 (1 + |value|): Stirling's series, shifted to x >= 10.
[[nodiscard]] double plain_log_gamma(double x);

// Where the draws of one source in one block of years stand: the second, third and fourth counter
// word of Philox, and its key.
struct Place {
  std::array<std::uint32_t, 2> key{};
  std::uint32_t block = 0;
  std::uint32_t source = 0;
};

// Draw numbers above the marks': how many events, and when.
inline constexpr std::uint32_t kCountDraw = 0xFFFFFFFFU;
inline constexpr std::uint32_t kClusterDraw = 0xFFFFFFFEU;
// Marks (hits of one event) number below this.
inline constexpr std::uint32_t kMarkDraws = 0xFFFFFF00U;

// Uniforms of one place and draw number, two to a Philox call.
class PlaceStream {
 public:
  PlaceStream(const Place& place, std::uint32_t draw);
  // In (0, 1): 52 bits plus half an ulp.
  [[nodiscard]] double uniform();

 private:
  Place place_;
  std::uint32_t draw_;
  std::uint32_t call_ = 0;
  std::array<std::uint32_t, 4> words_{};
  bool half_ = false;
};

// The uniform of 52 bits in two words of Philox.
[[nodiscard]] double uniform_of(std::uint32_t high, std::uint32_t low);

// Poisson(mean): inversion below 10, transformed rejection above [Hormann 1993, Insurance:
// Mathematics and Economics 12:39]. REQUIRES: 0 <= mean <= 1e9.
[[nodiscard]] std::uint64_t draw_poisson(double mean, PlaceStream& stream);

// Logarithmic series: P(k) = -p^k / (k ln(1 - p)), k >= 1, from one uniform each in (0, 1) [Kemp
// 1981, Applied Statistics 30:249, algorithm LK]. REQUIRES: 0 < p < 1.
[[nodiscard]] std::uint64_t draw_log_series(double p, double v, double u);

// The years (0 to years - 1) of all events of `risk` in one block, one entry an event, for counts
// that are not Poisson: clusters of a logarithmic size for the negative binomial [Quenouille 1949,
// Biometrics 5:162], geometric gaps for at most one a year. REQUIRES: not kPoisson.
[[nodiscard]] std::vector<std::uint32_t> draw_years(const Risk& risk, std::uint32_t years,
                                                    const Place& place);

}  // namespace daytwo::chance
