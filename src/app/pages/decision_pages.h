// Questions of money that take more than one service to answer: what is the next nine worth?
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "api/services.h"
#include "app/pages/context.h"
#include "orient/objectives.h"

namespace daytwo::app {

class DecisionPages final : public api::DecisionService {
 public:
  DecisionPages(PageContext context,
                std::function<std::vector<orient::ObjectiveStatus>()> objectives)
      : context_(std::move(context)), objectives_(std::move(objectives)) {}

  [[nodiscard]] Result<api::NinesPage> nines(const api::NinesRequest& request) override;
  [[nodiscard]] Result<api::HistoryPage> history() override;

 private:
  const PageContext context_;
  const std::function<std::vector<orient::ObjectiveStatus>()> objectives_;
};

}  // namespace daytwo::app
