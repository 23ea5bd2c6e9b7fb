#include "observe/node/node_observer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "base/text.h"
#include "observe/node/host_metrics.h"
#include "observe/node/mounts.h"
#include "observe/node/socket_table.h"
#include "observe/node/workload.h"

namespace daytwo::observe {
namespace {

constexpr std::size_t kMaxKernelFile = 4U << 20U;
// cgroups whose memory is measured; a host with more is counted short and says so.
constexpr std::size_t kMaxCgroups = 512;

std::vector<series::Label> common_labels(const std::string& host) {
  return {{"job", "node"}, {"instance", host}};
}

double number(std::uint64_t value) { return static_cast<double>(value); }
double number(std::int64_t value) { return static_cast<double>(value); }

}  // namespace

NodeObserver::NodeObserver(NodeOptions options, const env::Files& files, const env::System& system,
                           Registry& own)
    : options_(std::move(options)),
      files_(files),
      system_(system),
      host_(to_utf8(options_.host.empty() ? system.host_name() : options_.host)),
      pressure_writer_(common_labels(host_)),
      writer_(common_labels(host_)),
      sightings_(kNodeEngine),
      cgroups_(files),
      processes_(files, system, cgroups_),
      listeners_(files),
      packages_(files, ""),
      scans_(own.counter("daytwo_node_scans_total", "Full scans of this host.")),
      skipped_(own.counter("daytwo_node_skipped_lines_total",
                           "Lines of kernel and package files that could not be read.")),
      held_back_(own.gauge("daytwo_node_sightings_held_back",
                           "Changes of one thing beyond its limit an hour, not written.")),
      view_(std::make_shared<const NodeView>()) {}

void NodeObserver::restore(std::span<const facts::RecordPtr> records) {
  sightings_.restore(records, host_);
}

Timestamp NodeObserver::next_due() const { return std::min(pressure_due_, scan_due_); }

Observation NodeObserver::step(Timestamp now) {
  if (now < last_step_) {  // the wall clock went back
    pressure_due_ = now;
    scan_due_ = now;
  }
  last_step_ = now;
  Observation out;
  if (now >= pressure_due_) {
    pressure_due_ = now + options_.pressure_interval;
    pressure_writer_.begin(now);
    scan_pressure();
    out.batch = pressure_writer_.take();
    pressure_staleness_.mark(out.batch, now);
  }
  if (now < scan_due_) return out;
  scan_due_ = now + options_.interval;
  skipped_lines_ = 0;
  gaps_.clear();
  limits_.clear();
  writer_.begin(now);
  sightings_.begin(now);
  scan_host();
  scan_filesystems();
  scan_processes();
  scan_cgroups();
  see_host();
  see_processes();
  see_listeners();
  see_packages();
  see_mappings();
  see_coverage();
  write_agent();
  series::Batch batch = writer_.take();
  staleness_.mark(batch, now);
  std::move(batch.series.begin(), batch.series.end(), std::back_inserter(out.batch.series));
  std::move(batch.metadata.begin(), batch.metadata.end(), std::back_inserter(out.batch.metadata));
  out.batch.partial = true;
  out.records = sightings_.take();
  publish(now);
  scans_.add();
  skipped_.add(number(static_cast<std::uint64_t>(skipped_lines_)));
  held_back_.set(number(sightings_.held_back()));
  return out;
}

Observation NodeObserver::stop(Timestamp now) {
  Observation out;
  out.batch.partial = true;
  pressure_staleness_.end_all(out.batch, now);
  staleness_.end_all(out.batch, now);
  return out;
}

std::shared_ptr<const NodeView> NodeObserver::view() const {
  const std::lock_guard lock(view_mutex_);
  return view_;
}

std::string NodeObserver::read(const std::string& path) const {
  auto text = files_.read(path, kMaxKernelFile);
  return text ? *std::move(text) : std::string();
}

void NodeObserver::scan_pressure() {
  pressure_files_ = 0;
  for (const char* resource : {"cpu", "io", "memory"}) {
    const auto text = files_.read(fmt::format("/proc/pressure/{}", resource), 4096);
    if (!text) continue;
    ++pressure_files_;
    skipped_lines_ += write_pressure(resource, *text, pressure_writer_);
  }
}

void NodeObserver::scan_host() {
  const std::string stat = read("/proc/stat");
  boot_seconds_ = boot_seconds(stat);
  skipped_lines_ += write_stat(stat, system_.clock_ticks(), writer_);
  const std::string memory = read("/proc/meminfo");
  skipped_lines_ += write_meminfo(memory, writer_);
  seen_host_.memory_bytes = memory_total_bytes(memory);
  skipped_lines_ += write_vmstat(read("/proc/vmstat"), writer_);
  skipped_lines_ += write_diskstats(read("/proc/diskstats"), writer_);
  skipped_lines_ += write_network(read("/proc/net/dev"), writer_);
  for (const char* path : {"/proc/net/sockstat", "/proc/net/sockstat6"}) {
    skipped_lines_ += write_sockstat(read(path), system_.page_bytes(), writer_);
  }
  for (const char* path : {"/proc/net/snmp", "/proc/net/netstat"}) {
    skipped_lines_ += write_netstat(read(path), writer_);
  }
  const std::string load = read("/proc/loadavg");
  if (!load.empty()) skipped_lines_ += write_loadavg(load, writer_);
  const std::string handles = read("/proc/sys/fs/file-nr");
  if (!handles.empty()) skipped_lines_ += write_file_handles(handles, writer_);
}

void NodeObserver::scan_filesystems() {
  const std::string text = read("/proc/self/mountinfo");
  const std::vector<Mount> mounts = parse_mounts(text, &skipped_lines_);
  cgroups_.find_mounts(mounts);
  filesystems_.clear();
  unasked_filesystems_ = 0;
  // A later mount on the same path hides the earlier one: what is asked of the path is its.
  std::map<std::string_view, const Mount*> visible;
  for (const Mount& mount : mounts) visible[mount.point] = &mount;
  std::map<std::string, const Mount*> chosen;  // by device, or by mount point where it is no device
  for (const Mount& mount : mounts) {
    if (!is_measured(mount) || visible[mount.point] != &mount) continue;
    if (may_hang(mount)) {
      ++unasked_filesystems_;
      continue;
    }
    const bool device = mount.device.starts_with('/');
    const Mount*& best = chosen[device ? mount.device : mount.point];
    // Bind mounts show one filesystem in many places: its shortest path is how people know it.
    if (best == nullptr || mount.point.size() < best->point.size()) best = &mount;
  }
  for (const auto& [device, mount] : chosen) {
    const auto space = files_.space(mount->point);
    const std::string point = to_utf8(mount->point);
    const std::string source = to_utf8(mount->device);
    const MetricWriter::Extra labels = {
        {"device", source}, {"fstype", mount->type}, {"mountpoint", point}};
    writer_.gauge("node_filesystem_device_error", space ? 0 : 1, labels);
    if (!space || space->size_bytes == 0) continue;
    writer_.gauge("node_filesystem_size_bytes", number(space->size_bytes), labels);
    writer_.gauge("node_filesystem_free_bytes", number(space->free_bytes), labels);
    writer_.gauge("node_filesystem_avail_bytes", number(space->available_bytes), labels);
    writer_.gauge("node_filesystem_files", number(space->inodes), labels);
    writer_.gauge("node_filesystem_files_free", number(space->inodes_free), labels);
    writer_.gauge("node_filesystem_readonly", space->read_only ? 1 : 0, labels);
    FilesystemView view;
    view.facts = {point, source, mount->type, static_cast<std::int64_t>(space->size_bytes),
                  space->read_only};
    view.used_bytes = static_cast<std::int64_t>(space->size_bytes - space->free_bytes);
    view.available_bytes = static_cast<std::int64_t>(space->available_bytes);
    view.inodes = static_cast<std::int64_t>(space->inodes);
    view.inodes_free = static_cast<std::int64_t>(space->inodes_free);
    sightings_.see(key("filesystem", point), point, {view.facts},
                   fmt::format("{} ({}, {}) is mounted", point, source, mount->type));
    filesystems_.push_back(std::move(view));
  }
  sightings_.close_unseen<facts::FilesystemSeen>();
}

void NodeObserver::scan_processes() {
  processes_.scan(scan_due_ - options_.interval, boot_seconds_);
  groups_.update(processes_, std::max<std::int64_t>(1, system_.clock_ticks()),
                 scan_due_ - options_.interval);
  groups_.write(writer_);
  listeners_.scan(processes_, scan_due_ - options_.interval);
  skipped_lines_ += listeners_.skipped_lines();
  if (options_.packages) packages_.refresh();
}

void NodeObserver::scan_cgroups() {
  struct Members {
    std::int64_t processes = 0;
    const Process* largest = nullptr;
  };
  std::map<std::string, Members> cgroups;  // every cgroup with a process in it or below it
  for (const Process& process : processes_.all()) {
    if (process.cgroup.empty()) continue;
    for (std::string& path : with_ancestors(process.cgroup)) {
      if (cgroups.size() >= kMaxCgroups && !cgroups.contains(path)) continue;
      Members& members = cgroups[std::move(path)];
      ++members.processes;
      if (members.largest == nullptr || process.resident_bytes > members.largest->resident_bytes) {
        members.largest = &process;
      }
    }
  }
  for (const auto& [path, members] : cgroups) {
    const auto limit = cgroups_.memory_limit(path);
    // A limit of all memory or more limits nothing.
    if (!limit || (seen_host_.memory_bytes > 0 && *limit >= seen_host_.memory_bytes)) continue;
    const auto memory = cgroups_.read_memory(path);
    if (!memory) continue;
    std::string workload = workload_of_cgroup(path);
    if (workload.empty()) workload = members.largest->workload;
    const std::string shown = to_utf8(path);
    const MetricWriter::Extra labels = {{"cgroup", shown}, {"workload", workload}};
    writer_.gauge("daytwo_cgroup_memory_limit_bytes", number(*limit), labels);
    writer_.gauge("daytwo_cgroup_memory_used_bytes", number(memory->used_bytes), labels);
    writer_.gauge("daytwo_cgroup_memory_working_set_bytes", number(memory->working_set_bytes),
                  labels);
    writer_.gauge("daytwo_cgroup_memory_anonymous_bytes", number(memory->anonymous_bytes), labels);
    writer_.gauge("daytwo_cgroup_memory_file_bytes", number(memory->file_bytes), labels);
    writer_.counter("daytwo_cgroup_memory_oom_kills_total", number(memory->oom_kills), labels);
    writer_.counter("daytwo_cgroup_memory_limit_hits_total", number(memory->limit_hits), labels);
    writer_.gauge("daytwo_cgroup_processes", number(members.processes), labels);
    facts::LimitSeen seen{shown,
                          workload,
                          *limit,
                          memory->working_set_bytes,
                          memory->anonymous_bytes,
                          memory->file_bytes,
                          memory->oom_kills,
                          memory->limit_hits,
                          members.processes};
    sightings_.see(
        key("limit", shown), shown, {seen},
        fmt::format("{} may use {} MiB of memory and uses {} MiB; {} so far", workload,
                    *limit >> 20, memory->working_set_bytes >> 20,
                    counted(static_cast<std::size_t>(std::max<std::int64_t>(0, memory->oom_kills)),
                            "kill", "kills")));
    limits_.push_back(std::move(seen));
  }
  sightings_.close_unseen<facts::LimitSeen>();
  write_cgroup_cpu();
}

void NodeObserver::write_cgroup_cpu() {
  std::map<std::string, const Process*> paths;
  for (const Process& process : processes_.all()) {
    if (process.cpu_cgroup.empty() || paths.size() >= kMaxCgroups) continue;
    for (std::string& path : with_ancestors(process.cpu_cgroup)) {
      paths.emplace(std::move(path), &process);
    }
  }
  for (const auto& [path, process] : paths) {
    const auto cpu = cgroups_.read_cpu(path);
    if (!cpu || !cpu->limit_cores) continue;
    std::string workload = workload_of_cgroup(path);
    if (workload.empty()) workload = process->workload;
    const std::string shown = to_utf8(path);
    const MetricWriter::Extra labels = {{"cgroup", shown}, {"workload", workload}};
    writer_.gauge("daytwo_cgroup_cpu_limit_cores", *cpu->limit_cores, labels);
    writer_.counter("daytwo_cgroup_cpu_throttled_seconds_total", cpu->throttled_seconds, labels);
    writer_.counter("daytwo_cgroup_cpu_throttled_periods_total", number(cpu->throttled_periods),
                    labels);
  }
}

void NodeObserver::write_agent() {
  const ProcessCoverage& coverage = processes_.coverage();
  writer_.gauge("up", coverage.proc ? 1 : 0);
  writer_.gauge("daytwo_node_kernel_threads", static_cast<double>(coverage.kernel_threads));
  writer_.gauge("daytwo_node_zombies", static_cast<double>(coverage.zombies));
  writer_.gauge("daytwo_node_packages", static_cast<double>(packages_.all().size()));
  for (const Gap& gap : gaps_) {
    writer_.gauge("daytwo_node_seen", number(gap.seen), {{"what", gap.what}});
    writer_.gauge("daytwo_node_total", number(gap.total), {{"what", gap.what}});
  }
}

void NodeObserver::publish(Timestamp now) {
  auto view = std::make_shared<NodeView>();
  view->at = now;
  view->host = seen_host_;
  view->filesystems = filesystems_;
  view->limits = limits_;
  view->packages = packages_.all().size();
  std::map<std::int64_t, std::string> listens;
  for (const Listening& one : listeners_.all()) {
    const std::string text = endpoint(one.socket.protocol, one.socket.address, one.socket.port);
    for (const std::int64_t pid : one.pids) {
      std::string& all = listens[pid];
      all += all.empty() ? text : ", " + text;
    }
    facts::ListenerSeen seen{one.socket.protocol,
                             one.socket.address,
                             one.socket.port,
                             one.socket.reach,
                             one.pids,
                             "",
                             one.space,
                             ""};
    if (const Process* holder = one.pids.empty() ? nullptr : processes_.find(one.pids.front())) {
      seen.executable = holder->executable;
      seen.workload = holder->workload;
      seen.package = owner_of(*holder);
    }
    view->listeners.push_back(std::move(seen));
  }
  for (const Process& one : processes_.all()) {
    view->processes.push_back({one.pid, one.parent, one.name, one.user, one.command, one.executable,
                               one.workload, owner_of(one), one.cgroup, one.started, one.cpu_share,
                               one.resident_bytes, one.threads, one.descriptors,
                               one.descriptor_limit, listens[one.pid], one.visible});
  }
  for (const Gap& gap : gaps_) {
    if (!gap.sentence.empty()) view->coverage.push_back(gap.sentence);
  }
  const std::lock_guard lock(view_mutex_);
  view_ = std::move(view);
}

std::string NodeObserver::key(std::string_view kind, std::string_view rest) const {
  return rest.empty() ? fmt::format("{}/{}", kind, host_)
                      : fmt::format("{}/{}/{}", kind, host_, rest);
}

std::string NodeObserver::owner_of(const Process& process) const {
  if (!process.own_root || process.executable.empty()) return {};
  return std::string(packages_.owner(process.executable));
}

}  // namespace daytwo::observe
