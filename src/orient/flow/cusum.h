// CUSUM: the sum that notices a small shift of the mean soon, and noise alone seldom.
// Model: S = max(0, S + x - k), alarm at S > h, x in standard deviations, k half the shift worth
// finding [Page 1954, "Continuous inspection schemes", Biometrika 41]. Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace daytwo::orient::flow {

// Where S alarms.
inline constexpr double kAlarm = 9;

// One pass over steps.
struct Cusum {
  std::vector<double> sums;  // S after each step
  std::optional<std::size_t>
      rising;                        // the step with which the present rise began; none while S = 0
  std::optional<std::size_t> alarm;  // the first step of that rise after which S > kAlarm
  std::size_t highest = 0;           // the step after which S was highest in that rise
};

// Sums `steps`, in standard deviations, upwards. REQUIRES: k >= 0; finite steps.
[[nodiscard]] Cusum cusum(std::span<const double> steps, double k);

// Steps until an alarm where nothing shifts and noise is independent and normal: Siegmund's
// (e^(2kx) - 2kx - 1) / (2 k^2), x = h + 1.166 [Siegmund 1985, "Sequential analysis", 2.6]; x^2 as
// k goes to 0. Noise that takes back what it gave (measured levels) alarms far more seldom.
[[nodiscard]] double steps_to_false_alarm(double k, double h = kAlarm);

// The least k whose steps_to_false_alarm are at least `steps`. REQUIRES: steps >= 1.
[[nodiscard]] double slack_for(double steps, double h = kAlarm);

}  // namespace daytwo::orient::flow
