// CPU: "over 90 %: is that a problem?" A busy processor is a symptom of nothing by itself: it is
// one when work waits for it, or when a promise is broken meanwhile.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "orient/detector.h"
#include "orient/objectives.h"

namespace daytwo::orient {

// One host over the last five minutes.
struct CpuAnswer {
  std::string host;
  double busy = 0;                // share of all processors, 0 to 1
  std::optional<double> waiting;  // share of time in which work waited for a processor (PSI)
  bool problem = false;
  std::vector<std::string> reasons;  // what makes it one
  std::string sentence;              // the whole answer
};

// The answer for every host with CPU samples, busy or not, by host. Open findings of probes and
// burning budgets count as symptoms. Errors: as Source::select.
[[nodiscard]] Result<std::vector<CpuAnswer>> cpu_answers(
    const View& view, const std::vector<ObjectiveStatus>& objectives);

// A ticket for hosts above nine tenths for five minutes; it says whether that is a problem. It
// never pages: what customers feel pages by itself.
class Cpu final : public Detector {
 public:
  explicit Cpu(const Objectives& objectives) : objectives_(objectives) {}

  [[nodiscard]] std::string_view name() const override { return "cpu"; }
  [[nodiscard]] std::string_view engine() const override { return "orient.cpu/1"; }
  [[nodiscard]] Judgement judge(const View& view) override;
  [[nodiscard]] std::string closing_sentence(const facts::Record& before) const override;

 private:
  const Objectives& objectives_;
};

}  // namespace daytwo::orient
