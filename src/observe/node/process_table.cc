#include "observe/node/process_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "observe/node/redact.h"
#include "observe/node/text.h"
#include "observe/node/workload.h"

namespace daytwo::observe {
namespace {

constexpr std::size_t kMaxSmallFile = 16U << 10U;
// Longest command line that is looked at: secrets behind it are cut with the rest.
constexpr std::size_t kMaxCommandLine = 16U << 10U;
constexpr std::size_t kMaxMaps = 8U << 20U;
constexpr std::size_t kMaxUsers = 4'096;
constexpr std::size_t kMaxMappedFiles = 50'000;
constexpr Duration kIdentityAgain = seconds(10);
constexpr Duration kIdentityEvery = minutes(1);
constexpr Duration kMapsAfter = seconds(30);
constexpr Duration kMapsEvery = minutes(10);

// Spreads the rotation so that not all maps are read in one scan.
Duration spread(std::int64_t pid) { return seconds(pid * 37 % 300); }

}  // namespace

ProcessTable::ProcessTable(const env::Files& files, const env::System& system,
                           const Cgroups& cgroups)
    : files_(files),
      system_(system),
      cgroups_(cgroups),
      ticks_(static_cast<double>(std::max<std::int64_t>(1, system.clock_ticks()))),
      page_bytes_(system.page_bytes()) {}

const Process* ProcessTable::find(std::int64_t pid) const {
  const auto found = std::lower_bound(processes_.begin(), processes_.end(), pid,
                                      [](const Process& a, std::int64_t b) { return a.pid < b; });
  return found != processes_.end() && found->pid == pid ? &*found : nullptr;
}

void ProcessTable::scan(Timestamp now, std::int64_t boot_seconds) {
  const std::size_t broken = coverage_.broken_bytes;
  coverage_ = {};
  coverage_.broken_bytes = broken;
  boot_seconds_ = boot_seconds;
  if (const auto root = files_.facts("/")) {
    root_device_ = root->device;
    root_inode_ = root->inode;
  }
  if (mapped_.size() > kMaxMappedFiles) {  // builds make new files for ever: begin anew
    mapped_.clear();
    mapped_numbers_.clear();
    for (Process& process : processes_) {
      process.files.clear();
      process.mapped_once = false;
      process.maps_due = now;
    }
  }
  std::vector<std::int64_t> pids;
  if (const auto names = files_.list("/proc")) {
    coverage_.proc = true;
    for (const std::string& name : *names) {
      if (const auto pid = to_number(name)) pids.push_back(*pid);
    }
  }
  std::sort(pids.begin(), pids.end());
  std::vector<Process> next;
  next.reserve(processes_.size() + 16);
  for (const std::int64_t pid : pids) visit(std::to_string(pid), now, next);
  processes_ = std::move(next);
  last_scan_ = now;
  coverage_.processes = processes_.size() + coverage_.over_limit;
  for (const Process& process : processes_) {
    coverage_.visible += process.visible ? 1U : 0U;
    coverage_.mapped += process.mapped_once ? 1U : 0U;
    coverage_.other_roots += process.own_root ? 0U : 1U;
  }
}

void ProcessTable::visit(const std::string& name, Timestamp now, std::vector<Process>& next) {
  const auto directory = files_.open_directory("/proc/" + name);
  const auto text = directory ? (*directory)->read("stat", kMaxSmallFile, true)
                              : Result<std::string>(fail(directory.error()));
  if (!text) {
    ++(text.error().code == Code::kNotFound ? coverage_.gone : coverage_.unreadable);
    return;
  }
  const auto stat = parse_process_stat(*text);
  if (!stat) {
    ++coverage_.unreadable;
    return;
  }
  if (stat->is_kernel_thread()) {
    ++coverage_.kernel_threads;
    return;
  }
  if (stat->state == 'Z') {
    ++coverage_.zombies;
    return;
  }
  if (next.size() >= kMaxProcesses) {
    ++coverage_.over_limit;
    return;
  }
  Process process;
  const Process* before = find(stat->pid);
  if (before != nullptr && before->start_ticks == stat->start_ticks) {
    process = std::move(processes_[static_cast<std::size_t>(before - processes_.data())]);
    // find() needs the pids of what was moved from: they are plain numbers and stay.
  } else {
    process.pid = stat->pid;
    process.start_ticks = stat->start_ticks;
    process.started = {
        boot_seconds_ * 1000 +
        static_cast<std::int64_t>(static_cast<double>(stat->start_ticks) * 1000 / ticks_)};
    // At the very first scan maps are read at once: everything has run for a while.
    process.maps_due = last_scan_ == Timestamp{} ? now : now + kMapsAfter;
  }
  process.parent = stat->parent;
  if (process.scans == 0 || now >= process.identity_due || process.kernel_name != stat->name) {
    process.kernel_name = stat->name;
    read_identity(**directory, process);
    process.identity_due = now + (process.scans == 0 ? kIdentityAgain : kIdentityEvery);
  }
  measure(**directory, *stat, now, process);
  if (now >= process.maps_due) {
    read_maps(**directory, process);
    process.maps_due = now + kMapsEvery + spread(process.pid);
  }
  ++process.scans;
  next.push_back(std::move(process));
}

void ProcessTable::read_identity(const env::Directory& directory, Process& process) {
  if (const auto status = directory.read("status", kMaxSmallFile, true)) {
    if (const auto user = parse_effective_user(*status)) process.user = user_name(*user);
  }
  std::vector<std::string> arguments;
  if (const auto text = directory.read("cmdline", kMaxCommandLine, true)) {
    arguments = parse_arguments(*text);
  }
  process.command = redacted_command(arguments, &coverage_.broken_bytes);
  read_executable(directory, process, arguments);
  if (const auto limits = directory.read("limits", kMaxSmallFile, true)) {
    process.descriptor_limit = parse_descriptor_limit(*limits);
  }
  std::string unit_path;
  if (const auto text = directory.read("cgroup", kMaxSmallFile, true)) {
    const std::vector<CgroupLine> lines = parse_process_cgroups(*text);
    process.cgroup = cgroups_.memory_path(lines);
    process.cpu_cgroup = cgroups_.cpu_path(lines);
    unit_path = process.cgroup;
    for (const CgroupLine& line : lines) {
      if (line.controllers.empty() || line.controllers == "name=systemd") {
        if (line.path.size() > 1) unit_path = line.path;
      }
    }
  }
  process.workload = workload_of_cgroup(unit_path);
  if (process.workload.empty()) process.workload = workload_of_cgroup(process.cgroup);
  if (process.workload.empty()) {
    process.workload = workload_of_executable(process.executable, process.name, process.user);
  }
}

void ProcessTable::read_executable(const env::Directory& directory, Process& process,
                                   std::vector<std::string>& arguments) {
  const auto link = directory.read_link("exe");
  process.visible = link.has_value();
  if (link) {
    const ExecutableMapping image = split_deleted(*link);
    process.executable = to_utf8(image.path);
    process.executable_deleted = image.deleted;
  } else {
    process.executable.clear();
  }
  process.name = process_name(process.kernel_name, process.executable, arguments);
  const auto root = process.visible ? directory.facts("root")
                                    : Result<env::FileFacts>(fail(Code::kDenied, "not visible"));
  process.own_root = !root || (root->device == root_device_ && root->inode == root_inode_);
  const auto space = directory.read_link("ns/net");
  process.net_space = space ? *space : std::string();
}

void ProcessTable::measure(const env::Directory& directory, const ProcessStat& stat, Timestamp now,
                           Process& process) const {
  const bool born_since =
      process.scans == 0 && last_scan_ != Timestamp{} && process.started >= last_scan_ - seconds(1);
  const std::int64_t before =
      process.scans > 0 ? process.cpu_ticks : (born_since ? 0 : stat.cpu_ticks);
  process.ticks_since = std::max<std::int64_t>(0, stat.cpu_ticks - before);
  const Duration span = now - last_scan_;
  process.cpu_share = last_scan_ == Timestamp{} || span.ms <= 0
                          ? 0
                          : static_cast<double>(process.ticks_since) / ticks_ / span.seconds();
  process.cpu_ticks = stat.cpu_ticks;
  process.resident_bytes = std::max<std::int64_t>(0, stat.resident_pages) * page_bytes_;
  process.threads = stat.threads;
  if (!process.visible) {
    process.descriptors.reset();
    return;
  }
  // Since Linux 6.2 the size of /proc/PID/fd is the number of open descriptors; before, it is 0 and
  // the directory is counted with the slower looks.
  const auto facts = directory.facts("fd");
  if (facts && facts->size_bytes > 0) {
    process.descriptors = static_cast<std::int64_t>(facts->size_bytes);
  } else if (facts && (process.scans == 0 || now >= process.identity_due - kIdentityAgain)) {
    if (const auto names = directory.list("fd")) {
      process.descriptors = static_cast<std::int64_t>(names->size());
    }
  }
}

void ProcessTable::read_maps(const env::Directory& directory, Process& process) {
  if (!process.visible) return;
  const auto text = directory.read("maps", kMaxMaps, true);
  if (!text) return;
  std::vector<std::uint32_t> files;
  for (ExecutableMapping& mapping : parse_executable_mappings(*text)) {
    if (files.size() >= kMaxMappings) break;
    files.push_back(number_of(std::move(mapping)));
  }
  std::sort(files.begin(), files.end());
  if (!process.mapped_once || files != process.files) ++mapping_generation_;
  process.files = std::move(files);
  process.files.shrink_to_fit();
  process.mapped_once = true;
}

std::string ProcessTable::user_name(std::uint32_t id) {
  if (users_.size() > kMaxUsers) users_.clear();
  const auto [found, added] = users_.try_emplace(id);
  if (added) found->second = to_utf8(system_.user_name(id));
  return found->second;
}

std::uint32_t ProcessTable::number_of(ExecutableMapping mapping) {
  const std::string key = (mapping.deleted ? "-" : "+") + mapping.path;
  const auto [found, added] =
      mapped_numbers_.try_emplace(key, static_cast<std::uint32_t>(mapped_.size()));
  if (added) mapped_.push_back({std::move(mapping.path), mapping.deleted});
  return found->second;
}

}  // namespace daytwo::observe
