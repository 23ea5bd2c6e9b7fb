// Alerts: what another system already decided to say, taken as a worry with its own severity.
#pragma once

#include <string>
#include <string_view>

#include "orient/detector.h"

namespace daytwo::orient {

// One finding per firing alert; resolved or past its end it closes.
class Alerts final : public Detector {
 public:
  [[nodiscard]] std::string_view name() const override { return "alert"; }
  [[nodiscard]] std::string_view engine() const override { return "orient.alert/1"; }
  [[nodiscard]] Judgement judge(const View& view) override;
  [[nodiscard]] std::string closing_sentence(const facts::Record& before) const override;
};

}  // namespace daytwo::orient
