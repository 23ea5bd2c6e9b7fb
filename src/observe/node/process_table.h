// The processes of a host: who they are, what they use, what they map.
// Cost: one directory handle and two reads a process and scan; command line, executable, user and
// cgroup when it is new, once again 10 s later (a fork before its exec looks like its parent), then
// every minute; maps 30 s after the first sight, then every 10 min in rotation.
// Thread rule: one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "env/files.h"
#include "env/system.h"
#include "observe/node/cgroups.h"
#include "observe/node/process_files.h"

namespace daytwo::observe {

// Most processes that are followed; the rest is counted as not seen.
inline constexpr std::size_t kMaxProcesses = 10'000;
// Most mapped files that are remembered for one process.
inline constexpr std::size_t kMaxMappings = 2'000;

// A file that a process maps with execute permission, shared by all who map it.
struct MappedFile {
  std::string path;
  bool deleted = false;
};

// One process that is no kernel thread.
struct Process {
  std::int64_t pid = 0;
  std::int64_t start_ticks = 0;
  std::int64_t parent = 0;
  std::string kernel_name;  // as the process set it
  std::string name;         // what people call it
  std::string executable;
  bool executable_deleted = false;
  std::string user;
  std::string command;     // redacted
  std::string cgroup;      // in the hierarchy of memory
  std::string cpu_cgroup;  // in the hierarchy of cpu
  std::string workload;
  Timestamp started;
  bool visible = false;              // executable, libraries and descriptors may be looked at
  bool own_root = true;              // sees the same files as we do: packages of this host apply
  std::string net_space;             // "net:[4026531840]"; empty when it could not be read
  std::vector<std::uint32_t> files;  // mapped, as numbers of MappedFile
  bool mapped_once = false;

  std::int64_t cpu_ticks = 0;
  double cpu_share = 0;  // of one core, since the scan before
  std::int64_t resident_bytes = 0;
  std::int64_t threads = 0;
  std::optional<std::int64_t> descriptors;
  std::optional<std::int64_t> descriptor_limit;

  // What was used since the scan before; a process that was born since counts from its start.
  std::int64_t ticks_since = 0;
  int scans = 0;
  Timestamp identity_due;
  Timestamp maps_due;
};

// How much of the last scan was visible.
struct ProcessCoverage {
  std::size_t processes = 0;  // user processes
  std::size_t visible = 0;    // whose executable could be read
  std::size_t mapped = 0;     // whose mappings were read at least once
  std::size_t other_roots = 0;
  std::size_t kernel_threads = 0;
  std::size_t zombies = 0;       // ended, not yet waited for by their parent
  std::size_t gone = 0;          // ended while being read
  std::size_t unreadable = 0;    // stat cut or strange
  std::size_t over_limit = 0;    // more than kMaxProcesses
  std::size_t broken_bytes = 0;  // of command lines that were no UTF-8, so far
  bool proc = false;             // /proc could be listed
};

class ProcessTable {
 public:
  ProcessTable(const env::Files& files, const env::System& system, const Cgroups& cgroups);

  // Looks at every process. `boot_seconds` is the time of boot.
  void scan(Timestamp now, std::int64_t boot_seconds);

  // Sorted by pid.
  [[nodiscard]] const std::vector<Process>& all() const { return processes_; }
  [[nodiscard]] const Process* find(std::int64_t pid) const;
  [[nodiscard]] const MappedFile& file(std::uint32_t number) const { return mapped_[number]; }
  [[nodiscard]] const ProcessCoverage& coverage() const { return coverage_; }
  // Rises when mappings changed.
  [[nodiscard]] std::uint64_t mapping_generation() const { return mapping_generation_; }

 private:
  void visit(const std::string& name, Timestamp now, std::vector<Process>& next);
  void read_identity(const env::Directory& directory, Process& process);
  void read_executable(const env::Directory& directory, Process& process,
                       std::vector<std::string>& arguments);
  void read_maps(const env::Directory& directory, Process& process);
  void measure(const env::Directory& directory, const ProcessStat& stat, Timestamp now,
               Process& process) const;
  [[nodiscard]] std::string user_name(std::uint32_t id);
  [[nodiscard]] std::uint32_t number_of(ExecutableMapping mapping);

  const env::Files& files_;
  const env::System& system_;
  const Cgroups& cgroups_;
  const double ticks_;
  const std::int64_t page_bytes_;

  std::vector<Process> processes_;
  std::vector<MappedFile> mapped_;
  std::unordered_map<std::string, std::uint32_t> mapped_numbers_;
  std::unordered_map<std::uint32_t, std::string> users_;
  ProcessCoverage coverage_;
  std::uint64_t mapping_generation_ = 0;
  std::int64_t boot_seconds_ = 0;
  std::uint64_t root_device_ = 0;
  std::uint64_t root_inode_ = 0;
  Timestamp last_scan_;
};

}  // namespace daytwo::observe
