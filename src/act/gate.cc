#include "act/gate.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/budget_policy.h"
#include "model/service.h"

namespace daytwo::act {
namespace {

GateVerdict verdict_of(model::BudgetAction action) {
  switch (action) {
    case model::BudgetAction::kNone:
      return GateVerdict::kAllow;
    case model::BudgetAction::kWarn:
      return GateVerdict::kWarn;
    case model::BudgetAction::kGate:
      return GateVerdict::kDeny;
  }
  return GateVerdict::kWarn;
}

std::string left_words(double left) {
  return left < 0 ? fmt::format("is overspent by {:.3g} %", -100 * left)
                  : fmt::format("has {:.3g} % of its budget left", 100 * left);
}

// The strongest step that holds; of equals the one with the lowest share.
const model::BudgetStep* step_of(const model::Service& service, double left) {
  const model::BudgetStep* out = nullptr;
  for (const model::BudgetStep& step : service.budget_policy) {
    if (left >= step.left_below) continue;
    if (out == nullptr || step.action > out->action ||
        (step.action == out->action && step.left_below < out->left_below)) {
      out = &step;
    }
  }
  return out;
}

GateReason reason_of(const model::Service& service, const GateBudget& budget) {
  GateReason out;
  out.objective = budget.objective;
  if (!budget.left) {
    out.verdict = GateVerdict::kWarn;
    out.code = "unknown";
    out.text = fmt::format("what is left of {} is unknown: {}", budget.objective, budget.unknown);
    return out;
  }
  out.code = "budget";
  out.text = budget.objective + " " + left_words(*budget.left);
  if (service.budget_policy.empty()) {
    if (*budget.left > 0) return out;
    out.verdict = GateVerdict::kWarn;
    out.code = "no_policy";
    out.text += "; no budget_policy says what that means";
    return out;
  }
  const model::BudgetStep* step = step_of(service, *budget.left);
  if (step == nullptr) return out;
  out.verdict = verdict_of(step->action);
  out.text += fmt::format(", below the {:.4g} % of the policy", 100 * step->left_below);
  if (!step->message.empty()) out.text += ": " + step->message;
  return out;
}

std::string sentence_of(const std::string& service, const GateAnswer& answer) {
  std::string out = fmt::format("{} {}: ", service, to_string(answer.verdict));
  out += answer.reasons.front().text;
  out += answer.policy_owner.empty() ? "; nobody owns the policy"
                                     : "; the policy is " + answer.policy_owner + "'s";
  return out;
}

void settle(const std::string& service, GateAnswer& answer) {
  std::stable_sort(answer.reasons.begin(), answer.reasons.end(),
                   [](const GateReason& a, const GateReason& b) { return a.verdict > b.verdict; });
  answer.verdict = answer.reasons.front().verdict;
  answer.sentence = sentence_of(service, answer);
}

}  // namespace

std::string_view to_string(GateVerdict verdict) {
  static constexpr std::array<std::string_view, 3> kNames = {"allow", "warn", "deny"};
  return kNames.at(static_cast<std::size_t>(verdict));
}

GateAnswer gate_of(const model::Service& service, std::span<const GateBudget> budgets) {
  GateAnswer out;
  if (service.owner) out.policy_owner = service.owner->team.value;
  for (const GateBudget& budget : budgets) out.reasons.push_back(reason_of(service, budget));
  if (budgets.empty()) {
    out.reasons.push_back({GateVerdict::kWarn, "no_objective", "",
                           "no objective of it is measured, so nothing is known"});
  }
  settle(service.id.value, out);
  return out;
}

GateAnswer gate_of_unknown(std::string_view service, std::string_view nearest) {
  GateAnswer out;
  std::string text = "no file declares this service, so nothing is known";
  if (!nearest.empty()) text += fmt::format("; did you mean '{}'?", nearest);
  out.reasons.push_back({GateVerdict::kWarn, "unknown", "", std::move(text)});
  settle(std::string(service), out);
  return out;
}

}  // namespace daytwo::act
