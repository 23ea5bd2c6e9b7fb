// CPU: "over 90 %: is that a problem?" A busy processor is a symptom of nothing by itself: it is
// one when customers feel something while work waits for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "orient/detector.h"
#include "orient/objectives.h"

namespace daytwo::orient {

// Over which time use is measured, and how much of it must have been.
struct CpuWindow {
  Duration back;
  Duration least;
};
// What a detector judges by: no peak of a minute is a finding.
inline constexpr CpuWindow kFiveMinutes{minutes(5), minutes(4)};
// What a person who asks now means.
inline constexpr CpuWindow kLastMinute{minutes(1), seconds(20)};

// Busy = above nine tenths: of a host's processors, or of one processor for a service.
enum class CpuState : std::uint8_t { kCalm, kBusy, kProblem };

// One host, or one service on one host.
struct CpuAnswer {
  std::string host;
  std::string service;            // empty = the whole host
  Duration span;                  // that was measured
  double busy = 0;                // share of all processors of the host, 0 to 1
  double used = 0;                // processors in use
  double processors = 0;          // that the host has
  std::optional<double> waiting;  // share of time in which work waited for a processor (PSI)
  CpuState state = CpuState::kCalm;
  std::vector<std::string> reasons;  // what makes it a problem
  std::vector<std::string> users;    // of a host: who uses most, "search 1.9"
  std::string sentence;              // the whole answer
};

// The answer for every host with processor samples, busy or not, by host. Open findings of probes
// and burning budgets are what customers feel. Errors: as Source::select.
[[nodiscard]] Result<std::vector<CpuAnswer>> cpu_answers(
    const View& view, const std::vector<ObjectiveStatus>& objectives, CpuWindow window);

// The same for every service of the catalog that is seen running on a host with such samples, by
// service and host. What customers feel is what they feel of it and of whatever depends on it.
[[nodiscard]] Result<std::vector<CpuAnswer>> service_cpu_answers(
    const View& view, const std::vector<ObjectiveStatus>& objectives, CpuWindow window);

// A ticket for hosts above nine tenths for five minutes; it says whether that is a problem. It
// never pages: what customers feel pages by itself.
class Cpu final : public Detector {
 public:
  explicit Cpu(const Objectives& objectives) : objectives_(objectives) {}

  [[nodiscard]] std::string_view name() const override { return "cpu"; }
  [[nodiscard]] std::string_view engine() const override { return "orient.cpu/2"; }
  [[nodiscard]] Judgement judge(const View& view) override;
  [[nodiscard]] std::string closing_sentence(const facts::Record& before) const override;

 private:
  const Objectives& objectives_;
};

}  // namespace daytwo::orient
