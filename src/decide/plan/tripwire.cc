#include "decide/plan/tripwire.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "decide/plan/beside.h"
#include "decide/plan/problem.h"

namespace daytwo::decide::plan {
namespace {

// What of each worry's loss `sets.with` avoids beyond `sets.without`.
std::map<std::string, double> avoided(const Problem& problem,
                                      const std::vector<std::string>& worry_of,
                                      const Beside& sets) {
  std::map<std::string, double> out;
  for (std::size_t cause = 0; cause < problem.causes.size(); ++cause) {
    out[worry_of[cause]] +=
        loss_left(problem, cause, sets.without) - loss_left(problem, cause, sets.with);
  }
  return out;
}

// A price below this share of its own is nothing: the sum of what was taken off it.
constexpr double kNoPrice = 1e-9;

// It would bring `short_by` too little: which price, which losses would do.
std::vector<Tripwire> of_worth(const Problem& problem, const std::vector<std::string>& worry_of,
                               const Beside& sets, double short_by) {
  std::vector<Tripwire> out;
  double price = 0;
  for (const std::size_t joins : Members(sets.with & ~sets.without)) {
    price += problem.options[joins].cost;
  }
  if (price - short_by > kNoPrice * price)
    out.push_back({Wire::kPrice, "", price - short_by, price});
  Tripwire nearest;
  for (const auto& [worry, part] : avoided(problem, worry_of, sets)) {
    if (part <= 0) continue;
    const double factor = 1 + short_by / part;
    if (nearest.wire == Wire::kNever || factor < nearest.at) {
      nearest = {Wire::kLoss, worry, factor, 1};
    }
  }
  if (nearest.wire != Wire::kNever) out.push_back(nearest);
  if (out.empty()) out.push_back({});
  return out;
}

}  // namespace

std::string_view to_string(Wire wire) {
  switch (wire) {
    case Wire::kPrice:
      return "price";
    case Wire::kLoss:
      return "loss";
    case Wire::kMoney:
      return "money";
    case Wire::kDays:
      return "days";
    case Wire::kRule:
      return "rule";
    case Wire::kDate:
      return "date";
    case Wire::kNever:
      return "never";
  }
  return "never";
}

std::vector<Tripwire> tripwires_of(const Problem& problem, const std::vector<std::string>& worry_of,
                                   Set chosen, std::size_t option) {
  CHECK(!has(chosen, option), "an option that was left");
  const std::string& barred = problem.options[option].barred;
  if (!barred.empty()) return {{Wire::kDate, barred, 0, 0}};
  const Beside sets = beside(problem, chosen, option);
  const Outcome now = outcome_of(problem, sets.without);
  const Outcome then = outcome_of(problem, sets.with);
  if (then.net <= now.net) return of_worth(problem, worry_of, sets, now.net - then.net);
  std::vector<Tripwire> out;
  if (then.cost > problem.money) out.push_back({Wire::kMoney, "", then.cost, problem.money});
  for (std::size_t team = 0; team < problem.teams.size(); ++team) {
    if (then.days[team] <= problem.days_of(team)) continue;
    out.push_back({Wire::kDays, problem.teams[team], then.days[team], problem.days_of(team)});
  }
  if (out.empty()) out.push_back({Wire::kRule, broken_rule(problem, sets.with), 0, 0});
  return out;
}

}  // namespace daytwo::decide::plan
