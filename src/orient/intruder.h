// Intruder: a program inside a limited group that nobody put there on purpose, as far as can be
// seen. What speaks for one, all of it together: no package owns its executable and no service of
// the catalog runs it; it stands beside programs that are owned or declared, or lies where anybody
// may write; and it uses at least half a processor without a pause, as mining does and a batch job
// of the service rarely.
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "orient/detector.h"

namespace daytwo::orient {

// Each of so many minutes has to be busy: shorter work is a job, not a lodger.
inline constexpr int kBusyMinutes = 3;
// Processors used in the idlest of them.
inline constexpr double kBusyProcessors = 0.5;

// A program that fits.
struct Intruder {
  std::string executable;
  std::int64_t pid = 0;
  std::string user;
  double processors = 0;           // that all of its name use, over the busy minutes
  std::vector<std::string> signs;  // what speaks for it, as parts of a sentence
  std::uint64_t record = 0;        // the sighting of its process
  std::string query;               // PromQL of its use
};

// The busiest such program among the processes of `cgroup` and below on `host`; nothing where none
// fits, and where the host's packages are not known: then owned cannot be told from not. Errors: as
// Source::select.
[[nodiscard]] Result<std::optional<Intruder>> find_intruder(const View& view,
                                                            const std::string& host,
                                                            const std::string& cgroup);

// "/tmp/.x/kdevtmpfsi (pid 17 as www-data) uses 1.9 processors without a pause; no package owns it,
// ..."
[[nodiscard]] std::string intruder_words(const Intruder& intruder);

}  // namespace daytwo::orient
