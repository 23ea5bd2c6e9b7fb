// Units in types: shares, rates, sizes.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace daytwo {

// A probability or a share of a whole, 0 to 1. Whoever constructs it keeps the bound (CHECKed in
// make_ratio).
struct Ratio {
  double value = 0;
  auto operator<=>(const Ratio&) const = default;
};

// A share that may pass the whole: 0 and up ("1.4 budgets spent").
struct Share {
  double value = 0;
  auto operator<=>(const Share&) const = default;
};

// A rate of events a year of 8,766 hours, 0 and up.
struct PerYear {
  double value = 0;
  auto operator<=>(const PerYear&) const = default;
};

// A size in bytes.
struct Bytes {
  std::int64_t value = 0;
  auto operator<=>(const Bytes&) const = default;
};

// REQUIRES: 0 <= value <= 1 (NaN fails).
[[nodiscard]] Ratio make_ratio(double value);

// "1.5 GiB", "820 MiB", "12 kB" is not used: binary units, three significant digits.
[[nodiscard]] std::string to_words(Bytes size);

}  // namespace daytwo
