// Life: what an option costs and brings over its years, in today's money [worth.md 10]. Flows of a
// year fall in its middle; losses grow with the exposure, what a safeguard takes away decays, and
// the cost of an escape of records lands over three years.
// Thread rule: plain values, pure functions.
#pragma once

#include <array>
#include <optional>
#include <vector>

namespace daytwo::decide {

// When the cost of an event lands: its year, the next, the one after. 61 % of a breach's cost falls
// in the first year, 15 % after the second [IBM, Cost of a Data Breach 2020].
inline constexpr std::array<double, 3> kLateLanding = {0.61, 0.24, 0.15};

// Over how long, and how money and exposure change meanwhile. Shares a year.
struct Life {
  double years = 3;     // above 0; the last may be a part of one
  double discount = 0;  // 0.08 takes 8 % off what comes a year later
  double growth = 0;    // of the losses
  double decay = 0;     // of what a safeguard takes away
};

// One year of a life (or the part of one), and the two after it in which costs still land: what 1
// in the first year comes to, of a loss avoided that lands at once, of one that lands late, and of
// a flow that neither grows nor decays.
struct LifeYear {
  double at = 0;  // years from now, in the middle
  double loss = 0;
  double late = 0;
  double steady = 0;
};
// REQUIRES: years in (0, 100], shares above -1.
[[nodiscard]] std::vector<LifeYear> years_of(const Life& life);

// The sum over all years, each discounted: what 1 a year is worth today.
struct PresentValue {
  double loss = 0;
  double late = 0;
  double steady = 0;
};
[[nodiscard]] PresentValue present_value(const Life& life);

// Money at one time.
struct Flow {
  double at = 0;  // years from now
  double amount = 0;
};

// Today's worth of the flows.
[[nodiscard]] double net_present_value(const std::vector<Flow>& flows, double discount);

// The discount at which the flows are worth nothing; nothing where they have no change of sign or
// it lies outside -99 % to 100,000 % a year.
[[nodiscard]] std::optional<double> internal_return(const std::vector<Flow>& flows);

// When the discounted flows first add to 0 or more; nothing when they never do. REQUIRES: by time.
[[nodiscard]] std::optional<double> payback(const std::vector<Flow>& flows, double discount);

}  // namespace daytwo::decide
