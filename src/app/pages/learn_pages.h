// Forecasts and their scores; calibration training; how useful alerts were.
#pragma once

#include <cstdint>
#include <string>

#include "api/services.h"
#include "app/pages/context.h"
#include "learn/summary.h"

namespace daytwo::app {

class LearnPages final : public api::LearnService {
 public:
  explicit LearnPages(PageContext context) : context_(std::move(context)) {}
  [[nodiscard]] Result<api::LearnPage> learn() override;
  [[nodiscard]] Result<api::NoisePage> noise(Duration window) override;
  [[nodiscard]] Result<api::TrainingPage> training(std::int64_t seed) override;
  [[nodiscard]] Result<api::TrainingResult> answer_training(const api::TrainingRequest& request,
                                                            const std::string& by) override;

 private:
  const PageContext context_;
};

// "99.95 %"; of a budget (`of` says so) to the per cent it is spent in, not to the nines it may
// hold: "41.2 %", "-1120 %".
[[nodiscard]] std::string share_words(double share, std::string_view of);

// How often ranges held and what is wrong with them, as one sentence that cannot contradict itself:
// "Of 200 ranges of 90 % 91 % held, as said (90 %: 87 to 94 %), but ranges are too wide."
[[nodiscard]] std::string held_words(const api::CoverageScore& coverage,
                                     const learn::Spread& spread);

}  // namespace daytwo::app
