#include "observe/node/cgroups.h"

#include <algorithm>
#include <cstddef>
#include <memory>

#include "base/text.h"
#include "observe/node/text.h"

namespace daytwo::observe {
namespace {

// Above this a v1 limit means "none": the kernel's counter maximum, rounded to pages.
constexpr std::int64_t kNoLimit = std::int64_t{1} << 62;
constexpr std::size_t kMaxFile = 64U << 10U;

bool has_controller(std::string_view list, std::string_view controller) {
  const auto parts = split(list, ',');
  return std::find(parts.begin(), parts.end(), controller) != parts.end();
}

// The number of a file that holds one; absent for "max" and for what cannot be read.
std::optional<std::int64_t> read_number(const env::Directory& directory, const std::string& name) {
  const auto text = directory.read(name, kMaxFile);
  if (!text) return std::nullopt;
  const auto value = to_number(trim(*text));
  return value && *value < kNoLimit ? value : std::nullopt;
}

// The value of `key` in lines "key value".
std::int64_t value_of(std::string_view text, std::string_view key) {
  while (!text.empty()) {
    std::string_view line = next_line(text);
    if (next_word(line) == key) return to_number(next_word(line)).value_or(0);
  }
  return 0;
}

std::string path_for(const std::optional<CgroupMount>& mount, std::string_view controller,
                     std::span<const CgroupLine> lines) {
  if (!mount) return {};
  for (const CgroupLine& line : lines) {
    const bool fits =
        mount->unified ? line.controllers.empty() : has_controller(line.controllers, controller);
    if (!fits) continue;
    // In a container without an own cgroup namespace the mount shows a part of the hierarchy.
    if (mount->root != "/" && line.path.starts_with(mount->root)) {
      std::string rest = line.path.substr(mount->root.size());
      if (rest.empty()) return "/";
      if (rest.front() == '/') return rest;  // else it is a neighbour: "/docker/ab" of "/docker/a"
    }
    return line.path;
  }
  return {};
}

}  // namespace

std::vector<std::string> with_ancestors(std::string_view path) {
  std::vector<std::string> all;
  while (path.size() > 1) {
    all.emplace_back(path);
    path = path.substr(0, path.rfind('/'));
  }
  all.emplace_back("/");
  return all;
}

void Cgroups::find_mounts(std::span<const Mount> mounts) {
  memory_.reset();
  cpu_.reset();
  std::optional<CgroupMount> unified;
  for (const Mount& mount : mounts) {
    if (mount.type == "cgroup2") unified = CgroupMount{mount.point, mount.root, true};
    if (mount.type != "cgroup") continue;
    if (has_controller(mount.super_options, "memory")) memory_ = {mount.point, mount.root, false};
    if (has_controller(mount.super_options, "cpu")) cpu_ = {mount.point, mount.root, false};
  }
  // Ask per controller: a hybrid host mounts v2 with none.
  if (!memory_) memory_ = unified;
  if (!cpu_) cpu_ = unified;
}

std::string Cgroups::memory_path(std::span<const CgroupLine> lines) const {
  return path_for(memory_, "memory", lines);
}

std::string Cgroups::cpu_path(std::span<const CgroupLine> lines) const {
  return path_for(cpu_, "cpu", lines);
}

Result<std::unique_ptr<env::Directory>> Cgroups::open(const CgroupMount& mount,
                                                      const std::string& path) const {
  return files_.open_directory(path == "/" ? mount.point : mount.point + path);
}

std::optional<std::int64_t> Cgroups::memory_limit(const std::string& path) const {
  if (!memory_ || path.empty()) return std::nullopt;
  const auto directory = open(*memory_, path);
  if (!directory) return std::nullopt;
  return read_number(**directory, memory_->unified ? "memory.max" : "memory.limit_in_bytes");
}

std::optional<CgroupMemory> Cgroups::read_memory(const std::string& path) const {
  if (!memory_ || path.empty()) return std::nullopt;
  const auto directory = open(*memory_, path);
  if (!directory) return std::nullopt;
  const bool v2 = memory_->unified;
  const auto used = read_number(**directory, v2 ? "memory.current" : "memory.usage_in_bytes");
  const auto stat = (*directory)->read("memory.stat", kMaxFile);
  if (!used || !stat) return std::nullopt;
  CgroupMemory memory;
  memory.limit_bytes = read_number(**directory, v2 ? "memory.max" : "memory.limit_in_bytes");
  memory.used_bytes = *used;
  memory.anonymous_bytes = value_of(*stat, v2 ? "anon" : "total_rss");
  memory.file_bytes = value_of(*stat, v2 ? "file" : "total_cache");
  const std::int64_t inactive = value_of(*stat, v2 ? "inactive_file" : "total_inactive_file");
  memory.working_set_bytes = std::max<std::int64_t>(0, *used - inactive);
  const auto events = (*directory)->read(v2 ? "memory.events" : "memory.oom_control", kMaxFile);
  if (events) {
    memory.oom_kills = value_of(*events, "oom_kill");
    if (v2) memory.limit_hits = value_of(*events, "max");
  }
  if (!v2) memory.limit_hits = read_number(**directory, "memory.failcnt").value_or(0);
  return memory;
}

std::optional<CgroupCpu> Cgroups::read_cpu(const std::string& path) const {
  if (!cpu_ || path.empty()) return std::nullopt;
  const auto directory = open(*cpu_, path);
  if (!directory) return std::nullopt;
  const auto stat = (*directory)->read("cpu.stat", kMaxFile);
  if (!stat) return std::nullopt;
  CgroupCpu cpu;
  cpu.throttled_periods = value_of(*stat, "nr_throttled");
  if (cpu_->unified) {
    cpu.throttled_seconds = static_cast<double>(value_of(*stat, "throttled_usec")) / 1e6;
    if (const auto max = (*directory)->read("cpu.max", kMaxFile)) {
      std::string_view line = *max;
      line = next_line(line);
      const auto quota = to_decimal(next_word(line));
      const auto period = to_decimal(next_word(line));
      if (quota && period && *period > 0) cpu.limit_cores = *quota / *period;
    }
    return cpu;
  }
  cpu.throttled_seconds = static_cast<double>(value_of(*stat, "throttled_time")) / 1e9;
  const auto quota = read_number(**directory, "cpu.cfs_quota_us");
  const auto period = read_number(**directory, "cpu.cfs_period_us");
  if (quota && *quota > 0 && period && *period > 0) {
    cpu.limit_cores = static_cast<double>(*quota) / static_cast<double>(*period);
  }
  return cpu;
}

}  // namespace daytwo::observe
