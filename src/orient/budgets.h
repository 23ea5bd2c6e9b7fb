// Budgets: one note for each measured objective as its day begins, with where the budget stands and
// what the rest of the day usually does to it. It is no worry: it is what other rooms foretell
// from, and what later tells them the truth.
#pragma once

#include <string>
#include <string_view>

#include "orient/detector.h"
#include "orient/objectives.h"

namespace daytwo::orient {

// Writes on each objective's first turn and on the first turn of each day (UTC).
class Budgets final : public Detector {
 public:
  explicit Budgets(const Objectives& objectives) : objectives_(objectives) {}

  [[nodiscard]] std::string_view name() const override { return "objective"; }
  [[nodiscard]] std::string_view engine() const override { return "orient.objective/1"; }
  [[nodiscard]] Judgement judge(const View& view) override;
  [[nodiscard]] std::string closing_sentence(const facts::Record& before) const override;

 private:
  const Objectives& objectives_;
};

}  // namespace daytwo::orient
