// Outlook of a budget over the rest of a day: what the same hours of earlier days did to it.
// Model: the share of the budget left is 1 - bad / (allowed share x total), both over the sliding
// window. To first order an hour moves it by (bad / allowed - spent x total) / window total: events
// that come spend, events that leave the window give back.
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.h"
#include "model/objective.h"
#include "orient/event_rings.h"

namespace daytwo::orient {

// Shares of the budget, over (now, until]. Spending is net: events that only add traffic make it
// negative.
struct BudgetOutlook {
  double left = 1;        // now
  double given_back = 0;  // by events that leave the window until then; known by now
  double spent_mean = 0;  // by events to come, as the same hours of earlier days spent
  double deviation = 0;   // of that from day to day, at least one bad event
  std::int64_t days = 0;  // earlier days it was measured on; 0 = from the rate so far
};

// REQUIRES: now < until <= now + 1 d. Errors: none; nothing when no event was seen in the window.
// Cost: two sums of the rings for each of seven days.
[[nodiscard]] std::optional<BudgetOutlook> outlook_of(const model::Objective& objective,
                                                      const EventRings& rings, Timestamp now,
                                                      Timestamp until);

}  // namespace daytwo::orient
