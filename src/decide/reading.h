// From a Finding and what was stated to a Case. What a finding does not say is taken from a table
// of assumptions, each marked "assumed" wherever it is shown; money is never among them.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "decide/case.h"
#include "decide/history.h"
#include "facts/record.h"
#include "model/stakes.h"

namespace daytwo::decide {

// What the finding says in figures, as a case; nothing when it says neither how often nor how much,
// which is then something to find out, never something to assume. A written sentence is read again
// from the finding's own words; an input "option.once", "option.takes" or "option.cuts" of the
// record is a quantity that replaces the assumption; an input "query:PART" is a live query for it.
// A written rate is updated from the incidents in `history`, and counted by its deploys.
// REQUIRES: the record holds a Finding.
[[nodiscard]] std::optional<Case> read_case(const facts::Record& record,
                                            const model::Stakes& stakes, Timestamp now,
                                            const History& history = {});

// A distribution with the quantiles of `estimate`, nearest of: a point, a lognormal, a normal.
[[nodiscard]] chance::Distribution distribution_of(const chance::Estimate& estimate);

}  // namespace daytwo::decide
