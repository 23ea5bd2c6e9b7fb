// Control groups, v1 and v2, each controller where it is mounted (hybrid hosts mount v2 without
// controllers). Sources: kernel admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "env/files.h"
#include "observe/node/mounts.h"
#include "observe/node/process_files.h"

namespace daytwo::observe {

// Where one controller's hierarchy is.
struct CgroupMount {
  std::string point;
  std::string root;  // what of the hierarchy is mounted there; "/" but in containers
  bool unified = false;
};

// Memory of one cgroup.
struct CgroupMemory {
  std::optional<std::int64_t> limit_bytes;  // its own; absent = none
  std::int64_t used_bytes = 0;
  std::int64_t working_set_bytes = 0;  // used without inactive file pages
  std::int64_t anonymous_bytes = 0;
  std::int64_t file_bytes = 0;
  std::int64_t oom_kills = 0;
  std::int64_t limit_hits = 0;
};

// CPU of one cgroup.
struct CgroupCpu {
  std::optional<double> limit_cores;  // absent = none
  std::int64_t throttled_periods = 0;
  double throttled_seconds = 0;
};

// A hierarchy of cgroups. Thread rule: one thread at a time.
class Cgroups {
 public:
  explicit Cgroups(const env::Files& files) : files_(files) {}

  // Finds the controllers' mounts.
  void find_mounts(std::span<const Mount> mounts);
  [[nodiscard]] bool has_memory() const { return memory_.has_value(); }

  // The path of a process in the hierarchy of memory, and of cpu; empty when there is none.
  [[nodiscard]] std::string memory_path(std::span<const CgroupLine> lines) const;
  [[nodiscard]] std::string cpu_path(std::span<const CgroupLine> lines) const;

  // Own memory limit of `path`; absent when there is none or the cgroup is gone.
  [[nodiscard]] std::optional<std::int64_t> memory_limit(const std::string& path) const;
  // All of a cgroup's memory; absent when it is gone.
  [[nodiscard]] std::optional<CgroupMemory> read_memory(const std::string& path) const;
  // All of a cgroup's cpu; absent when it is gone or has no cpu files.
  [[nodiscard]] std::optional<CgroupCpu> read_cpu(const std::string& path) const;

 private:
  [[nodiscard]] Result<std::unique_ptr<env::Directory>> open(const CgroupMount& mount,
                                                             const std::string& path) const;

  const env::Files& files_;
  std::optional<CgroupMount> memory_;
  std::optional<CgroupMount> cpu_;
};

// `path` and its ancestors up to the root, deepest first: "/a/b" gives "/a/b", "/a", "/".
[[nodiscard]] std::vector<std::string> with_ancestors(std::string_view path);

}  // namespace daytwo::observe
