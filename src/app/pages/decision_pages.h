// Questions of money that take more than one service to answer: what is the next nine worth, what
// does a year cost?
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "api/services.h"
#include "app/pages/context.h"
#include "app/pages/nines_cache.h"
#include "decide/risk/portfolio.h"
#include "orient/objectives.h"

namespace daytwo::app {

class DecisionPages final : public api::DecisionService {
 public:
  DecisionPages(PageContext context,
                std::function<std::vector<orient::ObjectiveStatus>()> objectives)
      : context_(std::move(context)), objectives_(std::move(objectives)) {}

  [[nodiscard]] Result<api::NinesPage> nines(const api::NinesRequest& request) override;
  [[nodiscard]] Result<api::NinesOverview> all_nines() override;
  [[nodiscard]] Result<api::RiskPage> risk(const std::vector<std::string>& with) override;
  [[nodiscard]] Result<api::HistoryPage> history() override;

  // How often a curve of nines was drawn, for tests.
  [[nodiscard]] int drawn() const { return curves_.drawn(); }

 private:
  // The last portfolio with all that it was made from: years are simulated once for what is said.
  struct Made {
    std::shared_ptr<const Config> config;
    std::string stated;  // stakes, deploys, history, options in place
    std::shared_ptr<const decide::risk::Portfolio> portfolio;
  };

  const PageContext context_;
  const std::function<std::vector<orient::ObjectiveStatus>()> objectives_;
  NinesCache curves_;
  std::mutex mutex_;
  Made last_;  // guarded by mutex_
};

}  // namespace daytwo::app
