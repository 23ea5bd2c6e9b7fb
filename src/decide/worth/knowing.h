// Knowing: what it is worth to find something out before choosing among alternatives, and what
// would flip the choice [worth.md 9, 11.1].
// Model: inputs are independent, so what an alternative is expected to be worth when an input is x
// is its mean with the input held at x, the others as drawn. A study that explains a share s of an
// input's spread moves that expectation by sqrt(s) of its way [Jalal, Alarid-Escudero 2018, Medical
// Decision Making 38:174].
// Thread rule: pure functions over plain values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "decide/worth/model.h"

namespace daytwo::decide::worth {

// What can be chosen; the first is to do nothing.
using Alternatives = std::vector<Choices>;

// By alternative, one a world.
using Expectations = std::vector<Draws>;

// The number of the alternative with the highest mean; of equals the first.
[[nodiscard]] std::size_t best_of(const Expectations& of);

// What each alternative is worth in each world: everything known.
[[nodiscard]] Expectations all_known(const Model& model, const Alternatives& among);

// What each alternative is expected to be worth in each world when this input alone is known.
// Cost: three evaluations of the model, or kNodes where the input bends it.
[[nodiscard]] Expectations one_known(const Model& model, const Alternatives& among,
                                     std::size_t input);
inline constexpr std::size_t kNodes = 17;

// The same when these inputs together are known; of several, the others are held at their means,
// which is exact where each loss is a product of different inputs. What is worked out from one of
// them counts as known. REQUIRES: inputs.
[[nodiscard]] Expectations some_known(const Model& model, const Alternatives& among,
                                      const std::vector<std::size_t>& inputs);

// What is gained by choosing after having learned, less what waiting costs.
struct Gain {
  double value = 0;        // before the study's own cost; below 0 when waiting costs more
  double flip_chance = 0;  // that another alternative is chosen
};

// After a study that explains `share` (0 to 1) of the spread of the expectations; `delay` by
// alternative is what acting later loses. REQUIRES: one delay an alternative.
[[nodiscard]] Gain gain_of(const Expectations& known, double share,
                           const std::vector<double>& delay);

// After a test that says whether an input lies above `limit`: right with chance `sensitivity` when
// it does, with `specificity` when it does not.
struct Test {
  double limit = 0;
  double sensitivity = 1;
  double specificity = 1;
};
[[nodiscard]] Gain gain_of_test(const Expectations& known, const Draws& input, const Test& test,
                                const std::vector<double>& delay);

// The value of an input at which another alternative becomes the best, the others as drawn.
struct Flip {
  std::size_t input = 0;
  double value = 0;
  bool above = false;       // the choice flips above the value, else below
  double distance = 0;      // |ln(value / mean)|: how far it lies
  std::size_t instead = 0;  // alternative that is best beyond it
};

// Flips of all inputs that have one, nearest first; of shares inside [0, 1], of others above 0.
[[nodiscard]] std::vector<Flip> flips_of(const Model& model, const Alternatives& among);

}  // namespace daytwo::decide::worth
