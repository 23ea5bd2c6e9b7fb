// The host as it is now, for pages that show every process: an immutable picture of the last scan.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "facts/sighting.h"

namespace daytwo::observe {

// One process of the last scan.
struct ProcessView {
  std::int64_t pid = 0;
  std::int64_t parent_pid = 0;
  std::string name;
  std::string user;
  std::string command;  // redacted
  std::string executable;
  std::string workload;
  std::string package;
  std::string cgroup;
  Timestamp started;
  double cpu_share = 0;  // of one core, over the last interval
  std::int64_t resident_bytes = 0;
  std::int64_t threads = 0;
  std::optional<std::int64_t> descriptors;
  std::optional<std::int64_t> descriptor_limit;
  std::string listens;  // "tcp 0.0.0.0:443, tcp [::]:443"; empty = none seen
  bool visible = false;
};

// One filesystem of the last scan.
struct FilesystemView {
  facts::FilesystemSeen facts;
  std::int64_t used_bytes = 0;
  std::int64_t available_bytes = 0;
  std::int64_t inodes = 0;
  std::int64_t inodes_free = 0;
};

// One host at one instant.
struct NodeView {
  Timestamp at;
  facts::HostSeen host;
  std::vector<ProcessView> processes;
  std::vector<facts::ListenerSeen> listeners;
  std::vector<FilesystemView> filesystems;
  std::vector<facts::LimitSeen> limits;
  std::vector<std::string> coverage;  // sentences on what could not be seen; empty = everything
  std::size_t packages = 0;
};

}  // namespace daytwo::observe
