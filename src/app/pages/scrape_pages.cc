#include "app/pages/scrape_pages.h"

namespace daytwo::app {

std::vector<api::ScrapeTarget> ScrapePages::targets() {
  std::vector<api::ScrapeTarget> out;
  for (const auto& [target, state] : targets_()) {
    api::ScrapeTarget row;
    std::vector<series::Label> labels = target.labels;
    labels.push_back({"job", target.job});
    labels.push_back({"instance", target.instance});
    row.labels = series::Labels(std::move(labels));
    row.pool = target.job;
    row.url = target.url;
    row.last_error = state.error;
    row.last_scrape = state.last;
    row.last_duration = state.took;
    row.interval = target.interval;
    row.timeout = target.timeout;
    row.health = state.health == observe::TargetState::Health::kUp     ? "up"
                 : state.health == observe::TargetState::Health::kDown ? "down"
                                                                       : "unknown";
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace daytwo::app
