// Budget policy: what a service does when little of its error budget is left, as declared.
// Thread rule: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/yaml.h"

namespace daytwo::model {

// What a step asks of a deploy.
enum class BudgetAction : std::uint8_t { kNone, kWarn, kGate };

// "none", "warn", "gate".
[[nodiscard]] std::string_view to_string(BudgetAction action);

// One step: holds while less than `left_below` of a budget is left.
struct BudgetStep {
  double left_below = 0;  // share, 0 (overspent) to 1
  BudgetAction action = BudgetAction::kNone;
  std::string message;  // for people, may be empty
  bool operator==(const BudgetStep&) const = default;
};

// The steps under `budget_policy`: {left_below: 25%, action: none|warn|gate, message}. Problems are
// added, all of them: a share outside 0 to 100 %, an action that is none, two steps at one share.
[[nodiscard]] std::vector<BudgetStep> read_budget_policy(YamlMap& map, Diagnostics& problems);

}  // namespace daytwo::model
