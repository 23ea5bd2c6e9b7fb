// What things are worth: stated in the configuration or by answering, offered with citations.
#pragma once

#include <string>

#include "api/services.h"
#include "app/pages/context.h"

namespace daytwo::app {

class StakesPages final : public api::StakesService {
 public:
  explicit StakesPages(PageContext context) : context_(std::move(context)) {}

  [[nodiscard]] Result<api::StakesPage> stakes() override;
  [[nodiscard]] Result<api::StakesPage> state(const api::StakesRequest& request,
                                              const std::string& by) override;

 private:
  const PageContext context_;
};

}  // namespace daytwo::app
