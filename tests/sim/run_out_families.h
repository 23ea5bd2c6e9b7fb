// Families of daily use with a known end: what a run-out date is tried on.
// Model: kHistory days that are shown, a year that is not. Slopes, noise and the days left are
// drawn; the limit is 100. The last two families were not looked at while the forecast was made.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "chance/seed.h"

namespace daytwo::sim {

inline constexpr std::size_t kHistory = 120;
inline constexpr std::size_t kFuture = 365;
inline constexpr double kLimit = 100;

inline constexpr std::array<std::string_view, 10> kFamilies = {
    "linear", "drift walk", "memory and week", "sawtooth",      "rate change",
    "jumps",  "flat",       "accelerating",    "levelling off", "monthly"};
inline constexpr std::size_t kFlat = 6;     // never gets there
inline constexpr std::size_t kTunedOn = 8;  // families before this one

// A path of kHistory + kFuture days of one family: same seed, same path.
[[nodiscard]] std::vector<double> draw_path(std::size_t family, chance::Seed seed);

// Days from the last one shown until the path first reaches the limit, at most `most`.
[[nodiscard]] double truth_of(const std::vector<double>& path, double most);

}  // namespace daytwo::sim
