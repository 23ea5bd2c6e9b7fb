// Objectives: what is left of each error budget, how fast it goes, and when that is worth a page or
// a ticket.
// Model: budget = (1 - target) * events expected in the window; a rule speaks when its short and
// its long window both burn faster than its factor and the long one holds at least k* bad events
// (orient/guard.h); it rests when the short window is below 0.9 of the factor twice running.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "model/objective.h"
#include "orient/detector.h"
#include "orient/flow.h"
#include "orient/meter.h"
#include "orient/miss.h"
#include "orient/outlook.h"

namespace daytwo::orient {

// A share with its 90 % interval.
struct ShareInterval {
  double value = 0;
  double low = 0;
  double high = 0;
};

// The interval of bad/total by Clopper and Pearson; sums of many small parts are rounded outwards.
// REQUIRES: sums.total > 0.
[[nodiscard]] ShareInterval bad_share(const model::EventSums& sums);

// Frozen = not known: the rule neither fires nor resolves.
enum class RuleState : std::uint8_t { kInactive, kFiring, kFrozen };

// One burn rule as it stands.
struct RuleStatus {
  model::BurnRule rule;
  RuleState state = RuleState::kInactive;
  std::int64_t least_bad = 0;  // k*
  model::EventSums short_sums;
  model::EventSums long_sums;
  std::string reason;  // why frozen, or "3 of at least 5 bad events"
};

// What can be said of a budget in one word; filling = its window is not whole yet.
enum class BudgetState : std::uint8_t { kUnknown, kFilling, kOk, kBurning, kSpent };

// "unknown", "filling", "ok", "burning", "spent".
[[nodiscard]] std::string_view to_string(BudgetState state);

// One objective as the pages show it.
struct ObjectiveStatus {
  model::Objective objective;
  BudgetState state = BudgetState::kUnknown;
  std::string reason;                   // why unknown: "no sample matches", a query's error
  model::EventSums sums;                // over the whole window
  std::optional<ShareInterval> sli;     // share of good events among those seen
  double unknown_share = 1;             // of the window since it is measured
  std::optional<double> budget_left;    // 1 untouched, 0 spent, negative overspent
  std::optional<double> budget_events;  // bad events the whole window allows, as expected
  std::map<std::string, double> burn;   // "1h", "6h", "3d": times the allowed speed
  struct Dates {
    Timestamp p05;
    Timestamp p50;
    Timestamp p95;
  };
  std::optional<Dates> empty_at;    // at the speed of the last hour; none when it is slow
  std::optional<MissOutlook> miss;  // none before three days are measured
  std::vector<RuleStatus> rules;
  std::string sentence;  // "99.97 % of 12,000 went well in 30d; 70 % of the budget is left"
};

// Rules whose state the last turn left: who fires and how often it was calm.
struct RuleMemory {
  bool firing = false;
  int calm = 0;
};

// What the sums say at `now`. `memory` has one entry per rule and is updated.
// REQUIRES: memory.size() == the number of rules in force.
[[nodiscard]] ObjectiveStatus judge_objective(const model::Objective& objective,
                                              const EventRings& rings, Timestamp now,
                                              std::vector<RuleMemory>& memory);

// "checkout/availability", or "watched/URL": how keys name an objective.
[[nodiscard]] std::string id_of(const model::Objective& objective);

// The detector over all declared objectives and over every watched URL that none of them names.
class Objectives final : public Detector {
 public:
  [[nodiscard]] std::string_view name() const override { return "burn"; }
  [[nodiscard]] std::string_view engine() const override { return "orient.burn/1"; }
  [[nodiscard]] Judgement judge(const View& view) override;
  // The burn of the long window changed by half, or the date of the empty budget by a quarter of
  // what was left.
  [[nodiscard]] bool moved(const facts::Record& before, const facts::Record& after) const override;
  [[nodiscard]] std::string closing_sentence(const facts::Record& before) const override;

  // What the rest of the day until `until` will do to each measured budget, by "service/name". The
  // thread of judge(). REQUIRES: as outlook_of.
  [[nodiscard]] std::map<std::string, std::pair<model::Objective, BudgetOutlook>> outlooks(
      Timestamp now, Timestamp until) const;

  // The statuses of the last turn, by service and name. Any thread.
  [[nodiscard]] std::vector<ObjectiveStatus> statuses() const;

 private:
  struct Entry {
    model::Objective objective;
    std::string problem;  // of its queries; then there is no meter
    std::unique_ptr<Meter> meter;
    std::optional<model::Flow> flow;  // whose both ends it counts
    FlowStatus flow_status;           // of the last turn
    std::optional<MissOutlook> miss;  // as of miss_at
    Timestamp miss_at;
    Timestamp held_at;  // the last turn that held back what was under way
    std::vector<RuleMemory> memory;
    bool recalled = false;  // whether memory was taken over from the journal
  };

  void follow(const View& view);
  // What is under way in a flow has not failed: it is held back from the sums until it is late.
  static void hold_back(Entry& entry, const View& view);
  // The chance of a miss, asked again every ten minutes.
  static void foretell(Entry& entry, Timestamp now, ObjectiveStatus& status);
  // A flow that wakes by itself is the one cause: its objective's burn wakes nobody besides.
  static void fold_into_flow(const Entry& entry, const View& view, Claim& claim);
  void judge_entry(Entry& entry, const View& view, Judgement& out,
                   std::vector<ObjectiveStatus>& statuses);

  std::map<std::string, Entry> entries_;  // by "service/name"
  mutable std::mutex mutex_;
  std::vector<ObjectiveStatus> statuses_;  // GUARDED_BY(mutex_)
};

}  // namespace daytwo::orient
