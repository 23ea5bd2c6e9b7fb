// Sobol points: uniforms that fill a cube more evenly than chance does, for what we do not know
// about parameters [Joe, Kuo 2008, SIAM J. Scientific Computing 30:2635, direction numbers D6],
// scrambled as Owen's nested uniform scrambling by a hash [Burley 2020, J. Computer Graphics
// Techniques 9(4):1].
// Thread rule: immutable after construction; any thread may read.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "chance/seed.h"

namespace daytwo::chance {

// Dimensions whose direction numbers are kept here.
inline constexpr std::size_t kSobolDimensions = 32;

class Sobol {
 public:
  // Without a seed the plain points, of which number 0 is all zeros; with one each coordinate lies
  // inside (0, 1) and is uniform over seeds. REQUIRES: 1 <= dimensions <= kSobolDimensions.
  explicit Sobol(std::size_t dimensions, std::optional<Seed> scramble = std::nullopt);

  // Coordinate `dimension` of point `n`, in Gray code order: any aligned run of 2^k points fills
  // the cube evenly. REQUIRES: dimension below dimensions.
  [[nodiscard]] double at(std::uint32_t n, std::size_t dimension) const;

 private:
  std::vector<std::array<std::uint32_t, 32>> directions_;
  std::vector<std::uint32_t> scramble_;  // a hash key a dimension, or none
};

// How much of the variance of f an input explains: alone, and together with others.
struct Sensitivity {
  double first = 0;
  double total = 0;
};

// Sobol indices of f over independent uniforms, by `points` scrambled points [Saltelli et al. 2010,
// Computer Physics Communications 181:259, estimator (b); total after Jansen 1999, ibid. 117:35].
// Cost: points (inputs + 2) calls of f. REQUIRES: 1 <= inputs <= kSobolDimensions / 2, points >= 2.
[[nodiscard]] std::vector<Sensitivity> sensitivities(
    const std::function<double(std::span<const double>)>& f, std::size_t inputs,
    std::uint32_t points, Seed seed);

// The same in closed form for a product of independent lognormals with these s, which most worths
// are: first e^(s_i^2) - 1 over e^(sum s^2) - 1, total 1 - (e^(sum of the others) - 1) over it.
// REQUIRES: at least one s above 0.
[[nodiscard]] std::vector<Sensitivity> lognormal_sensitivities(std::span<const double> s);

}  // namespace daytwo::chance
