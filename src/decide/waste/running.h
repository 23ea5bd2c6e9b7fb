// What is being paid for now, from imported bills: one entry a resource, with what a month more of
// it costs. Money comes from bills alone.
// Model: a resource's charges by period (days, or the months that a charge covers) scatter about a
// level. With n periods of mean m and standard deviation s, of which q make a month, the next month
// costs q m, give or take sqrt(q s^2 + q^2 s^2 / n): its own luck, and what n leaves open about m
// [prediction interval of a normal sample]. One period alone says nothing of scatter.
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/time.h"
#include "facts/journal.h"
#include "facts/sighting.h"
#include "model/amount.h"

namespace daytwo::decide::waste {

inline constexpr double kDaysAMonth = 30.4375;
inline constexpr std::string_view kAMonth = "a month";

// A month's cost, in major units.
struct Price {
  double mean = 0;
  double spread = 0;  // standard deviation
  std::size_t periods = 0;
  // Both are independent.
  [[nodiscard]] Price plus(const Price& other) const;
  // The 90 % interval does not reach below 0.
  [[nodiscard]] model::Amount amount(const std::string& currency, Timestamp as_of) const;
};

// A resource that is still on the bill.
struct Running {
  facts::RecordPtr newest;  // of its months, a CostSeen
  const facts::CostSeen* cost = nullptr;
  Price month;
  // What people call it: its name, id, commitment or service.
  [[nodiscard]] std::string name() const;
};

// All use and unused commitment that the open costs of `snapshot` show on the last three days that
// their account has any, over up to 90 days; what ended is left out, and so is what cost nothing.
// EffectiveCost counts, BilledCost where that is unknown. By cost, dearest first.
[[nodiscard]] std::vector<Running> running_costs(const facts::Snapshot& snapshot);

}  // namespace daytwo::decide::waste
