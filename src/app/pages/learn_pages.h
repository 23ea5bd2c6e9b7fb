// Forecasts and their scores; calibration training.
#pragma once

#include <cstdint>
#include <string>

#include "api/services.h"
#include "app/pages/context.h"

namespace daytwo::app {

class LearnPages final : public api::LearnService {
 public:
  explicit LearnPages(PageContext context) : context_(std::move(context)) {}
  [[nodiscard]] Result<api::LearnPage> learn() override;
  [[nodiscard]] Result<api::TrainingPage> training(std::int64_t seed) override;
  [[nodiscard]] Result<api::TrainingResult> answer_training(const api::TrainingRequest& request,
                                                            const std::string& by) override;

 private:
  const PageContext context_;
};

}  // namespace daytwo::app
