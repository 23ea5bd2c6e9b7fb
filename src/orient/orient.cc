#include "orient/orient.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "facts/journal.h"
#include "facts/record.h"
#include "orient/alerts.h"
#include "orient/budgets.h"
#include "orient/cpu.h"
#include "orient/declared.h"
#include "orient/detector.h"
#include "orient/drift.h"
#include "orient/exposure.h"
#include "orient/flow.h"
#include "orient/memory_cap.h"
#include "orient/objectives.h"
#include "orient/probes.h"
#include "orient/runout.h"
#include "orient/settle.h"
#include "orient/tripwires.h"
#include "series/source.h"

namespace daytwo::orient {

Orient::Orient(Options options, Declarations declarations)
    : options_(std::move(options)), declarations_(std::move(declarations)) {
  build();
}

Orient::~Orient() = default;

void Orient::build() {
  owned_.clear();
  owned_.push_back(std::make_unique<Probes>());
  owned_.push_back(std::make_unique<Alerts>());
  owned_.push_back(std::make_unique<Flows>());
  owned_.push_back(std::make_unique<RunOut>());
  owned_.push_back(std::make_unique<MemoryCap>());
  owned_.push_back(std::make_unique<Drift>(declarations_.baselines));
  owned_.push_back(std::make_unique<Declared>());
  owned_.push_back(std::make_unique<ExposureDetector>(declarations_.advisories,
                                                      declarations_.advisory_problems));
  owned_.push_back(std::make_unique<Cpu>(objectives_));
  owned_.push_back(std::make_unique<Budgets>(objectives_));
  owned_.push_back(std::make_unique<Tripwires>());
  detectors_ = {&objectives_};
  for (const auto& detector : owned_) detectors_.push_back(detector.get());
}

void Orient::configure(Declarations declarations) {
  declarations_ = std::move(declarations);
  build();
}

std::vector<std::string> Orient::detectors() const {
  std::vector<std::string> out;
  for (const Detector* detector : detectors_) out.emplace_back(detector->name());
  return out;
}

std::vector<ObjectiveStatus> Orient::objectives() const { return objectives_.statuses(); }

std::vector<facts::Record> Orient::step(const facts::Snapshot& snapshot,
                                        const series::Source& source, Timestamp now) {
  const View view{snapshot, source, declarations_.catalog, now};
  std::vector<facts::Record> out;
  for (Detector* detector : detectors_) {
    const std::string name(detector->name());
    if (options_.disabled.contains(name)) continue;
    const std::int64_t began = options_.stopwatch ? options_.stopwatch() : 0;
    auto records = settle(*detector, detector->judge(view), snapshot, now);
    if (options_.metrics != nullptr) {
      options_.metrics
          ->counter("daytwo_orient_records_total", "Records written", {{"detector", name}})
          .add(static_cast<double>(records.size()));
      if (options_.stopwatch) {
        options_.metrics
            ->counter("daytwo_orient_seconds_total", "Time in a detector", {{"detector", name}})
            .add(static_cast<double>(options_.stopwatch() - began) * 1e-9);
      }
    }
    for (auto& record : records) out.push_back(std::move(record));
  }
  return out;
}

}  // namespace daytwo::orient
