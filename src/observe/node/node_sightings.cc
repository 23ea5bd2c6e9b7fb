// The facts of a scan as sightings: what each is called, under which key, and in which words.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "facts/sighting.h"
#include "observe/node/node_observer.h"
#include "observe/node/socket_table.h"

namespace daytwo::observe {
namespace {

constexpr std::size_t kMaxSmallFile = 4096;
// A process that goes and comes back within this is the same workload restarting.
constexpr Duration kProcessGrace = seconds(30);
// Younger processes are not written down, since most are gone at the next look; one that listens is
// here to stay, and whose listener it is must be known with the listener.
constexpr int kScansToCount = 2;

std::string_view reach_words(facts::Reach reach) {
  switch (reach) {
    case facts::Reach::kLoopback:
      return "reachable from this host";
    case facts::Reach::kHost:
      return "reachable from this host and its own networks";
    case facts::Reach::kNetwork:
      return "reachable from the network";
  }
  return "";
}

// Packages whose executable pages are mapped now.
struct Mapped {
  std::set<std::string> files;
  std::set<std::int64_t> pids;
  std::set<std::string> workloads;
  bool stale = false;
};

// A record lists that many processes and files; the sentence has the count.
constexpr std::size_t kMaxListed = 64;

template <typename T>
std::vector<T> first_of(const std::set<T>& all) {
  std::vector<T> out;
  for (const T& one : all) {
    if (out.size() == kMaxListed) break;
    out.push_back(one);
  }
  return out;
}

}  // namespace

void NodeObserver::see_host() {
  const auto line = [&](const char* path) {
    const auto text = files_.read(path, kMaxSmallFile);
    return text ? to_utf8(trim(*text)) : std::string();
  };
  seen_host_.host = host_;
  seen_host_.kernel = line("/proc/sys/kernel/osrelease");
  seen_host_.boot_id = line("/proc/sys/kernel/random/boot_id");
  seen_host_.cpus = system_.cpu_count();
  seen_host_.release = packages_.release().pretty_name;
  seen_host_.ecosystem = packages_.release().ecosystem;
  writer_.gauge("node_uname_info", 1,
                {{"release", seen_host_.kernel}, {"nodename", host_}, {"sysname", "Linux"}});
  if (!processes_.coverage().proc) return;  // nothing is known: what was said before stays
  sightings_.see(
      key("host", ""), host_, {seen_host_},
      fmt::format("{} runs {} with kernel {}, {} and {} MiB of memory", host_,
                  seen_host_.release.empty() ? "an unknown system" : seen_host_.release,
                  seen_host_.kernel,
                  counted(static_cast<std::size_t>(std::max<std::int64_t>(0, seen_host_.cpus)),
                          "processor", "processors"),
                  seen_host_.memory_bytes >> 20));
}

void NodeObserver::see_processes() {
  if (!processes_.coverage().proc) return;
  const std::set<std::int64_t> listening = listeners_.holders();
  const auto counts = [&](const Process* process) {
    return process->scans >= kScansToCount || process->started < last_step_ - seconds(10) ||
           listening.contains(process->pid);
  };
  for (const auto& [group_key, group] : groups_.all()) {
    const auto first = std::find_if(group.members.begin(), group.members.end(), counts);
    if (first == group.members.end()) continue;
    const Process& process = **first;
    facts::ProcessSeen seen;
    seen.pid = process.pid;
    seen.start_ticks = process.start_ticks;
    seen.boot_id = seen_host_.boot_id;
    seen.parent_pid = process.parent;
    seen.name = process.name;
    seen.executable = process.executable;
    seen.executable_deleted = process.executable_deleted;
    seen.user = process.user;
    seen.command = process.command;
    seen.cgroup = to_utf8(process.cgroup);
    seen.workload = process.workload;
    seen.package = owner_of(process);
    seen.started = process.started;
    std::string sentence = fmt::format(
        "{} runs as {} in {}, pid {}{}", process.name, process.user, process.workload, process.pid,
        process.executable_deleted ? ", from a file that was replaced or deleted" : "");
    sightings_.see(
        key("process", group.workload + "/" + group.name), process.name, {std::move(seen)},
        std::move(sentence),
        process.visible ? "" : "executable not visible: run as root or grant capabilities");
  }
  sightings_.close_unseen<facts::ProcessSeen>(kProcessGrace);
}

void NodeObserver::see_listeners() {
  if (!listeners_.tables_read()) return;
  for (const Listening& one : listeners_.all()) {
    facts::ListenerSeen seen{one.socket.protocol,
                             one.socket.address,
                             one.socket.port,
                             one.socket.reach,
                             one.pids,
                             "",
                             one.space,
                             ""};
    std::string holder = "a process that is not visible";
    if (const Process* process = one.pids.empty() ? nullptr : processes_.find(one.pids.front())) {
      seen.executable = process->executable;
      seen.workload = process->workload;
      seen.package = owner_of(*process);
      holder = fmt::format("{} ({})", process->name, process->workload);
    }
    const std::string where = endpoint(seen.protocol, seen.address, seen.port);
    const std::string rest = one.space.empty() ? where : fmt::format("{}/{}", one.space, where);
    std::string sentence =
        fmt::format("{} listens, {}, held by {}", where, reach_words(seen.reach), holder);
    sightings_.see(key("listener", rest), where, {std::move(seen)}, std::move(sentence),
                   one.pids.empty() ? "holder not visible" : "");
  }
  sightings_.close_unseen<facts::ListenerSeen>();
}

void NodeObserver::see_packages() {
  if (!options_.packages) return;
  // A database that could not be read is no uninstallation of everything.
  const bool nothing = packages_.all().empty() && packages_said_ > 0 && !packages_.gap().empty();
  if (packages_.generation() == packages_generation_ || nothing) return;
  packages_generation_ = packages_.generation();
  packages_said_ = packages_.all().size();
  for (const DpkgPackage& package : packages_.all()) {
    facts::PackageSeen seen{packages_.release().ecosystem, package.name,   package.version,
                            package.architecture,          package.source, package.source_version};
    sightings_.see(key("package", package.name + ":" + package.architecture), package.name,
                   {std::move(seen)},
                   fmt::format("{} {} is installed", package.name, package.version));
  }
  // With broken stanzas absence proves nothing.
  if (packages_.broken_stanzas() == 0) sightings_.close_unseen<facts::PackageSeen>();
}

void NodeObserver::see_mappings() {
  if (!processes_.coverage().proc || packages_.all().empty()) return;
  std::map<std::string, Mapped> mapped;
  for (const Process& process : processes_.all()) {
    if (!process.own_root) continue;
    for (const std::uint32_t number : process.files) {
      const MappedFile& file = processes_.file(number);
      const std::string_view owner = packages_.owner(file.path);
      if (owner.empty()) continue;
      Mapped& one = mapped[std::string(owner)];
      one.files.insert(to_utf8(file.path));
      one.pids.insert(process.pid);
      one.workloads.insert(process.workload);
      one.stale = one.stale || file.deleted;
    }
  }
  for (const auto& [name, one] : mapped) {
    const DpkgPackage* package = packages_.find(name);
    facts::MappingSeen seen;
    seen.package = name;
    seen.version = package == nullptr ? "" : package->version;
    seen.files = first_of(one.files);
    seen.pids = first_of(one.pids);
    seen.workloads = first_of(one.workloads);
    seen.stale = one.stale;
    std::string sentence = fmt::format(
        "{} {} is in the memory of {}{}", name, seen.version,
        counted(one.pids.size(), "process", "processes"),
        one.stale ? ", at least one of which still runs the version before: restart it" : "");
    sightings_.see(key("mapping", name), name, {std::move(seen)}, std::move(sentence));
  }
  sightings_.close_unseen<facts::MappingSeen>(seconds(60));
}

void NodeObserver::note(std::string what, std::size_t seen, std::size_t total, std::string advice,
                        std::string sentence) {
  if (seen == total) sentence.clear();
  gaps_.push_back({std::move(what), static_cast<std::int64_t>(seen),
                   static_cast<std::int64_t>(total), std::move(advice), std::move(sentence)});
}

void NodeObserver::see_coverage() {
  const ProcessCoverage& coverage = processes_.coverage();
  const char* rights = system_.user_id() == 0 ? "even root may not look at the others here"
                                              : "run as root or grant capabilities";
  if (!coverage.proc) {
    note("processes", 0, 1, "mount /proc", "no /proc here: processes of this host are unknown");
  } else {
    note("processes", coverage.visible, coverage.processes, rights,
         fmt::format("saw {} of {} processes: {}", coverage.visible, coverage.processes, rights));
  }
  const std::size_t sockets = listeners_.all().size();
  if (listeners_.tables_read()) {
    note("holders of listening sockets", listeners_.held(), sockets, rights,
         fmt::format("saw the holders of {} of {} listening sockets: {}", listeners_.held(),
                     sockets, rights));
  } else {
    note("listening sockets", 0, 1, "mount /proc",
         "no socket tables here: listeners of this host are unknown");
  }
  note("pressure", pressure_files_, 3, "boot with psi=1 on Linux 4.20 or newer",
       fmt::format("{} of 3 pressure files: saturation is unknown without them; boot with psi=1 on "
                   "Linux 4.20 or newer",
                   pressure_files_));
  if (options_.packages) {
    const bool whole = packages_.gap().empty();
    const std::size_t missing = whole ? 0 : std::max<std::size_t>(1, packages_.broken_stanzas());
    note("packages", packages_.all().size(), packages_.all().size() + missing, packages_.gap(),
         packages_.gap());
  }
  if (coverage.other_roots > 0) {
    note("processes in other roots", 0, coverage.other_roots, "their packages are not read yet",
         fmt::format("packages of {} in containers or other roots are not read",
                     counted(coverage.other_roots, "process", "processes")));
  }
  if (unasked_filesystems_ > 0) {
    note("filesystems", filesystems_.size(), filesystems_.size() + unasked_filesystems_,
         "remote filesystems are not asked, they could hang",
         fmt::format("{} remote or fuse filesystems are not asked: they could hang",
                     unasked_filesystems_));
  }
  for (const Gap& gap : gaps_) {
    if (gap.sentence.empty()) continue;
    sightings_.see(key("coverage", gap.what), gap.what,
                   {facts::CoverageSeen{gap.what, gap.seen, gap.total, gap.advice}}, gap.sentence,
                   gap.sentence);
  }
  sightings_.close_unseen<facts::CoverageSeen>();
}

}  // namespace daytwo::observe
