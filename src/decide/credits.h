// Credits: what breaking a contract costs a year. A credit is a step function of one month's
// availability, so it is the distribution of a month's downtime that counts, never the year's mean:
// a year of 99.95 % may hold eleven perfect months and a terrible one.
// Thread rule: pure functions over plain values.
#pragma once

#include <span>

#include "base/result.h"
#include "chance/risk.h"
#include "model/contract.h"

namespace daytwo::decide {

// Hours of a mean month: 8,766 / 12.
inline constexpr double kHoursAMonth = 730.5;

// The downtime of a service, as a contract sees it.
struct Downtime {
  std::span<const chance::Risk> outages;  // rate: events a MONTH; size: hours of one
  double steady = 0;                      // share of time that is lost besides, every month alike
  double month_hours = kHoursAMonth;
};

// The share of the fee that is given back, expected: sum over the tiers of the step in credit times
// P(the month falls below it), from the exact distribution of the month's downtime
// (chance/exact_loss.h). Errors: as chance::check_risks. Cost: one transform of 2^16 cells, some
// milliseconds; nothing to compute without outages.
[[nodiscard]] Result<double> expected_credit(const model::Contract& contract,
                                             const Downtime& downtime);

}  // namespace daytwo::decide
