// Tripwires: the conditions under which a verdict flips, watched and said.
#pragma once

#include <string>
#include <string_view>

#include "orient/detector.h"

namespace daytwo::orient {

// One finding per verdict whose tripwire is crossed. A person's decision stands above the computed
// verdict: where both have one, the person's is watched. A query without an answer is unknown. What
// a person left is crossed, too, once the computed verdict, which did not say so then, says do it:
// a rate, a price or an option has changed.
class Tripwires final : public Detector {
 public:
  [[nodiscard]] std::string_view name() const override { return "tripwire"; }
  [[nodiscard]] std::string_view engine() const override { return "orient.tripwire/1"; }
  [[nodiscard]] Judgement judge(const View& view) override;
  [[nodiscard]] std::string closing_sentence(const facts::Record& before) const override;
};

}  // namespace daytwo::orient
