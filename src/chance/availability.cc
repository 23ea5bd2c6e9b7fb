#include "chance/availability.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"

namespace daytwo::chance {

double nines_of(double availability) { return -std::log10(1 - availability); }

std::string percent_words(double availability) {
  if (availability >= 1) return "100 %";
  const double nines = std::min(nines_of(availability), 9.0);
  const int digits = std::max(1, static_cast<int>(std::ceil(nines)) - 1);
  return fmt::format("{:.{}f} %", availability * 100, digits);
}

std::string short_percent_words(double availability) {
  std::string out = percent_words(availability);
  out.resize(out.find(' '));
  if (out.find('.') != std::string::npos) {
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
  }
  return out + " %";
}

double availability_of(double nines) { return 1 - std::pow(10, -nines); }

double availability_of(double between_failures, double to_repair) {
  CHECK(between_failures > 0 && to_repair > 0, "times are above 0");
  return between_failures / (between_failures + to_repair);
}

double in_series(std::span<const double> parts) {
  double out = 1;
  for (const double each : parts) out *= each;
  return out;
}

double some_of(std::size_t need, std::span<const double> parts) {
  if (need > parts.size()) return 0;
  // chance[k]: exactly k of the parts so far work; the last holds "need or more".
  std::vector<double> chance(need + 1, 0.0);
  chance[0] = 1;
  for (const double works : parts) {
    if (need > 0) chance[need] += chance[need - 1] * works;
    for (std::size_t k = need; k-- > 0;) {
      chance[k] = chance[k] * (1 - works) + (k > 0 ? chance[k - 1] * works : 0);
    }
  }
  return std::min(chance[need], 1.0);
}

double some_of_with_common_cause(std::size_t need, std::size_t parts, double availability,
                                 double beta) {
  CHECK(beta >= 0 && beta <= 1, "a share of the unavailability");
  const double down = 1 - availability;
  const std::vector<double> alone(parts, 1 - (1 - beta) * down);
  return some_of(need, alone) * (1 - beta * down);
}

double soft(double availability, double share) { return 1 - share * (1 - availability); }

Bounds bounds_in_series(std::span<const double> parts) {
  Bounds out{1, 1};
  for (const double each : parts) {
    out.low -= 1 - each;
    out.high = std::min(out.high, each);
  }
  out.low = std::max(out.low, 0.0);
  return out;
}

namespace {

// The most that "at least `need` of these events" can have: the least, over r, of the sum of all
// but the r likeliest, divided by need - r.
double most_of_some(std::size_t need, std::vector<double> chances) {
  std::sort(chances.begin(), chances.end());
  double out = 1;
  for (std::size_t without = 0; without < need; ++without) {
    double sum = 0;
    for (std::size_t i = 0; i + without < chances.size(); ++i) sum += chances[i];
    out = std::min(out, sum / static_cast<double>(need - without));
  }
  return out;
}

}  // namespace

Bounds bounds_of_some(std::size_t need, std::span<const Bounds> parts) {
  CHECK(need >= 1 && need <= parts.size(), "some of the parts");
  std::vector<double> works;
  std::vector<double> fails;
  for (const Bounds& each : parts) {
    works.push_back(each.high);
    fails.push_back(1 - each.low);
  }
  return {1 - most_of_some(parts.size() - need + 1, std::move(fails)),
          most_of_some(need, std::move(works))};
}

double nines_needed_of_each(double nines, std::size_t parts) {
  if (parts == 0) return 0;
  return nines_of(std::pow(availability_of(nines), 1 / static_cast<double>(parts)));
}

}  // namespace daytwo::chance
