// Flow: messages received; were they processed? Both ends of a stage, loss and lag in time.
// Model: E = R - P - D, increments since the window began, is what is inside the stage plus what is
// lost. What is inside goes up and down; what is lost never comes back, so the floor of E over
// whole minutes rises by exactly the loss. Lag is lag(t) = t - F^-1(P(t) + D(t) + lost), F the
// arrivals: time, never backlog / rate.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/service.h"
#include "orient/detector.h"
#include "orient/flow/catch_up.h"

namespace daytwo::orient {

// A step of one side: cumulative count since the window began.
struct Arrival {
  Timestamp at;
  double count = 0;
};

// Both ends of one stage over the last hour.
struct FlowReading {
  std::vector<Arrival> received;
  std::vector<Arrival> gone;       // processed + dropped
  std::vector<Arrival> in_flight;  // what the stage says it holds; empty = it does not say
  double inside_at_start = 0;      // held when the window began, as far as counters tell
  double dropped = 0;
};

// Losing = gone for good; stalled = nothing comes out; doubling = more comes out than came in.
enum class FlowState : std::uint8_t { kUnknown, kFine, kLosing, kStalled, kDoubling };

// What can be said of one flow.
struct FlowStatus {
  std::string name;
  std::string service;
  FlowState state = FlowState::kUnknown;
  double received = 0;  // in the window
  double gone = 0;
  double dropped = 0;
  double lost = 0;                 // risen floor; while doubling, what came out twice; 0 = none
  double lost_error = 0;           // standard error of `lost`; 0 = counted exactly
  double lost_share = 0;           // of what was received since then
  double under_way = 0;            // inside and not late: neither processed nor failed
  std::optional<Timestamp> since;  // of the loss, or of the last that came out
  std::optional<Duration> lag;     // none = longer than the window
  bool apart = false;              // its ends are looked at at different instants
  std::optional<flow::CatchUp> catch_up;  // of a stage that is late and moves
  std::string sentence;                   // "0.02 % lost since 14:10, lag 40 s, between ..."
};

// What is inside a stage for longer is late.
inline constexpr Duration kFlowLate = minutes(2);

// What is inside at the end of the reading and came in less than kFlowLate ago, as far as can be
// told: what the stage says it holds, less what must be older; or, where it says nothing, what the
// last kFlowLate have added to the least it held in them. A lost message is under way for at most
// kFlowLate.
[[nodiscard]] double under_way(const FlowReading& reading);

// The judgement over one reading at `now`. Needs five whole minutes with traffic; else kUnknown.
[[nodiscard]] FlowStatus judge_flow(const FlowReading& reading, Timestamp now);

// The status of one flow; kUnknown, with the reason as its sentence, where it cannot be read. A
// flow whose ends are scraped apart is judged over a day (orient/flow/apart.h).
[[nodiscard]] FlowStatus flow_status(const model::Flow& flow, const View& view);

// True when its finding is worth waking somebody.
[[nodiscard]] bool wakes(const FlowStatus& status);

// "orders stands still", "orders loses messages": how its finding is called.
[[nodiscard]] std::string title_of(const FlowStatus& status);

// The status of every declared flow, and of every flow that applications count (label `flow` of
// daytwo_count_total) and nobody declared. Errors: as Source::select.
[[nodiscard]] Result<std::vector<FlowStatus>> flow_statuses(const View& view);

// Findings for flows that lose, double or stand still.
class Flows final : public Detector {
 public:
  [[nodiscard]] std::string_view name() const override { return "flow"; }
  [[nodiscard]] std::string_view engine() const override { return "orient.flow/1"; }
  [[nodiscard]] Judgement judge(const View& view) override;
  // The loss doubled, or its share moved by half.
  [[nodiscard]] bool moved(const facts::Record& before, const facts::Record& after) const override;
  [[nodiscard]] std::string closing_sentence(const facts::Record& before) const override;
};

}  // namespace daytwo::orient
