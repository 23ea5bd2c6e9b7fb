// Gate: may a deploy of a service go out, by what is left of its error budgets and its policy?
// Thread rule: pure functions over plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/service.h"

namespace daytwo::act {

// Rising: the strongest reason decides.
enum class GateVerdict : std::uint8_t { kAllow, kWarn, kDeny };

// "allow", "warn", "deny".
[[nodiscard]] std::string_view to_string(GateVerdict verdict);

// One budget of the service. `left` as a share: 1 untouched, 0 spent, below 0 overspent.
struct GateBudget {
  std::string objective;
  std::optional<double> left;
  std::string unknown;  // why there is no `left`
};

// Why, about one objective; empty `objective`: about the service.
struct GateReason {
  GateVerdict verdict = GateVerdict::kAllow;
  std::string code;  // "budget", "unknown", "no_objective", "no_policy"
  std::string objective;
  std::string text;
};

// The answer, strongest reason first.
struct GateAnswer {
  GateVerdict verdict = GateVerdict::kAllow;
  std::string sentence;
  std::string policy_owner;  // the owner's team; empty: nobody
  std::vector<GateReason> reasons;
};

// Each budget against the strongest step that holds for it. What is unknown warns: silence is
// neither success nor failure. Without a policy a spent budget warns, as nobody said more.
[[nodiscard]] GateAnswer gate_of(const model::Service& service,
                                 std::span<const GateBudget> budgets);

// For a service that nobody declared: warns.
[[nodiscard]] GateAnswer gate_of_unknown(std::string_view service, std::string_view nearest);

}  // namespace daytwo::act
