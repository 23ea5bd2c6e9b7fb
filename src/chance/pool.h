// Pools: several experts, one belief [worth.md 8]. The linear pool is a mixture and keeps
// disagreement; the logarithmic pool multiplies densities and is narrower than its experts are
// apart [Genest, Zidek 1986, Statistical Science 1:114]. Weights by performance on questions whose
// answer is known: Cooke, "Experts in Uncertainty", 1991. Thread rule: pure functions over plain
// values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "chance/distribution.h"

namespace daytwo::chance {

// Equal weights where `weights` is empty. Errors: as mixture().
[[nodiscard]] Result<Distribution> linear_pool(std::span<const Distribution> experts,
                                               std::span<const double> weights);

// Weighted means of precisions: of lognormals on ln X, of normals on X. Weights are made to add to
// 1, so agreeing experts are no surer than one. Errors: kInvalid for other or mixed families,
// truncated or clipped ones, one that is certain, or weights as in mixture().
[[nodiscard]] Result<Distribution> log_pool(std::span<const Distribution> experts,
                                            std::span<const double> weights);

// What one expert said of a question that has an answer now: 5, 50 and 95 % quantiles.
struct ScoredAnswer {
  double p05 = 0;
  double p50 = 0;
  double p95 = 0;
  double truth = 0;
};

// How an expert did: `calibration` is the chance that a perfectly calibrated one would do as badly,
// `information` how much narrower than the widest range of all answers to the same question.
struct Skill {
  double calibration = 0;
  double information = 0;
  std::size_t answers = 0;
};

// Below this many scored answers, weights by performance are luck: all weigh the same.
inline constexpr std::size_t kLeastAnswers = 10;

// Skill of each expert. Calibration: 2 n KL against (.05, .45, .45, .05) is chi squared with 3
// degrees of freedom. Information: relative entropy against the uniform over the questions' ranges
// widened by 10 %. REQUIRES: the same questions for all, at least one; quantiles that rise.
[[nodiscard]] std::vector<Skill> skills(std::span<const std::vector<ScoredAnswer>> experts);

// Weights that add to 1: calibration times information, 0 below `least_calibration`; equal where an
// expert has fewer than kLeastAnswers answers or nobody is left. REQUIRES: not empty.
[[nodiscard]] std::vector<double> performance_weights(std::span<const Skill> skills,
                                                      double least_calibration = 0.05);

}  // namespace daytwo::chance
