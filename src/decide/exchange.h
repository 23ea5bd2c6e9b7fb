// The exchange between natural units and hours of work, while nobody has said what a unit is worth.
// It has no price, only bounds that need no money:
//   at least: an hour of service lost keeps somebody busy for an hour, an incident for an hour;
//   at most: nobody would spend half a working year on saving one hour of service.
// A verdict that is the same at both bounds is given; one that differs is a question of price
// (docs/concepts/verdicts.md).
#pragma once

#include <string_view>

namespace daytwo::decide {

// Person-hours that one unit is worth, at least and at most.
struct Exchange {
  double least = 0;
  double most = 0;
};

// Bounds for a natural unit of model/amount.h; {0, 0} for another.
[[nodiscard]] Exchange exchange_for(std::string_view unit);

}  // namespace daytwo::decide
