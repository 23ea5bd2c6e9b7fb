// Studied: what studies are worth before a choice, net of their cost and of waiting for them.
// Thread rule: pure functions over plain values.
#pragma once

#include <vector>

#include "decide/worth/knowing.h"
#include "decide/worth/read.h"
#include "decide/worth/study.h"

namespace daytwo::decide::worth {

// What a study is worth before a choice.
struct Studied {
  Study study;
  double cost = 0;          // of its work and purchases
  bool priced = true;       // else nobody has said what its work costs
  double value = 0;         // before that cost, after that of waiting
  double flip_chance = 0;   // that it changes the choice
  double width_before = 0;  // of the option's 90 % interval of net worth
  double width_after = 0;   // expected
  [[nodiscard]] double net() const { return value - cost; }
};

// Values the studies; the best by net worth first, those without a price last. What several
// findings move together is taken as the sum of what each moves. `known` is all_known() of the
// reading.
[[nodiscard]] std::vector<Studied> value_studies(const Reading& reading, const Expectations& known,
                                                 const std::vector<Study>& studies);

}  // namespace daytwo::decide::worth
