#include "decide/waste/worth.h"

#include <algorithm>
#include <vector>

namespace daytwo::decide::waste {
namespace {

// Whether it is needed in this world.
bool is_needed(const Candidate& one, chance::Stream& stream) {
  const double chance = std::clamp(chance::quantile(one.needed, stream.uniform()), 0.0, 1.0);
  return stream.uniform() < chance;
}

double draw_month(const Price& price, chance::Stream& stream) {
  return std::max(0.0, price.mean + price.spread * stream.normal());
}

}  // namespace

chance::Estimate saved_a_month(std::span<const Candidate> all, chance::Seed seed) {
  const chance::Seed own = chance::derive(seed, "waste.saved");
  std::vector<double> draws;
  draws.reserve(kWasteWorlds);
  for (std::size_t world = 0; world < kWasteWorlds; ++world) {
    chance::Stream stream(own, world);
    double sum = 0;
    for (const Candidate& one : all) {
      const bool needed = is_needed(one, stream);
      const double saved = draw_month(one.month, stream);
      if (!needed) sum += saved;
    }
    draws.push_back(sum);
  }
  return chance::estimate_of(draws, own);
}

chance::Estimate worth_of_a_year(const Candidate& one, const chance::Distribution& restore,
                                 chance::Seed seed) {
  const chance::Seed own = chance::derive(seed, "waste.worth");
  std::vector<double> draws;
  draws.reserve(kWasteWorlds);
  for (std::size_t world = 0; world < kWasteWorlds; ++world) {
    chance::Stream stream(own, world);
    const bool needed = is_needed(one, stream);
    const double saved = kMonthsAYear * draw_month(one.month, stream);
    const double back = restore.draw(stream);
    draws.push_back(needed ? -back : saved);
  }
  return chance::estimate_of(draws, own);
}

}  // namespace daytwo::decide::waste
