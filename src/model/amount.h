// Amount: an Estimate with its unit, window and age; the one shape in which an uncertain quantity
// crosses a border. Money is an amount whose unit is a currency; it exists only where somebody has
// stated what things are worth.
#pragma once

#include <string>
#include <string_view>

#include "base/money.h"
#include "base/time.h"
#include "chance/estimate.h"

namespace daytwo::model {

// Natural units, used until stakes are stated. Spelled once, so that screens and tests agree.
inline constexpr std::string_view kHoursLost = "hours of service lost";
inline constexpr std::string_view kIncidents = "incidents";
inline constexpr std::string_view kDaysToRunOut = "days to run-out";
inline constexpr std::string_view kRecordsExposed = "records exposed";
inline constexpr std::string_view kFailedRequests = "failed requests";
inline constexpr std::string_view kPersonHours = "person-hours";
inline constexpr std::string_view kProbability = "probability";

// Hours of work in a person-day.
inline constexpr double kHoursAPersonDay = 8;

// Windows that amounts are counted over.
inline constexpr std::string_view kAYear = "a year";
inline constexpr std::string_view kADay = "a day";
inline constexpr std::string_view kAnHour = "an hour";
inline constexpr std::string_view kAnEvent = "an event";
inline constexpr std::string_view kNow = "now";

// Money is in MAJOR units. `version` names the engine that computed it ("decide/1").
struct Amount {
  chance::Estimate estimate;
  std::string unit;
  std::string window;
  Timestamp as_of;
  std::string version;
  bool operator==(const Amount&) const = default;

  // True when the unit is a currency code such as USD.
  [[nodiscard]] bool is_money() const {
    if (unit.size() != 3) return false;
    for (const char c : unit) {
      if (c < 'A' || c > 'Z') return false;
    }
    return true;
  }
};

// An amount of money: unit and currency cannot disagree.
struct MoneyEstimate {
  chance::Estimate estimate;
  Currency currency;
  std::string window;
  [[nodiscard]] Amount to_amount(Timestamp as_of, std::string version) const {
    return {estimate, currency.to_string(), window, as_of, std::move(version)};
  }
};

// Two significant digits and the right suffix: "$120k", "$0.31M", "1.2M EUR" is not used: sign or
// code stands in front [console.md 6.3].
[[nodiscard]] std::string money_words(double major, const std::string& unit);

// "$0.31M to $4.4M a year, median $1.2M (90 %)"; natural units: "2 to 8 hours of service lost a
// year, median 4 (90 %)". A point prints alone.
[[nodiscard]] std::string to_words(const Amount& amount);

}  // namespace daytwo::model
