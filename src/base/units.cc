#include "base/units.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>

#include "base/check.h"

namespace daytwo {

Ratio make_ratio(double value) {
  CHECK(value >= 0 && value <= 1, "a ratio lies between 0 and 1");
  return {value};
}

std::string to_words(Bytes size) {
  constexpr std::array<std::string_view, 6> kNames = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  double value = std::abs(static_cast<double>(size.value));
  std::size_t unit = 0;
  while (value >= 1024 && unit + 1 < kNames.size()) {
    value /= 1024;
    ++unit;
  }
  const std::string_view sign = size.value < 0 ? "-" : "";
  if (unit == 0) return fmt::format("{}{} B", sign, static_cast<std::int64_t>(value));
  const int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
  return fmt::format("{}{:.{}f} {}", sign, value, decimals, kNames[unit]);
}

}  // namespace daytwo
