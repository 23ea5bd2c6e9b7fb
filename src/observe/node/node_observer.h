// The observer of one host: what runs on it, what that uses, and what changed.
// Model: a reducer over env::Files; step() does what is due (pressure every second, all else every
// ten), returns measurements and changes, and never fails: what cannot be seen is counted and said.
// Thread rule: step() and restore() from one thread; view() from any.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/metrics.h"
#include "base/time.h"
#include "env/files.h"
#include "env/system.h"
#include "facts/journal.h"
#include "observe/metric_writer.h"
#include "observe/node/cgroups.h"
#include "observe/node/listeners.h"
#include "observe/node/packages.h"
#include "observe/node/process_groups.h"
#include "observe/node/process_table.h"
#include "observe/node/view.h"
#include "observe/observation.h"
#include "observe/sighting_table.h"
#include "observe/staleness.h"

namespace daytwo::observe {

// What a person may want otherwise. A longer interval costs less and sees less.
struct NodeOptions {
  std::string host;  // empty = the system's name
  Duration interval = seconds(10);
  Duration pressure_interval = seconds(1);
  bool packages = true;
};

class NodeObserver {
 public:
  // `own` gets daytwo_node_* counters: scans, lines skipped, sightings held back.
  NodeObserver(NodeOptions options, const env::Files& files, const env::System& system,
               Registry& own);

  // Takes what the journal holds as already said, so that a restart repeats nothing. Before the
  // first step.
  void restore(std::span<const facts::RecordPtr> records);

  // When step() has work again; in the past when it is late.
  [[nodiscard]] Timestamp next_due() const;
  // Does what is due at `now`. A wall clock that went back starts the intervals anew.
  [[nodiscard]] Observation step(Timestamp now);
  // Stale markers for every series, when observing ends.
  [[nodiscard]] Observation stop(Timestamp now);

  [[nodiscard]] const std::string& host() const { return host_; }
  // The last full scan; never null, empty before the first.
  [[nodiscard]] std::shared_ptr<const NodeView> view() const;

 private:
  struct Gap {  // something that could not be seen
    std::string what;
    std::int64_t seen = 0;
    std::int64_t total = 0;
    std::string advice;
    std::string sentence;
  };

  void scan_pressure();
  void scan_host();
  void scan_filesystems();
  void scan_processes();
  void scan_cgroups();
  void write_cgroup_cpu();
  void write_agent();
  // Text of a kernel file, empty when it cannot be read.
  [[nodiscard]] std::string read(const std::string& path) const;

  void see_host();
  void see_processes();
  void see_listeners();
  void see_packages();
  void see_mappings();
  void see_coverage();
  void note(std::string what, std::size_t seen, std::size_t total, std::string advice,
            std::string sentence);
  void publish(Timestamp now);
  [[nodiscard]] std::string key(std::string_view kind, std::string_view rest) const;
  [[nodiscard]] std::string owner_of(const Process& process) const;

  const NodeOptions options_;
  const env::Files& files_;
  const env::System& system_;
  const std::string host_;

  MetricWriter pressure_writer_;
  MetricWriter writer_;
  Staleness pressure_staleness_;
  Staleness staleness_;
  SightingTable sightings_;
  Cgroups cgroups_;
  ProcessTable processes_;
  ProcessGroups groups_;
  Listeners listeners_;
  Packages packages_;

  Timestamp pressure_due_ = kMinTimestamp;
  Timestamp scan_due_ = kMinTimestamp;
  Timestamp last_step_ = kMinTimestamp;
  facts::HostSeen seen_host_;
  std::int64_t boot_seconds_ = 0;
  std::size_t pressure_files_ = 0;
  std::size_t skipped_lines_ = 0;
  std::size_t packages_said_ = 0;
  std::uint64_t packages_generation_ = 0;
  std::uint64_t mapping_generation_ = 0;
  std::uint64_t mapping_owner_generation_ = 0;
  std::size_t mapping_members_ = 0;
  std::vector<FilesystemView> filesystems_;
  std::size_t unasked_filesystems_ = 0;
  std::vector<facts::LimitSeen> limits_;
  std::vector<Gap> gaps_;

  Metric& scans_;
  Metric& skipped_;
  Metric& held_back_;

  mutable std::mutex view_mutex_;
  std::shared_ptr<const NodeView> view_;  // guarded by view_mutex_
};

}  // namespace daytwo::observe
