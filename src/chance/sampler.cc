#include "chance/sampler.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/check.h"
#include "chance/distribution.h"
#include "chance/family.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

// A count whose likely values are more than this is inverted by its quantile function.
constexpr double kMaxSteps = 1 << 16;

bool is_plain_lognormal(const Distribution& x) {
  return x.family == Family::kLognormal && !x.is_truncated();
}

}  // namespace

Sampler::Sampler(const Distribution& distribution) : distribution_(distribution) {
  if (distribution_.is_point()) {
    values_ = {distribution_.quantile(.5)};
    inverse_ = Inverse::kConstant;
  } else if (is_plain_lognormal(distribution_)) {
    inverse_ = Inverse::kLognormal;
  } else if (distribution_.family == Family::kMixture) {
    inverse_ = Inverse::kMixture;
    double sum = 0;
    for (std::size_t i = 0; i < distribution_.parts.size(); ++i) {
      parts_.emplace_back(distribution_.parts[i]);
      sum += distribution_.points[i];
      steps_.push_back(sum);
    }
  } else if (distribution_.family == Family::kEmpirical) {
    inverse_ = Inverse::kSteps;
    values_ = distribution_.points;
  } else if (is_count(distribution_.family)) {
    inverse_ = Inverse::kSteps;
    count();
  } else {
    inverse_ = Inverse::kTable;
    tabulate();
  }
}

// Cubic Lagrange interpolation through four nodes, one outside the cell on each side.
void Sampler::tabulate() {
  const auto node = [&](int i) {
    const double z = kLeast + static_cast<double>(i) / kCellsAScore;
    // Without the clip: a corner would spoil the cubics around it.
    Distribution open = distribution_;
    open.floor = -INFINITY;
    open.cap = INFINITY;
    return open.quantile(std::clamp(normal_cdf(z), 1e-300, 1 - 0x1p-53));
  };
  std::vector<double> nodes;
  nodes.reserve(kCells + 1);
  for (int i = 0; i <= kCells; ++i) nodes.push_back(node(i));
  cells_.reserve(4 * static_cast<std::size_t>(kCells));
  for (std::size_t i = 0; i < static_cast<std::size_t>(kCells); ++i) {
    const double y1 = nodes[i];
    const double y2 = nodes[i + 1];
    const double y0 = i > 0 ? nodes[i - 1] : 2 * y1 - y2;
    const double y3 = i + 2 < nodes.size() ? nodes[i + 2] : 2 * y2 - y1;
    cells_.push_back(y1);
    cells_.push_back(-y0 / 3 - y1 / 2 + y2 - y3 / 6);
    cells_.push_back(y0 / 2 - y1 + y2 / 2);
    cells_.push_back(-y0 / 6 + y1 / 2 - y2 / 2 + y3 / 6);
  }
}

void Sampler::count() {
  Distribution open = distribution_;
  open.floor = -INFINITY;
  open.cap = INFINITY;
  const double from = open.quantile(1e-16);
  const double to = open.quantile(1 - 0x1p-53);
  if (to - from > kMaxSteps) return;
  for (double k = from; k <= to; k += 1) {
    steps_.push_back(open.cdf(k));
    values_.push_back(std::clamp(k, distribution_.floor, distribution_.cap));
  }
}

double Sampler::at(double u) const {
  CHECK(u > 0 && u < 1, "a draw is made from a uniform inside (0, 1)");
  switch (inverse_) {
    case Inverse::kConstant:
      return values_.front();
    case Inverse::kLognormal:
      return distribution_.quantile(u);
    case Inverse::kTable: {
      const double place = (normal_quantile(u) - kLeast) * kCellsAScore;
      const double cell = std::clamp(std::floor(place), 0.0, static_cast<double>(kCells - 1));
      const double* c = &cells_[4 * static_cast<std::size_t>(cell)];
      const double t = std::clamp(place - cell, 0.0, 1.0);
      const double x = c[0] + t * (c[1] + t * (c[2] + t * c[3]));
      return std::min(std::max(x, distribution_.floor), distribution_.cap);
    }
    case Inverse::kSteps: {
      if (steps_.empty() && values_.empty()) return distribution_.quantile(u);
      if (steps_.empty()) {
        const double rank = std::ceil(u * static_cast<double>(values_.size()));
        return values_[std::min(static_cast<std::size_t>(rank), values_.size()) - 1];
      }
      const auto found = std::lower_bound(steps_.begin(), steps_.end(), u) - steps_.begin();
      return values_[std::min(static_cast<std::size_t>(found), values_.size() - 1)];
    }
    case Inverse::kMixture: {
      const auto found = std::upper_bound(steps_.begin(), steps_.end(), u) - steps_.begin();
      const std::size_t i = std::min(static_cast<std::size_t>(found), parts_.size() - 1);
      const double before = i == 0 ? 0 : steps_[i - 1];
      return parts_[i].at(std::clamp((u - before) / (steps_[i] - before), 0x1p-53, 1 - 0x1p-53));
    }
  }
  return 0;
}

void Sampler::fill(std::span<double> out, Seed seed, std::uint64_t index) const {
  Stream stream(seed, index);
  for (double& x : out) x = at(stream.uniform());
}

std::vector<double> draws(const Distribution& distribution, std::size_t count, Seed seed) {
  std::vector<double> out(count);
  Sampler(distribution).fill(out, seed);
  return out;
}

}  // namespace daytwo::chance
