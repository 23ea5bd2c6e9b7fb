#include "orient/flow/residual.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "base/time.h"
#include "orient/flow/counted.h"

namespace daytwo::orient::flow {
namespace {

// Levels on each side of a gap that tell the step over it.
constexpr std::size_t kBeside = 10;

Duration coarsest(const End& end) {
  Duration out{1};
  for (const Counter& each : end.counters) out = std::max(out, each.interval);
  return out;
}

double mean_of(const std::vector<double>& values, std::size_t from, std::size_t to) {
  double sum = 0;
  for (std::size_t i = from; i < to; ++i) sum += values[i];
  return sum / static_cast<double>(to - from);
}

// Gaps that touch, as one: what each hides adds up.
std::vector<Gap> merged(std::vector<Gap> gaps) {
  std::sort(gaps.begin(), gaps.end(), [](const Gap& a, const Gap& b) { return a.from < b.from; });
  std::vector<Gap> out;
  for (const Gap& each : gaps) {
    if (out.empty() || out.back().to < each.from) {
      out.push_back(each);
    } else {
      out.back().to = std::max(out.back().to, each.to);
      out.back().tolerance += each.tolerance;
    }
  }
  return out;
}

}  // namespace

std::vector<Timestamp> common_instants(const End& received, const End& gone) {
  if (received.empty() || gone.empty()) return {};
  const Duration step = std::max(coarsest(received), coarsest(gone));
  const Timestamp from = std::max(received.first(), gone.first() + kMostShift);
  const Timestamp to = std::min(received.last(), gone.last() - kMostShift);
  // Where the newest counter of the received end was sampled.
  const auto& newest = *std::max_element(
      received.counters.begin(), received.counters.end(),
      [](const Counter& a, const Counter& b) { return a.times.back() < b.times.back(); });
  std::vector<Timestamp> out;
  for (Timestamp at = newest.times.back(); at >= from; at = at - step) {
    if (at <= to) out.push_back(at);
  }
  std::reverse(out.begin(), out.end());
  if (out.size() < 3) out.clear();
  return out;
}

Residual residual_of(const End& received, const End& gone, const std::vector<Timestamp>& instants,
                     Duration shift) {
  std::vector<Timestamp> shifted;
  shifted.reserve(instants.size());
  for (const Timestamp at : instants) shifted.push_back(at + shift);
  Residual out;
  out.times = instants;
  out.received = counted_at(received, instants);
  out.levels = out.received;
  const std::vector<double> came_out = counted_at(gone, shifted);
  for (std::size_t i = 0; i < out.levels.size(); ++i) out.levels[i] -= came_out[i];
  return out;
}

std::vector<Gap> gaps_of(const End& received, const End& gone, Duration shift) {
  std::vector<Gap> out;
  for (const Counter& each : received.counters) {
    out.insert(out.end(), each.gaps.begin(), each.gaps.end());
  }
  for (const Counter& each : gone.counters) {
    for (const Gap& gap : each.gaps) {
      out.push_back({gap.from - shift, gap.to - shift, gap.tolerance});
    }
  }
  return out;
}

void bridge_gaps(Residual& residual, std::vector<Gap> gaps) {
  auto& levels = residual.levels;
  const auto place = [&](Timestamp at) {
    return static_cast<std::size_t>(
        std::lower_bound(residual.times.begin(), residual.times.end(), at) -
        residual.times.begin());
  };
  const std::vector<Gap> all = merged(std::move(gaps));
  std::size_t free_from = 0;  // the first level after the gap before
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t first = place(all[i].from + milliseconds(1));
    const std::size_t after = place(all[i].to);
    const std::size_t end =
        i + 1 < all.size() ? place(all[i + 1].from + milliseconds(1)) : levels.size();
    if (first > free_from && after < end) {
      const std::size_t from = std::max(free_from, first - std::min(first, kBeside));
      const double before = mean_of(levels, from, first);
      const double step = mean_of(levels, after, std::min(end, after + kBeside)) - before;
      const double hidden = std::clamp(step, -all[i].tolerance, all[i].tolerance);
      for (std::size_t k = first; k < after; ++k) levels[k] = before;
      for (std::size_t k = after; k < levels.size(); ++k) levels[k] -= hidden;
    }
    free_from = after;
  }
}

}  // namespace daytwo::orient::flow
