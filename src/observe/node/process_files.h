// The files of one /proc/PID directory as values [proc(5)]. Pure functions; hostile contents are
// taken as they are (names hold blanks, brackets and newlines) and made UTF-8 where they leave.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daytwo::observe {

// What /proc/PID/stat says. Times are in clock ticks since boot.
struct ProcessStat {
  std::int64_t pid = 0;
  std::string name;  // as the process set it, at most 15 bytes
  char state = '?';
  std::int64_t parent = 0;
  std::uint64_t flags = 0;
  std::int64_t cpu_ticks = 0;  // user and system
  std::int64_t threads = 0;
  std::int64_t start_ticks = 0;
  std::int64_t resident_pages = 0;

  // Kernel threads carry PF_KTHREAD [linux/sched.h].
  [[nodiscard]] bool is_kernel_thread() const { return (flags & 0x00200000U) != 0; }
};

// Absent when the text is cut before the field rss.
[[nodiscard]] std::optional<ProcessStat> parse_process_stat(std::string_view text);

// Effective user id from /proc/PID/status.
[[nodiscard]] std::optional<std::uint32_t> parse_effective_user(std::string_view status);

// The soft limit of open files from /proc/PID/limits; absent when unlimited or not there.
[[nodiscard]] std::optional<std::int64_t> parse_descriptor_limit(std::string_view limits);

// One line of /proc/PID/cgroup: "4:memory:/a" or "0::/a".
struct CgroupLine {
  std::string controllers;  // "memory", "cpu,cpuacct", "name=systemd"; empty = v2
  std::string path;
};

// All well-formed lines.
[[nodiscard]] std::vector<CgroupLine> parse_process_cgroups(std::string_view text);

// Arguments of /proc/PID/cmdline, which ends each by a zero byte.
[[nodiscard]] std::vector<std::string> parse_arguments(std::string_view text);

// A file with executable pages in a process.
struct ExecutableMapping {
  std::string path;
  bool deleted = false;  // replaced or removed since it was mapped
  bool operator==(const ExecutableMapping&) const = default;
};

// Files mapped r-x in /proc/PID/maps, each once, in order. Anonymous memory, devices, memfd, shared
// memory and kernel pages are no files of a package and are left out.
[[nodiscard]] std::vector<ExecutableMapping> parse_executable_mappings(std::string_view maps);

// Undoes the kernel's " (deleted)" suffix.
[[nodiscard]] ExecutableMapping split_deleted(std::string_view path);

}  // namespace daytwo::observe
