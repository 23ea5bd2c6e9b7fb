#include "app/pages/objective_view.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>

#include "model/objective.h"
#include "orient/flow.h"
#include "orient/miss.h"

namespace daytwo::app {
namespace {

api::ObjectiveState to_state(orient::BudgetState state) {
  switch (state) {
    case orient::BudgetState::kUnknown:
      return api::ObjectiveState::kUnknown;
    case orient::BudgetState::kFilling:
      return api::ObjectiveState::kFilling;
    case orient::BudgetState::kOk:
      return api::ObjectiveState::kOk;
    case orient::BudgetState::kBurning:
      return api::ObjectiveState::kBurning;
    case orient::BudgetState::kSpent:
      return api::ObjectiveState::kSpent;
  }
  return api::ObjectiveState::kUnknown;
}

api::ObjectiveRow to_row(const orient::ObjectiveStatus& status) {
  const model::Objective& objective = status.objective;
  api::ObjectiveRow row;
  row.id = objective.service.value + '/' + objective.name;
  row.service = objective.service.value;
  row.name = objective.name;
  row.target = model::target_words(objective.target_ppb);
  row.window = to_string(objective.window);
  row.state = to_state(status.state);
  if (status.sli) {
    row.sli = status.sli->value;
    row.low = status.sli->low;
    row.high = status.sli->high;
  }
  row.good = status.sums.total - status.sums.bad;
  row.bad = status.sums.bad;
  row.unknown_share = status.unknown_share;
  row.budget_left = status.budget_left;
  for (const char* window : {"1h", "6h", "3d"}) {
    const auto burn = status.burn.find(window);
    row.burn.push_back(
        {window, burn == status.burn.end() ? std::nullopt : std::optional(burn->second)});
  }
  if (status.miss) {
    row.p_miss = status.miss->chance;
    row.p_miss_at = status.miss->at;
  }
  row.p_miss_sentence = orient::miss_words(status.miss);
  row.sentence = status.sentence.empty() ? status.reason : status.sentence;
  row.query_good = objective.good.empty() ? objective.probe : objective.good;
  row.query_total = objective.total;
  return row;
}

// What orient makes of the flow now.
void take_status(api::FlowRow& row, const std::vector<orient::FlowStatus>& statuses) {
  constexpr std::array<const char*, 5> kStates = {"unknown", "fine", "losing", "stalled",
                                                  "doubling"};
  for (const orient::FlowStatus& status : statuses) {
    if (status.name != row.name || status.service != row.service) continue;
    row.sentence = status.sentence;
    row.state = kStates.at(static_cast<std::size_t>(status.state));
    row.since = status.since;
    if (status.lag) row.lag_ms = static_cast<double>(status.lag->ms);
    if (status.state == orient::FlowState::kLosing) row.lost_share = status.lost_share;
  }
}

std::optional<double> in_last_hour(const PageContext& context, const std::string& selector) {
  if (selector.empty()) return std::nullopt;
  return context.ask(fmt::format("sum(increase({}[1h]))", selector));
}

}  // namespace

std::vector<api::ObjectiveRow> objective_rows(
    const std::vector<orient::ObjectiveStatus>& statuses) {
  std::vector<api::ObjectiveRow> out;
  out.reserve(statuses.size());
  for (const orient::ObjectiveStatus& status : statuses) out.push_back(to_row(status));
  return out;
}

std::vector<api::FlowRow> flow_rows(const PageContext& context) {
  std::vector<api::FlowRow> out;
  const facts::Snapshot snapshot = context.journal.snapshot();
  const std::shared_ptr<const Config> config = context.config();
  const auto statuses =
      orient::flow_statuses({snapshot, context.source, config->catalog, context.clock.wall()});
  for (const model::Service& service : config->catalog.all()) {
    for (const model::Flow& flow : service.flows) {
      api::FlowRow row;
      row.name = flow.name;
      row.service = service.id.value;
      const auto received = in_last_hour(context, flow.received);
      const auto processed = in_last_hour(context, flow.processed);
      row.received = received.value_or(0);
      row.processed = processed.value_or(0);
      row.dropped = in_last_hour(context, flow.dropped).value_or(0);
      if (!flow.in_flight.empty()) row.in_flight = context.ask("sum(" + flow.in_flight + ')');
      row.state = received && processed ? "counted" : "unknown";
      row.sentence = received && processed ? "over the last hour" : "one end is not counted yet";
      if (statuses) take_status(row, *statuses);
      out.push_back(std::move(row));
    }
  }
  return out;
}

}  // namespace daytwo::app
