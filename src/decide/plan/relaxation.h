// Relaxation: the most that a choice among items could gain if parts of items could be bought. A
// bound for searches. Inner header of the folder.
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <vector>

namespace daytwo::decide::plan {

// An option that may join, with what it brings at most.
struct Item {
  std::size_t option = 0;
  double gain = 0;   // may be below 0
  double reach = 0;  // towards what is needed; >= 0
  double price = 0;  // >= 0
  double score = 0;  // scratch of knapsack()
  double density = 0;
};

// The answer, and what one unit of reach is worth there.
struct Relaxed {
  double gain = 0;   // -infinity when what is needed cannot be reached
  double worth = 0;  // of a unit of reach: the multiplier
};

// The most that parts of items gain for `budget`, the reach of what is bought valued at `worth` a
// unit [Dantzig 1957]. Leaves `items` by what they bring for their price.
[[nodiscard]] double knapsack(std::vector<Item>& items, double budget, double worth);

// An upper bound of what items that cost at most `budget` and reach at least `needed` gain: the
// least over the multiplier of the knapsack in which reach has a worth [Lagrange's relaxation;
// Everett 1963, Operations Research 11:399]. Leaves `items` as knapsack() at that multiplier.
[[nodiscard]] Relaxed relaxed(std::vector<Item>& items, double budget, double needed);

}  // namespace daytwo::decide::plan
