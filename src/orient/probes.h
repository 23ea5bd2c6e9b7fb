// Probes: a watched URL that is down is a worry at once.
#pragma once

#include <string>
#include <string_view>

#include "orient/detector.h"

namespace daytwo::orient {

// One finding per URL that is down, and one per certificate that ends within a month.
class Probes final : public Detector {
 public:
  [[nodiscard]] std::string_view name() const override { return "probe"; }
  [[nodiscard]] std::string_view engine() const override { return "orient.probe/1"; }
  [[nodiscard]] Judgement judge(const View& view) override;
  [[nodiscard]] std::string closing_sentence(const facts::Record& before) const override;
};

}  // namespace daytwo::orient
