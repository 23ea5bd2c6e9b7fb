// Masking: what keeps a faulty application looking well. Restarts and kills that put it back on its
// feet, and copies that stand by without work: each hides what the objective should have seen.
// Model: restarts a year have Jeffreys' prior, Gamma(1/2, 0), updated by what was counted in the
// time that was watched.
// Thread rule: pure functions but for reading the journal and the samples.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "facts/journal.h"
#include "orient/detector.h"

namespace daytwo::orient {

// From so many copies on a service may have too many.
inline constexpr std::int64_t kManyCopies = 3;
// Processors that a copy uses which only stands by.
inline constexpr double kIdleCopy = 0.02;
// A start so soon after a change of the service belongs to it.
inline constexpr Duration kAfterChange = minutes(15);

// One service over a window.
struct Mask {
  std::string service;
  Duration watched;            // since its first process was seen, at most the window
  std::int64_t restarts = 0;   // a process ended and another took its place
  std::int64_t planned = 0;    // of them, soon after a change of the service
  std::int64_t kills = 0;      // by the kernel, at a memory limit
  std::int64_t copies = 0;     // that run now
  std::optional<double> used;  // processors, all copies together; nothing where not measured
  bool idle_copies = false;    // so many that most only stand by
  std::optional<chance::Estimate> a_week;  // unplanned restarts; nothing where there was none
  std::int64_t noticed = 0;                // findings that customers' side had: burns and probes
  bool has_objective = false;
  std::string sentence;

  // Restarts that nobody planned.
  [[nodiscard]] std::int64_t unplanned() const { return restarts - planned; }
  // Whether anything covers for it.
  [[nodiscard]] bool covers() const { return unplanned() > 0 || kills > 0 || idle_copies; }
};

// Services of the catalog that were seen running within `window` before view.now, those that
// something covers for first. A process whose parent belongs to the same service is a part of it,
// not a copy. A reboot is no restart. Retries are not in it: what counts them differs everywhere.
// Errors: those of the journal, and as Source::select.
[[nodiscard]] Result<std::vector<Mask>> masks(const View& view, const facts::Journal& journal,
                                              Duration window);

// One process that began or ended, as restarts are counted from them.
struct Life {
  Timestamp at;
  bool began = true;
  std::string boot;
  bool planned = false;  // soon after a change
};

// Restarts among lives in order of time, and how many were planned: a beginning takes the place of
// an earlier end in the same boot.
struct Restarts {
  std::int64_t all = 0;
  std::int64_t planned = 0;
};
[[nodiscard]] Restarts restarts_in(std::span<const Life> lives);

}  // namespace daytwo::orient
