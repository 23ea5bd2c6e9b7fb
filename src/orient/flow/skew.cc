#include "orient/flow/skew.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "base/time.h"
#include "orient/flow/counted.h"
#include "orient/flow/residual.h"

namespace daytwo::orient::flow {
namespace {

// The shift is known to a few seconds: more than this left over is a leak, not a clock.
constexpr double kMostLeft = 10;
constexpr double kMostError = 0.5;

double middle_of(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Sums of squares and products about the means, of level, time and rate.
struct Moments {
  double tt = 0;
  double rr = 0;
  double tr = 0;
  double te = 0;
  double re = 0;
  double ee = 0;
};

Moments moments_of(std::span<const Block> blocks) {
  const auto n = static_cast<double>(blocks.size());
  const auto hour = [&](const Block& block) { return (block.from - blocks[0].from).hours(); };
  double t = 0;
  double r = 0;
  double e = 0;
  for (const Block& each : blocks) {
    t += hour(each) / n;
    r += each.rate / n;
    e += each.level / n;
  }
  Moments out;
  for (const Block& each : blocks) {
    const double dt = hour(each) - t;
    const double dr = each.rate - r;
    const double de = each.level - e;
    out.tt += dt * dt;
    out.rr += dr * dr;
    out.tr += dt * dr;
    out.te += dt * de;
    out.re += dr * de;
    out.ee += de * de;
  }
  return out;
}

}  // namespace

double spread_of(std::vector<double> values) {
  if (values.empty()) return 0;
  const double middle = middle_of(values);
  for (double& each : values) each = std::fabs(each - middle);
  return 1.4826 * middle_of(values);
}

Duration best_shift(const End& received, const End& gone, const std::vector<Timestamp>& instants) {
  Duration best{0};
  double least = std::numeric_limits<double>::infinity();
  const std::vector<double> came_in = counted_at(received, instants);
  std::vector<Timestamp> shifted(instants.size());
  std::vector<double> steps;
  for (Duration shift = -kMostShift; shift <= kMostShift; shift = shift + seconds(1)) {
    for (std::size_t i = 0; i < instants.size(); ++i) shifted[i] = instants[i] + shift;
    const std::vector<double> came_out = counted_at(gone, shifted);
    steps.clear();
    for (std::size_t i = 1; i < instants.size(); ++i) {
      steps.push_back(came_in[i] - came_in[i - 1] - came_out[i] + came_out[i - 1]);
    }
    const double spread = spread_of(steps);
    // Of equally steady ones the smallest: a constant rate fits any shift.
    const bool nearer = std::abs(shift.ms) < std::abs(best.ms);
    if (spread < least || (spread == least && nearer)) {
      least = spread;
      best = shift;
    }
  }
  return best;
}

std::vector<Block> blocks_of(const Residual& residual) {
  std::vector<Block> out;
  const std::size_t size = residual.times.size();
  if (size == 0) return out;
  for (std::size_t at = (size - 1) % kIntervals; at + kIntervals < size; at += kIntervals) {
    const std::size_t end = at + kIntervals;
    Block block{residual.times[at], residual.times[end], 0, 0,
                residual.received[end] - residual.received[at]};
    for (std::size_t i = at + 1; i <= end; ++i) {
      block.level += residual.levels[i] / static_cast<double>(kIntervals);
    }
    block.rate = block.received / (block.to - block.from).seconds();
    out.push_back(block);
  }
  return out;
}

Skew remaining_skew(std::span<const Block> blocks) {
  if (blocks.size() < 4) return {};
  const Moments m = moments_of(blocks);
  // The rate's own part: what time alone explains of it tells nothing.
  const double own = m.rr - m.tr * m.tr / m.tt;
  if (own <= 1e-9 * m.rr || own <= 0) return {};
  const double seconds = (m.re - m.tr * m.te / m.tt) / own;
  const double slope = (m.te - seconds * m.tr) / m.tt;
  const double left = std::max(0.0, m.ee - slope * m.te - seconds * m.re);
  const double error = std::sqrt(left / static_cast<double>(blocks.size() - 3) / own);
  return {std::clamp(seconds, -kMostLeft, kMostLeft), std::min(error, kMostError)};
}

}  // namespace daytwo::orient::flow
