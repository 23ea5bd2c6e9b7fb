// Horizon: the days ahead at which forecasts of daily values stand, and sampled paths over them.
// Model: each day for the first kDailyUntil, then each week, to the end of a year.
// Thread rule: plain values.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace daytwo::orient::ahead {

inline constexpr std::size_t kDailyUntil = 91;  // days
inline constexpr std::size_t kWeeks = 39;
inline constexpr std::size_t kSteps = kDailyUntil + kWeeks;

// Days from the last value to each step, rising: 1, 2, .. 91, 98, .. 364.
inline constexpr std::array<int, kSteps> kDays = [] {
  std::array<int, kSteps> out{};
  for (std::size_t i = 0; i < kSteps; ++i) {
    out.at(i) = i < kDailyUntil ? static_cast<int>(i) + 1
                                : static_cast<int>(kDailyUntil + 7 * (i - kDailyUntil + 1));
  }
  return out;
}();

// As many futures as are drawn of each model.
inline constexpr std::size_t kPaths = 400;

// Values at the first `steps` steps of `kDays`, path after path.
struct Paths {
  std::size_t count = 0;
  std::size_t steps = 0;
  std::vector<double> values;

  Paths() = default;
  Paths(std::size_t paths, std::size_t step_count)
      : count(paths), steps(step_count), values(paths * step_count) {}
  [[nodiscard]] std::span<double> path(std::size_t i) {
    return std::span(values).subspan(i * steps, steps);
  }
  [[nodiscard]] std::span<const double> path(std::size_t i) const {
    return std::span(values).subspan(i * steps, steps);
  }
};

}  // namespace daytwo::orient::ahead
