// GET /history: what really happened, for papers that are worked out elsewhere.
#include "app/history.h"
#include "app/pages/decision_pages.h"
#include "decide/history.h"

namespace daytwo::app {

Result<api::HistoryPage> DecisionPages::history() {
  const decide::History history =
      decide::history_of(context_.journal.snapshot(), context_.clock.wall());
  api::HistoryPage page;
  page.sentence = history_sentence(history);
  for (const auto& each : history.incidents) {
    page.incidents.push_back({each.service, each.title, each.began, each.hours});
  }
  for (const auto& each : history.near_misses) {
    page.near_misses.push_back({each.service, each.title, each.began, 0});
  }
  for (const auto& each : history.alert_days) {
    page.alert_days.push_back({each.alert, each.service, each.at});
  }
  for (const auto& each : history.deploys) {
    page.deploys.push_back({each.service, each.count, each.since});
  }
  if (!history.incidents.empty()) page.since = history.since;
  stamp(context_, page);
  return page;
}

}  // namespace daytwo::app
