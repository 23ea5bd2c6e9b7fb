// What cleaning up is worth: savings that come true where the thing was not needed, less what
// putting it back costs where it was.
// Thread rule: pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/result.h"
#include "chance/distribution.h"
#include "chance/estimate.h"
#include "chance/seed.h"
#include "decide/waste/running.h"

namespace daytwo::decide::waste {

// Worlds drawn for a sum: the 90 % interval's ends are within about 1 % of their rank.
inline constexpr std::size_t kWasteWorlds = 4096;
inline constexpr double kMonthsAYear = 12;

// One thing that could go.
struct Candidate {
  Price month;
  chance::Estimate needed;  // the chance that it is still needed; 0 throughout: it is not
};

// What cleaning up all of `all` saves a month: each thing that is needed comes back and saves
// nothing. In major units; every thing is needed or not by itself.
[[nodiscard]] chance::Estimate saved_a_month(std::span<const Candidate> all, chance::Seed seed);

// What cleaning up one thing brings over a year: twelve months of saving when it was not needed,
// minus `restore` when it was. A world draws the chance, then whether, then both amounts.
[[nodiscard]] chance::Estimate worth_of_a_year(const Candidate& one,
                                               const chance::Distribution& restore,
                                               chance::Seed seed);

}  // namespace daytwo::decide::waste
