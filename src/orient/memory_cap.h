// Memory cap: a workload at its memory limit, and what speaks for a leak, too little, or neither.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "orient/detector.h"
#include "orient/intruder.h"
#include "series/value.h"

namespace daytwo::orient {

// What an hour of one workload's memory shows.
struct MemoryEvidence {
  double limit = 0;
  double anonymous = 0;  // newest, bytes; what cannot be dropped
  double working_set = 0;
  double file = 0;
  double kills = 0;         // by the kernel, in the hour
  double recent_kills = 0;  // in the last ten minutes
  double limit_hits = 0;    // allocations that met the limit, in ten minutes
  std::size_t starts = 1;   // lives of the workload in the hour; a fall to below half begins one
  // Growth of anonymous memory in bytes an hour, of the life that is on; none under ten minutes.
  struct Growth {
    double low = 0;  // 90 % interval
    double value = 0;
    double high = 0;
    double seconds = 0;  // how long that life is
  };
  std::optional<Growth> growth;
  std::vector<double> slopes;  // of earlier lives that were long enough, bytes an hour
};

// What may be behind a workload at its limit.
enum class CapHypothesis : std::uint8_t { kCannotTell, kLeak, kTooLittle, kCacheOnly, kIntruder };

// What the evidence supports, and the sentence that says so.
struct CapAnswer {
  CapHypothesis hypothesis = CapHypothesis::kCannotTell;
  std::string because;
  std::string next_step;
};

// Reads an hour of samples. `kills` and `hits` are counters.
[[nodiscard]] MemoryEvidence memory_evidence(double limit, const series::Column& anonymous,
                                             const series::Column& working_set,
                                             const series::Column& file,
                                             const series::Column& kills,
                                             const series::Column& hits, Timestamp now);

// Which hypothesis holds. Three lives that grow alike are a leak, a plateau under the limit with
// the limit being met is too little, and otherwise it cannot be told yet: then the next step is the
// experiment that would tell.
[[nodiscard]] CapAnswer judge_memory(const MemoryEvidence& evidence, const std::string& workload);

// What a program that nobody accounts for changes: it comes first, since a higher limit would feed
// it, and pages whoever owns the workload. What the memory alone says stands behind it.
[[nodiscard]] CapAnswer with_intruder(const CapAnswer& memory, const Intruder& intruder);

// Findings for workloads above nine tenths of their limit, or killed within the hour.
class MemoryCap final : public Detector {
 public:
  [[nodiscard]] std::string_view name() const override { return "memory"; }
  [[nodiscard]] std::string_view engine() const override { return "orient.memory_cap/1"; }
  [[nodiscard]] Judgement judge(const View& view) override;
  [[nodiscard]] std::string closing_sentence(const facts::Record& before) const override;
};

}  // namespace daytwo::orient
