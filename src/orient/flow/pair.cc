#include "orient/flow/pair.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/time.h"
#include "orient/flow/counted.h"
#include "orient/flow/cusum.h"
#include "orient/flow/residual.h"
#include "orient/flow/skew.h"

namespace daytwo::orient::flow {
namespace {

// Steps between means that tell noise of levels, which does not add up, from a wandering level.
constexpr std::size_t kFar = 6;
// Counts are whole: no mean is known better than to a message.
constexpr double kLeastNoise = 1;
// A wandering level alarms by itself once in so long.
constexpr Duration kQuietFor = days(3650);

// The noise of one mean, and the part of it that wanders a step, as variances.
struct Noise {
  double level = 0;
  double wander = 0;
  double least = 0;  // of `level`, as far as neighbours tell: no leak is in it

  [[nodiscard]] double deviation() const {
    return std::max(kLeastNoise, std::sqrt(level + wander));
  }
};

double variance_over(std::span<const double> levels, std::size_t apart) {
  std::vector<double> steps;
  for (std::size_t i = apart; i < levels.size(); ++i) {
    steps.push_back(levels[i] - levels[i - apart]);
  }
  const double spread = spread_of(std::move(steps));
  return spread * spread;
}

// Steps of independent levels vary by twice the level's variance however far apart; what wanders
// adds its own with each step. A level against both its neighbours varies by six times it.
Noise noise_of(std::span<const double> levels) {
  const double near = variance_over(levels, 1);
  const double far = variance_over(levels, kFar);
  std::vector<double> bends;
  for (std::size_t i = 2; i < levels.size(); ++i) {
    bends.push_back(levels[i] - 2 * levels[i - 1] + levels[i - 2]);
  }
  const double bend = spread_of(std::move(bends));
  Noise out;
  out.wander = std::clamp((far - near) / static_cast<double>(kFar - 1), 0.0, near);
  out.level = std::max(0.0, near - out.wander) / 2;
  out.least = bend * bend / 6;
  return out;
}

// Blocks, E of each less the skew, and what each step may be off by.
struct Levels {
  std::span<const Block> blocks;
  std::vector<double> values;
  std::vector<double> tolerance;
  double usual = 0;  // messages in a block
};

// How E is summed up: standard deviation of a mean, and k in it.
struct Scale {
  double noise = kLeastNoise;
  double slack = 0;
};

Scale scale_of(const Noise& noise, const Levels& levels) {
  const Duration step = levels.blocks[1].to - levels.blocks[0].to;
  const double quiet = slack_for(kQuietFor.hours() / step.hours());
  const double deviation = noise.deviation();
  return {deviation,
          std::max(kWorthFinding / 2 * levels.usual, quiet * std::sqrt(noise.wander)) / deviation};
}

// The same by neighbours alone, so that no leak is in it.
Scale least_scale(const Levels& levels) {
  return scale_of({noise_of(levels.values).least, 0, 0}, levels);
}

// A rise of E: the blocks between which it lies.
struct Rise {
  std::size_t from = 0;
  std::size_t to = 0;
};

// The last rise of `sign` E that alarms, if one does.
std::optional<Rise> rise_of(const Levels& levels, const Scale& scale, double sign) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < levels.values.size(); ++i) {
    const double step = sign * (levels.values[i] - levels.values[i - 1]);
    const double sure = std::max(0.0, std::fabs(step) - levels.tolerance[i]);
    steps.push_back(std::copysign(sure, step) / scale.noise);
  }
  const Cusum sums = cusum(steps, scale.slack);
  if (!sums.alarm || !sums.rising) return std::nullopt;
  return Rise{*sums.rising, sums.highest + 1};  // step i leads from block i to block i + 1
}

