// Lift: the counter behind a query. Other tools write the rate of a counter over a window; daytwo
// counts the counter itself, so that sums are exact at any window.
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace daytwo::orient {

// A selector, and the labels by which the query kept apart what it summed.
struct LiftedCounter {
  std::string selector;
  std::vector<std::string> by;
};

// Bad and total of a ratio; `good` says that the first one counts good events instead.
struct LiftedRatio {
  LiftedCounter part;
  LiftedCounter total;
  bool good = false;
};

// The counter of `sum [by (..)] (rate(SELECTOR[window]))`, of increase and irate, or of the
// selector itself, summed or not. Errors: kInvalid for a text that does not parse (with its place),
// kNotFound for another shape, saying which.
[[nodiscard]] Result<LiftedCounter> lift_counter(std::string_view query);

// The counters of `PART / TOTAL` and of `1 - PART / TOTAL`. `good_share`: the query is the share of
// good events. Errors: as lift_counter.
[[nodiscard]] Result<LiftedRatio> lift_ratio(std::string_view query, bool good_share);

}  // namespace daytwo::orient
