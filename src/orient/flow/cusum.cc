#include "orient/flow/cusum.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace daytwo::orient::flow {

Cusum cusum(std::span<const double> steps, double k) {
  Cusum out;
  out.sums.reserve(steps.size());
  double sum = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    sum = std::max(0.0, sum + steps[i] - k);
    out.sums.push_back(sum);
    if (sum == 0) {
      out.rising.reset();
      out.alarm.reset();
      continue;
    }
    if (!out.rising) {
      out.rising = i;
      out.highest = i;
    }
    if (!out.alarm && sum > kAlarm) out.alarm = i;
    if (sum >= out.sums[out.highest]) out.highest = i;
  }
  return out;
}

double steps_to_false_alarm(double k, double h) {
  const double x = h + 1.166;
  if (k * x < 1e-4) return x * x;
  return (std::exp(2 * k * x) - 2 * k * x - 1) / (2 * k * k);
}

double slack_for(double steps, double h) {
  double low = 0;
  double high = 8;  // beyond any noise: e^150 steps
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (steps_to_false_alarm(middle, h) < steps ? low : high) = middle;
  }
  return high;
}

}  // namespace daytwo::orient::flow
