#include "orient/ahead/block_bootstrap.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "base/check.h"
#include "chance/seed.h"
#include "orient/ahead/horizon.h"
#include "orient/ahead/noise.h"

namespace daytwo::orient::ahead {
namespace {

constexpr std::size_t kBlock = 7;  // days
constexpr double kHalfLife = 60;   // days after which a week weighs half

// One week of increments.
struct Block {
  std::span<const double> increments;
  double weight = 0;
};

}  // namespace

Paths bootstrap_paths(std::span<const double> values, std::size_t count, std::size_t steps,
                      chance::Seed seed) {
  CHECK(steps <= kSteps, "steps that there are");
  std::vector<double> increments;
  for (std::size_t i = 1; i < values.size(); ++i) increments.push_back(values[i] - values[i - 1]);
  std::vector<Block> blocks;
  for (std::size_t end = increments.size(); end >= kBlock; end -= kBlock) {
    const auto week = std::span<const double>(increments).subspan(end - kBlock, kBlock);
    if (std::any_of(week.begin(), week.end(), [](double each) { return std::isnan(each); }))
      continue;
    const auto age = static_cast<double>(increments.size() - end);
    blocks.push_back({week, std::exp2(-age / kHalfLife)});
  }
  const auto last =
      std::find_if(values.rbegin(), values.rend(), [](double each) { return !std::isnan(each); });
  if (blocks.size() < kLeastBlocks || last == values.rend()) return {};
  Paths out(count, steps);
  std::vector<double> up_to(blocks.size());
  for (std::size_t i = 0; i < count; ++i) {
    Noise stream(seed, i);
    double sum = 0;
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      sum += blocks[b].weight * -std::log(stream.uniform());
      up_to[b] = sum;
    }
    const auto path = out.path(i);
    double value = *last;
    std::size_t step = 0;
    for (int day = 0; step < steps; day += static_cast<int>(kBlock)) {
      const auto at = std::lower_bound(up_to.begin(), up_to.end(), stream.uniform() * sum);
      const auto index = std::min(static_cast<std::size_t>(at - up_to.begin()), blocks.size() - 1);
      for (std::size_t k = 0; k < kBlock && step < steps; ++k) {
        value += blocks[index].increments[k];
        if (day + static_cast<int>(k) + 1 == kDays.at(step)) path[step++] = value;
      }
    }
  }
  return out;
}

}  // namespace daytwo::orient::ahead
