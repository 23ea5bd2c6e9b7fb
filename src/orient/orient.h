// Orient: the choke point through which every detector runs. It can disable, time and count each,
// and it settles what they say against the journal.
// Thread rule: configure() and step() from one thread at a time; objectives() from any.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/metrics.h"
#include "base/time.h"
#include "facts/journal.h"
#include "model/baseline.h"
#include "model/service.h"
#include "model/software/advisory_index.h"
#include "orient/detector.h"
#include "orient/objectives.h"
#include "series/source.h"

namespace daytwo::orient {

// What orient needs from outside. All of it may be left as it is.
struct Options {
  // Names of detectors that do not run ("cpu"); their open findings stay as they were.
  std::set<std::string> disabled;
  // A monotonic stopwatch in nanoseconds, so that each detector can be timed; none = not timed.
  std::function<std::int64_t()> stopwatch;
  Registry* metrics = nullptr;
};

// What was declared: replaced as a whole on a reload.
struct Declarations {
  model::Catalog catalog;
  std::vector<model::Baseline> baselines;
  std::shared_ptr<const model::AdvisoryIndex> advisories;  // null = none configured
  std::vector<std::string> advisory_problems;              // files not read, and why
};

// Runs all detectors over one view.
class Orient {
 public:
  Orient(Options options, Declarations declarations);
  ~Orient();

  // Takes new declarations. Sums of objectives that stayed the same are kept.
  void configure(Declarations declarations);

  // One turn: the records that bring the journal up to date. Cost: see bench/orient_bench.cc.
  [[nodiscard]] std::vector<facts::Record> step(const facts::Snapshot& snapshot,
                                                const series::Source& source, Timestamp now);

  // Where each error budget stands after the last turn, by service and name.
  [[nodiscard]] std::vector<ObjectiveStatus> objectives() const;

  // Names of all detectors, in the order they run.
  [[nodiscard]] std::vector<std::string> detectors() const;

 private:
  void build();

  Options options_;
  Declarations declarations_;
  // Lives through a reload: it holds sums.
  Objectives objectives_;
  std::vector<std::unique_ptr<Detector>> owned_;
  std::vector<Detector*> detectors_;  // in the order they run; into owned_ and objectives_
};

}  // namespace daytwo::orient
