// Process measurements with bounded cardinality: one set of series for each (workload, name), the
// rest summed up.
// Thread rule: one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "observe/metric_writer.h"
#include "observe/node/process_table.h"

namespace daytwo::observe {

// Groups that have series of their own; others go into workload="rest", name="rest".
inline constexpr std::size_t kMaxGroups = 60;
// A group without processes keeps its series that long, so that a restart is no gap.
inline constexpr Duration kGroupKept = minutes(5);

// Processes of one workload with one name.
struct ProcessGroup {
  std::string workload;
  std::string name;
  std::vector<const Process*> members;  // of the last scan, oldest first
  double cpu_seconds = 0;               // rises while the group is known
  bool own_series = false;
  Timestamp seen;
};

class ProcessGroups {
 public:
  // Sorts the processes of a scan into groups. `ticks` = clock ticks a second.
  void update(const ProcessTable& processes, std::int64_t ticks, Timestamp now);
  // Series daytwo_process_* (see README).
  void write(MetricWriter& out) const;
  // All groups with members or still kept.
  [[nodiscard]] const std::map<std::pair<std::string, std::string>, ProcessGroup>& all() const {
    return groups_;
  }

 private:
  void choose();

  std::map<std::pair<std::string, std::string>, ProcessGroup> groups_;  // (workload, name)
  double rest_cpu_seconds_ = 0;
};

}  // namespace daytwo::observe
