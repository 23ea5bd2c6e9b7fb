// Family: the closed forms behind a Distribution, before truncation and clipping; and the table of
// words and bounds that reading and making share. Inner header of the room: others use
// distribution.h.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "chance/distribution.h"

namespace daytwo::chance {

// Largest |c / b| with a rising metalog: 1 / max of y (1 - y) L + y - 1/2 [Keelin 2016].
inline constexpr double kMetalogSkew = 1.66711;

// The word of a family in to_string, and how many parameters it takes (0 for empirical, mixture).
struct FamilyWord {
  Family family;
  std::string_view word;
  std::size_t parameters;
};

// All families, in the order of the enum.
[[nodiscard]] std::span<const FamilyWord> family_words();

// The row of one family.
[[nodiscard]] const FamilyWord& word_of(Family family);

// Why the parameters are outside their bounds; empty when they are inside.
[[nodiscard]] std::string_view out_of_bounds(const Distribution& x);

// The upper end of the support of X0; +Inf for most.
[[nodiscard]] double family_end(const Distribution& x);

// True for the families that live on whole numbers.
[[nodiscard]] bool is_count(Family family);

// Of X0. The quantile REQUIRES 0 < p < 1. Variance and mean are +Inf where not finite; the mean of
// a metalog within bounds and the variance of any metalog are NaN: moments.h integrates them.
[[nodiscard]] double family_cdf(const Distribution& x, double at);
[[nodiscard]] double family_above(const Distribution& x, double at);
[[nodiscard]] double family_quantile(const Distribution& x, double p);
[[nodiscard]] double family_mean(const Distribution& x);
[[nodiscard]] double family_variance(const Distribution& x);

}  // namespace daytwo::chance
