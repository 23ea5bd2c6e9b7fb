// Clause: what a contract gives back when a promise of security is broken.
// The credit is a step function of the share of exposure-days within what is due; the fee it is a
// share of is that of one window. Thread rule: pure functions.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "chance/estimate.h"
#include "model/contract.h"
#include "model/security_promise.h"

namespace daytwo::decide::security {

// How far ahead credits are foreseen: a month, in which people can still act.
inline constexpr Duration kAhead = days(30);

// What one contract gives back at one share.
struct Credit {
  double share = 0;        // of the window's fee
  chance::Estimate money;  // in the contract's currency
};

// One contract, as it stands and as it will in kAhead.
struct Owed {
  std::string with;
  bool owed_to_us = false;
  std::string currency;
  Credit now;        // if the window were settled today
  Credit if_left;    // in kAhead, nothing mended
  Credit if_mended;  // in kAhead, what is late mended today and the rest when due
};

// `within` is the share of exposure-days; without an exposure nothing is owed.
[[nodiscard]] Credit credit_of(const model::SecurityPromise& promise,
                               const model::Contract& contract, std::optional<double> within);

}  // namespace daytwo::decide::security
