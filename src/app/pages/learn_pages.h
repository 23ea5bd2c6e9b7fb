// Forecasts and their scores.
#pragma once

#include "api/services.h"
#include "app/pages/context.h"

namespace daytwo::app {

class LearnPages final : public api::LearnService {
 public:
  explicit LearnPages(PageContext context) : context_(std::move(context)) {}
  [[nodiscard]] Result<api::LearnPage> learn() override;

 private:
  const PageContext context_;
};

}  // namespace daytwo::app
