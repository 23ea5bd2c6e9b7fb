// Planner: the best thing to do with a budget, as one sentence and the rows that open it [P3].
// Thread rule: plain values, pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "chance/estimate.h"
#include "chance/seed.h"
#include "decide/plan/attribution.h"
#include "decide/plan/investigation.h"
#include "decide/plan/rank.h"
#include "decide/plan/register.h"
#include "decide/plan/scan.h"
#include "decide/plan/stability.h"
#include "decide/plan/tripwire.h"
#include "decide/plan/worlds.h"
#include "decide/plan/years.h"

namespace daytwo::decide::plan {

// How this room signs its plans; raised when a change moves bits.
inline constexpr std::string_view kEngine = "decide.plan/1";

// The next thing of a kind that money or days would buy beyond the plan.
struct NextStep {
  std::string kind;
  Set adds = 0;  // options, with what they need
  double cost = 0;
  double days = 0;
  double gain = 0;  // before its cost, beside the plan
  std::string
      blocked;  // the rule that keeps it out of the plan; empty when it is not worth its cost

  // Gained for each unit spent; 0 when nothing is spent.
  [[nodiscard]] double per_money() const { return cost > 0 ? gain / cost : 0; }
};

// A number that, changed by `factor`, makes another set the better one.
struct Flip {
  std::string what;  // "the loss of 'provider-lost'", "the cost of 'mfa'"
  double factor = 1;
  Set instead = 0;
};

// How a plan stands against a limit on the tail.
struct UnderLimit {
  TailLimit limit;
  TailYears::Measure measure;  // on the years it was chosen by
  TailYears::Measure fresh;    // on years drawn anew
  TailYears::Measure nothing;  // if nothing is done
  std::size_t years = 0;
  Candidate without;  // the best set without the limit; the chosen one where that costs nothing
  double tail_without = 0;  // of that set
  Set holds = 0;            // chosen options without which the limit would be broken
};

// A plan with all that opens it. Money in its currency, over its horizon.
struct Plan {
  Problem problem;  // means and limits
  std::string currency;
  Set chosen = 0;
  Outcome outcome;
  Standing standing;
  chance::Estimate remaining;       // loss that is left
  std::vector<Contribution> parts;  // of the chosen
  std::vector<double> in_best;      // by option
  Candidate second;                 // the next best set; equal to chosen when there is no other
  double beats_second = 0;          // share of worlds in which the plan is worth at least as much
  std::vector<FrontierPoint> frontier;
  std::vector<NextStep> next;  // one a kind, by gain for money
  std::vector<Flip> flips;     // nearest first, at most kFlips
  double gap = 0;              // what a better set could bring at most; 0: proven
  std::size_t looked_at = 0;
  bool exact = true;  // every set was looked at
  chance::Seed seed;
  std::optional<UnderLimit> tail;
  std::vector<Studied> studied;    // the investigations
  std::vector<Accepted> accepted;  // risks that are kept until a day
  Ranking ranking;
  Stability stability;
  std::vector<std::vector<Tripwire>> left;  // by option; empty for what is chosen
  std::vector<std::string> notes;
};
// As many changes as a person reads.
inline constexpr std::size_t kFlips = 5;

// The plan for a register under the limits of its problem (money, team_days), and where `tail` is
// given under its limit. Errors: as scan() and search_under_limit(). Same register and seed, same
// bits.
[[nodiscard]] Result<Plan> make_plan(const Register& reg, const Problem& limits, chance::Seed seed,
                                     const Tail* tail = nullptr);

}  // namespace daytwo::decide::plan
