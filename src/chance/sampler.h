// Sampler: fast draws from any Distribution by inversion. Where the inverse is slow (gamma, beta,
// PERT, Student, anything truncated) it is read from a table: cubics between 1,025 nodes in normal
// scores over [-8, 8], within 1e-6 of the exact inverse between its 1e-4 and 1 - 1e-4 quantiles.
// Counts keep their cumulative probabilities; mixtures keep their parts.
// Thread rule: immutable after construction; any thread may read.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chance/distribution.h"
#include "chance/seed.h"

namespace daytwo::chance {

// How a sampler inverts; the event engine has a kernel for the first three.
enum class Inverse : std::uint8_t { kConstant, kLognormal, kTable, kSteps, kMixture };

class Sampler {
 public:
  explicit Sampler(const Distribution& distribution);

  // The draw at `u`: for u uniform it has the distribution. Rises with u but for mixtures, where u
  // first picks the part. REQUIRES: 0 < u < 1.
  [[nodiscard]] double at(double u) const;

  // Fills `out` with the draws of stream `index` of `seed`: out[i] depends on i alone.
  void fill(std::span<double> out, Seed seed, std::uint64_t index = 0) const;

  [[nodiscard]] Inverse inverse() const { return inverse_; }
  [[nodiscard]] const Distribution& distribution() const { return distribution_; }
  // Of kTable: four coefficients a cell, lowest power first; cell i spans the normal scores
  // kLeast + [i, i + 1) / kCellsAScore.
  [[nodiscard]] std::span<const double> cells() const { return cells_; }
  // Of kMixture, with the cumulative weights.
  [[nodiscard]] std::span<const Sampler> parts() const { return parts_; }
  [[nodiscard]] std::span<const double> weights() const { return steps_; }

  static constexpr double kLeast = -8;
  static constexpr int kCellsAScore = 64;
  static constexpr int kCells = 16 * kCellsAScore;

 private:
  void tabulate();
  void count();

  Distribution distribution_;
  Inverse inverse_ = Inverse::kConstant;
  std::vector<double> cells_;
  std::vector<double> steps_;   // cumulative probabilities: of counts from first_ on, or of parts
  std::vector<double> values_;  // of counts, clipped; of an empirical
  std::vector<Sampler> parts_;
};

// `count` draws of `distribution`. Same seed, same bits; out[i] does not depend on count.
[[nodiscard]] std::vector<double> draws(const Distribution& distribution, std::size_t count,
                                        Seed seed);

}  // namespace daytwo::chance
