// What is forecast and how its truth is told: pure builders of Lessons.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "chance/estimate.h"
#include "facts/record.h"

namespace daytwo::learn {

// How a query's answer becomes the outcome (Lesson::truth_rule).
inline constexpr std::string_view kAboveZero = "above 0";  // 1 if the answer is above 0, else 0
inline constexpr std::string_view kAtLeastOne =
    "at least 1";                                    // 1 if the answer is 1 or more, else 0
inline constexpr std::string_view kValue = "value";  // the answer itself
inline constexpr std::string_view kRanOut =
    "ran out";  // days until the finding said "full"; no query
inline constexpr std::string_view kNextNote =
    "next note";  // "budget_left" as the objective's next day begins; no query

// A forecast that an event happens until `due`.
struct ChanceForecast {
  WorryKey key;
  std::string what;  // "/var full within the hour"
  double chance = 0;
  Timestamp due;
  std::string truth_query;
  std::string truth_rule;
};

// A forecast of a number, as a 90 % interval.
struct IntervalForecast {
  WorryKey key;
  std::string what;
  chance::Estimate said;
  std::string unit;
  Timestamp due;
  std::string truth_query;
  std::string truth_rule;
};

// The Lesson that is stored when it is made.
[[nodiscard]] facts::Record to_record(const ChanceForecast& forecast, RecordId cause,
                                      Timestamp now);
[[nodiscard]] facts::Record to_record(const IntervalForecast& forecast, RecordId cause,
                                      Timestamp now);

// The score of `forecast` (a kForecast record) by the truth `value`: Brier's for a chance; for an
// interval its continuous ranked probability score and whether it held.
[[nodiscard]] facts::Record scored(const facts::Record& forecast, double value, Timestamp now);

// The forecast cannot be scored: why.
[[nodiscard]] facts::Record voided(const facts::Record& forecast, std::string why, Timestamp now);

// The chance that nothing fails in the next `hours` hours when `clean` of `seen` past hours were
// free of failures: Beta(clean + 1/2, seen - clean + 1/2), so E[p^hours] by its closed form.
// REQUIRES: 0 <= clean <= seen, hours >= 1.
[[nodiscard]] double chance_of_clean_hours(double clean, double seen, int hours);

// Availability of a day of which `gone` hours have passed with availability `so_far`, when `mean`
// of `seen` past hours was up. Each hour to come is taken as up or down as a whole, since failures
// cluster; at the day's end each half of what is left. REQUIRES: 0 <= gone < 24, seen >= 0.
[[nodiscard]] chance::Estimate availability_of_day(double gone, double so_far, double mean,
                                                   double seen);

// What orient noted of a budget for the rest of its day: shares of the budget.
struct BudgetNote {
  double left = 1;
  double given_back = 0;
  double spent = 0;
  double deviation = 0;   // of what is spent, from day to day
  std::int64_t days = 0;  // earlier days that this was measured on
};

// The share of the budget that is left at the day's end: Student's t around what earlier days
// spent, for one more day of the same kind [Hahn, Meeker, "Statistical Intervals", 1991, 4.7];
// with less than two days as wide as with two. Never above 1. REQUIRES: deviation > 0, days >= 0.
[[nodiscard]] chance::Estimate budget_at_day_end(const BudgetNote& note);

}  // namespace daytwo::learn
