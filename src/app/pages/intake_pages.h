// What senders bring besides samples: counts, alerts, sightings of agents, a team's own history.
#pragma once

#include <string>
#include <vector>

#include "api/services.h"
#include "app/pages/context.h"
#include "observe/count/counts.h"
#include "observe/receive/alert_receiver.h"

namespace daytwo::app {

class IntakePages final : public api::IntakeService {
 public:
  // `sink` takes the counters; load() reads the last values back once the store is open.
  IntakePages(PageContext context, series::Sink& sink)
      : context_(std::move(context)), counts_(sink) {}

  // Reads counters and alerts back. Before it succeeds counting is refused.
  [[nodiscard]] Result<void> load();
  // Keeps idle counters findable and ends alerts that nobody renewed; to be called every few
  // seconds.
  [[nodiscard]] Result<void> step();

  [[nodiscard]] Result<void> alerts(std::vector<facts::AlertSeen> alerts) override;
  [[nodiscard]] Result<void> count(const std::string& name, double amount,
                                   const series::Labels& labels) override;
  [[nodiscard]] Result<void> sightings(std::vector<facts::Record> records) override;
  [[nodiscard]] Result<api::ImportReport> import(const std::string& kind, const std::string& text,
                                                 const std::string& by) override;

 private:
  [[nodiscard]] Result<api::ImportReport> import_cost(const std::string& text);

  const PageContext context_;
  observe::Counts counts_;
  observe::AlertReceiver alerts_;
};

}  // namespace daytwo::app
