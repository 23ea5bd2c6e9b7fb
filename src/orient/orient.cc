#include "orient/orient.h"

#include <utility>

#include "orient/alerts.h"
#include "orient/declared.h"
#include "orient/drift.h"
#include "orient/exposure.h"
#include "orient/probes.h"
#include "orient/runout.h"
#include "orient/settle.h"

namespace daytwo::orient {

Orient::Orient(Options options, Declarations declarations)
    : options_(std::move(options)), declarations_(std::move(declarations)) {
  build();
}

Orient::~Orient() = default;

void Orient::build() {
  detectors_.clear();
  detectors_.push_back(std::make_unique<Probes>());
  detectors_.push_back(std::make_unique<Alerts>());
  detectors_.push_back(std::make_unique<RunOut>());
  detectors_.push_back(std::make_unique<Drift>(declarations_.baselines));
  detectors_.push_back(std::make_unique<Declared>());
  detectors_.push_back(std::make_unique<ExposureDetector>(declarations_.advisories));
}

void Orient::configure(Declarations declarations) {
  declarations_ = std::move(declarations);
  build();
}

std::vector<std::string> Orient::detectors() const {
  std::vector<std::string> out;
  for (const auto& detector : detectors_) out.emplace_back(detector->name());
  return out;
}

std::vector<facts::Record> Orient::step(const facts::Snapshot& snapshot,
                                        const series::Source& source, Timestamp now) {
  const View view{snapshot, source, declarations_.catalog, now};
  std::vector<facts::Record> out;
  for (const auto& detector : detectors_) {
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
