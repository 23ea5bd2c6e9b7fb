// From packages, mappings and listeners to exposures with their rung.
#include "orient/exposure.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "facts/journal.h"
#include "facts/sighting.h"
#include "model/software/advisory_index.h"
#include "model/software/hazard.h"
#include "model/software/version.h"
#include "orient/detector.h"

namespace daytwo::orient {
namespace {

// A sighting that names this many pids may know of more.
constexpr std::size_t kNamedPids = 64;

// "libc6:amd64" -> "libc6".
std::string bare(std::string_view package) {
  return std::string(package.substr(0, package.find(':')));
}

// What holds the mapped code of one binary package in one workload.
struct Use {
  std::set<std::int64_t> pids;
  std::set<std::string> addresses;
  model::Rung rung = model::Rung::kMapped;
  bool stale = false;
};

// One host as the matcher needs it.
struct Host {
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<std::string>>
      sources;  // (ecosystem, source, version) -> binaries
  std::map<std::string, std::map<std::string, Use>> uses;  // binary package -> workload -> use
  std::map<std::int64_t, std::string> workload_of;         // pid -> workload
  std::multimap<std::string, const facts::ListenerSeen*> listeners;  // by workload
};

using Hosts = std::map<std::string, Host>;

Hosts hosts_of(const facts::Snapshot& snapshot) {
  Hosts out;
  for (const auto& [record, package] : seen<facts::PackageSeen>(snapshot)) {
    const std::string& source = package->source.empty() ? package->name : package->source;
    const std::string& version =
        package->source_version.empty() ? package->version : package->source_version;
    out[std::string(host_of(*record))].sources[{package->ecosystem, source, version}].push_back(
        package->name);
  }
  for (const auto& [record, process] : seen<facts::ProcessSeen>(snapshot)) {
    out[std::string(host_of(*record))].workload_of[process->pid] = process->workload;
  }
  for (const auto& [record, listener] : seen<facts::ListenerSeen>(snapshot)) {
    Host& host = out[std::string(host_of(*record))];
    host.listeners.emplace(listener->workload, listener);
    for (const std::int64_t pid : listener->pids) {
      // A process record speaks of the oldest of its group; a listener names the others.
      if (!listener->workload.empty()) host.workload_of.emplace(pid, listener->workload);
    }
  }
  return out;
}

// The listener lifts the rung of a workload that maps the code.
void lift(Use& use, const facts::ListenerSeen& listener) {
  use.addresses.insert(fmt::format("{}:{}", listener.address, listener.port));
  use.rung =
      std::max(use.rung, listener.reach == facts::Reach::kLoopback ? model::Rung::kListens
                                                                   : model::Rung::kReachable);
}

// A mapping is used by its workloads. A pid of it that listens lifts its workload's rung; where the
// sighting names only some of many pids, a listener of the workload does.
void add_use(Host& host, const facts::MappingSeen& mapping) {
  auto& by_workload = host.uses[bare(mapping.package)];
  // A mapping whose processes are not visible is still a mapping.
  if (mapping.workloads.empty()) by_workload[""].stale |= mapping.stale;
  for (const std::string& workload : mapping.workloads)
    by_workload[workload].stale |= mapping.stale;
  const std::set<std::int64_t> pids(mapping.pids.begin(), mapping.pids.end());
  for (const std::int64_t pid : pids) {
    const auto known = host.workload_of.find(pid);
    const bool only = mapping.workloads.size() == 1;
    if (known == host.workload_of.end() && !only) continue;
    by_workload[only ? mapping.workloads.front() : known->second].pids.insert(pid);
  }
  const bool some_only = pids.size() >= kNamedPids;
  for (auto& [workload, use] : by_workload) {
    const auto [first, last] = host.listeners.equal_range(workload);
    for (auto at = first; at != last; ++at) {
      const bool holds = std::any_of(at->second->pids.begin(), at->second->pids.end(),
                                     [&](std::int64_t pid) { return pids.contains(pid); });
      if (holds || some_only) lift(use, *at->second);
    }
  }
}

// The uses of all binaries of one source package, merged by workload.
std::map<std::string, Use> uses_of(const Host& host, const std::vector<std::string>& binaries) {
  std::map<std::string, Use> out;
  for (const std::string& binary : binaries) {
    const auto found = host.uses.find(bare(binary));
    if (found == host.uses.end()) continue;
    for (const auto& [workload, use] : found->second) {
      Use& merged = out[workload];
      merged.pids.insert(use.pids.begin(), use.pids.end());
      merged.addresses.insert(use.addresses.begin(), use.addresses.end());
      merged.rung = std::max(merged.rung, use.rung);
      merged.stale = merged.stale || use.stale;
    }
  }
  return out;
}

double hazard_of(const Exposure& exposure) {
  const model::Vulnerability& vulnerability = *exposure.vulnerability;
  const double epss = vulnerability.epss.value_or(vulnerability.kev ? model::kKevMedianEpss : 0.0);
  return model::events_per_year(epss, exposure.rung, vulnerability.kev.has_value()).p50;
}

void sort_by_hazard(std::vector<Exposure>& found) {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < found.size(); ++i) order.emplace_back(-hazard_of(found[i]), i);
  std::sort(order.begin(), order.end());
  std::vector<Exposure> sorted;
  sorted.reserve(found.size());
  for (const auto& [hazard, i] : order) sorted.push_back(std::move(found[i]));
  found = std::move(sorted);
}

void match_host(const std::string& name, const Host& host, const model::AdvisoryIndex& index,
                Exposures& out) {
  for (const auto& [key, binaries] : host.sources) {
    const auto& [ecosystem, source, version] = key;
    out.packages += binaries.size();
    const model::Matched matched = index.match(ecosystem, source, version);
    if (matched.unparsable) out.unparsable.push_back(fmt::format("{} {}", source, version));
    if (matched.hits.empty()) continue;
    const auto uses = uses_of(host, binaries);
    for (const model::Hit& hit : matched.hits) {
      Exposure exposure;
      exposure.host = name;
      exposure.package = source;
      exposure.version = version;
      for (const std::string& binary : binaries) {
        exposure.binaries += (exposure.binaries.empty() ? "" : ", ") + binary;
      }
      exposure.fixed = hit.fixed;
      exposure.ambiguous = hit.ambiguous;
      exposure.vulnerability = &index.vulnerability(hit.vulnerability);
      if (uses.empty()) out.found.push_back(exposure);
      for (const auto& [workload, use] : uses) {
        exposure.workload = workload;
        exposure.rung = use.rung;
        exposure.pids.assign(use.pids.begin(), use.pids.end());
        exposure.addresses.assign(use.addresses.begin(), use.addresses.end());
        exposure.stale = use.stale;
        out.found.push_back(exposure);
      }
    }
  }
}

}  // namespace

bool Exposure::hits() const {
  return rung >= model::Rung::kMapped || vulnerability->kev.has_value();
}

Exposures find_exposures(const facts::Snapshot& snapshot, const model::AdvisoryIndex& index) {
  Exposures out;
  Hosts hosts = hosts_of(snapshot);
  for (const auto& [record, mapping] : seen<facts::MappingSeen>(snapshot)) {
    add_use(hosts[std::string(host_of(*record))], *mapping);
  }
  for (const auto& [record, host] : seen<facts::HostSeen>(snapshot)) {
    if (!model::order_of_ecosystem(host->ecosystem)) out.unmatched_hosts.push_back(host->host);
  }
  for (const auto& [name, host] : hosts) match_host(name, host, index, out);
  sort_by_hazard(out.found);
  return out;
}

}  // namespace daytwo::orient