// The levels as if `rise` had not been.
std::vector<double> without(std::vector<double> values, const Rise& rise) {
  const double height = values[rise.to] - values[rise.from];
  const auto length = static_cast<double>(rise.to - rise.from);
  for (std::size_t i = rise.from + 1; i < values.size(); ++i) {
    values[i] -= height * std::min(1.0, static_cast<double>(i - rise.from) / length);
  }
  return values;
}

// A leak is a rise that stands out against how E moves without it: a leak must not pass for noise
// of its own, and an E that wanders to and fro is none.
std::optional<Leak> leak_of(const Levels& levels, double sign) {
  const auto candidate = rise_of(levels, least_scale(levels), sign);
  if (!candidate) return std::nullopt;
  const Scale scale = scale_of(noise_of(without(levels.values, *candidate)), levels);
  const auto rise = rise_of(levels, scale, sign);
  if (!rise) return std::nullopt;
  Leak out;
  out.since = levels.blocks[rise->from].to;
  out.until = levels.blocks[rise->to].to;
  out.goes_on = levels.blocks.back().to - out.until < hours(1);
  out.messages = sign * (levels.values[rise->to] - levels.values[rise->from]);
  out.error = scale.noise * std::sqrt(2.0);
  double received = 0;
  for (std::size_t i = rise->from + 1; i <= rise->to; ++i) received += levels.blocks[i].received;
  out.share = received > 0 ? std::min(1.0, out.messages / received) : 1;
  return out;
}

Duration in_steps(double steps, Duration step) {
  const double ms = steps * static_cast<double>(step.ms);
  const double most = static_cast<double>(days(365'000).ms);
  return milliseconds(static_cast<std::int64_t>(std::min(ms, most)));
}

Levels levels_of(std::span<const Block> blocks, const Skew& skew) {
  Levels out{blocks, {}, {}, 0};
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const double change = i == 0 ? 0 : blocks[i].rate - blocks[i - 1].rate;
    out.tolerance.push_back(2 * skew.error * std::fabs(change));
    out.values.push_back(blocks[i].level - skew.seconds * blocks[i].rate);
    out.usual += blocks[i].received / static_cast<double>(blocks.size());
  }
  return out;
}

void judge_blocks(PairStatus& out, std::span<const Block> blocks) {
  const Skew skew = remaining_skew(blocks);
  const Levels levels = levels_of(blocks, skew);
  out.skew_seconds = skew.seconds;
  out.lost = leak_of(levels, 1);
  out.duplicated = leak_of(levels, -1);
  const Scale scale = scale_of(noise_of(levels.values), levels);
  const Duration step = blocks[1].to - blocks[0].to;
  out.noise = scale.noise;
  out.slack = scale.slack;
  out.false_alarm_every = in_steps(steps_to_false_alarm(scale.slack), step);
  const double an_hour = std::max(1.0, 1 / step.hours() - 1);
  const double least = scale.noise * (kAlarm / an_hour + scale.slack);
  out.least_in_an_hour = levels.usual > 0 ? std::min(1.0, least / levels.usual) : 1;
}

}  // namespace

PairStatus judge_pair(const End& received, const End& gone) {
  PairStatus out;
  std::vector<Timestamp> instants = common_instants(received, gone);
  if (instants.empty()) return out;
  const Timestamp begin = instants.back() - kPairWindow;
  instants.erase(instants.begin(), std::lower_bound(instants.begin(), instants.end(), begin));
  out.seen = instants.back() - instants.front();
  if (out.seen < kPairLeast) return out;
  out.shift = best_shift(received, gone, instants);
  Residual residual = residual_of(received, gone, instants, out.shift);
  const std::vector<Gap> gaps = gaps_of(received, gone, out.shift);
  out.restarts = gaps.size();
  bridge_gaps(residual, gaps);
  const std::vector<Block> blocks = blocks_of(residual);
  // Too coarse: an interval of minutes leaves no means to compare.
  if (blocks.size() < 2 * kFar) return out;
  out.learnt = true;
  judge_blocks(out, blocks);
  return out;
}

}  // namespace daytwo::orient::flow
