#include "orient/budgets.h"

#include <fmt/core.h>

#include <string>
#include <utility>

#include "base/text.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "model/amount.h"
#include "model/objective.h"
#include "orient/detector.h"
#include "orient/objectives.h"
#include "orient/outlook.h"
#include "orient/words.h"

namespace daytwo::orient {
namespace {

constexpr std::string_view kShareOfBudget = "of the budget";
constexpr std::string_view kRestOfDay = "the rest of the day";

Timestamp day_end(Timestamp now) { return {(now.ms / days(1).ms + 1) * days(1).ms}; }

Claim claim_of(const std::string& id, const model::Objective& objective,
               const BudgetOutlook& outlook, Timestamp now) {
  const std::string subject = objective.service.value.empty()
                                  ? objective.name
                                  : objective.service.value + " " + objective.name;
  const std::string day = to_rfc3339(now).substr(0, 10);
  Claim claim = make_claim(facts::FindingKind::kObjective, "objective/" + id, subject,
                           subject + " and its budget",
                           fmt::format("{}: {} of the budget is left as {} goes on", subject,
                                       percent_words(outlook.left), day),
                           day);
  finding_of(claim).service = objective.service.value;
  const auto add = [&](const char* name, double share, std::string_view window) {
    add_amount(claim, name, chance::exactly(share), kShareOfBudget, window);
  };
  add("budget_left", outlook.left, model::kNow);
  add("given_back_by_day_end", outlook.given_back, kRestOfDay);
  add("spent_by_day_end", outlook.spent_mean, kRestOfDay);
  add("deviation", outlook.deviation, kRestOfDay);
  claim.record.inputs = {{"target", model::target_words(objective.target_ppb)},
                         {"window", to_string(objective.window)},
                         {"days", std::to_string(outlook.days)}};
  return claim;
}

}  // namespace

Judgement Budgets::judge(const View& view) {
  Judgement out;
  const auto outlooks = objectives_.outlooks(view.now, day_end(view.now));
  for (const ObjectiveStatus& status : objectives_.statuses()) {
    // Not measured now is no end of the objective.
    if (!status.sli) out.unknown.push_back("objective/" + id_of(status.objective));
  }
  for (const auto& [id, known] : outlooks) {
    out.claims.push_back(claim_of(id, known.first, known.second, view.now));
  }
  out.claims.push_back(
      outlooks.empty()
          ? make_source_claim("objective", "no budget is measured that could be foretold",
                              "daytwo watch URL, or `slos:` in a service's file", "none")
          : make_source_claim("objective",
                              counted(outlooks.size(), "budget is", "budgets are") +
                                  " foretold for each day's end",
                              "", std::to_string(outlooks.size())));
  return out;
}

std::string Budgets::closing_sentence(const facts::Record& before) const {
  return before.subject + " is no longer an objective";
}

}  // namespace daytwo::orient
