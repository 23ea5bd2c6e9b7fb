// Run-out date: when something that is used up day by day reaches its limit, as an interval.
// Model: first passage of the daily maximum. Futures of three models (local_trend.h,
// block_bootstrap.h, growth.h) are mixed by how well each would have forecast the last weeks
// (CRPS), and widened or narrowed about their middle by how those forecasts came out [Gneiting,
// Raftery 2007, JASA 102:359]. Thread rule: pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "chance/seed.h"
#include "orient/ahead/horizon.h"

namespace daytwo::orient::ahead {

// Fewer measured days carry no date.
inline constexpr std::size_t kLeastHistory = 14;

// Where the use will be on one day.
struct FanDay {
  int day = 0;
  double p05 = 0;
  double p50 = 0;
  double p95 = 0;
};

// What can be said of the date. Days from the last value; infinite where less than that share of
// the futures gets there within a year.
struct RunOutDate {
  double p05 = 0;
  double p50 = 0;
  double p95 = 0;
  double within_30_days = 0;  // chances
  double within_90_days = 0;
  double within_a_year = 0;
  // Whether the use goes towards the limit beyond doubt (19 of 20); without that no date is told.
  bool trend = false;
  double slope = 0;                 // a day, at the middle of the next month
  std::array<double, 3> weights{};  // of the models, in the order above
  double widened = 1;               // spread of the mixture against its own past
  std::vector<double> passages;     // days, one a future, rising; infinite = not within a year
  std::vector<FanDay> fan;          // at 7, 14, .. 91 days, then each 4 weeks

  // Chance that it is reached within so many days.
  [[nodiscard]] double within(double days) const;
};

// `values`: the daily maximum of the use, oldest first, NaN where a day was not measured. The limit
// may be moved by who owns it: only the last counts. Same seed, same answer. Errors: kNotFound for
// fewer than kLeastHistory measured days; kInvalid for a limit that is not finite.
// Cost: a few milliseconds for 120 days.
[[nodiscard]] Result<RunOutDate> run_out_date(std::span<const double> values, double limit,
                                              chance::Seed seed);

}  // namespace daytwo::orient::ahead
