#include "orient/idle.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "facts/sighting.h"
#include "model/service.h"
#include "orient/columns.h"
#include "orient/holder.h"
#include "orient/meter.h"
#include "orient/use.h"

namespace daytwo::orient {
namespace {

constexpr Duration kNewest = minutes(10);
// Free space that moves less within five minutes is bookkeeping.
constexpr double kWrittenBytes = 1 << 20;

// A thing on its way to a verdict: `idle` is filled as far as it is known before looking back.
struct Candidate {
  Idle idle;
  UseOf use;
};

series::Matcher metric(std::string_view name) {
  return series::Matcher::equal(std::string(series::kMetricName), std::string(name));
}

UseSign processor_sign(const facts::ProcessSeen& process) {
  UseSign sign;
  sign.what = "processor time of " + process.name;
  sign.matchers = {metric("daytwo_process_cpu_seconds_total"),
                   series::Matcher::equal("workload", process.workload),
                   series::Matcher::equal("name", process.name)};
  sign.noise = kIdleProcessorShare * kUsePiece.seconds();
  return sign;
}

// Requests counted at a port of the service, by whoever scrapes it; not what counts the scrapes.
void add_ports(UseOf& use, const model::Service& service) {
  for (const model::DeclaredListener& listener : service.listens) {
    auto counters = series::Matcher::make(series::MatchOp::kRegex, std::string(series::kMetricName),
                                          ".*requests_total");
    auto scrapes = series::Matcher::make(series::MatchOp::kNotRegex,
                                         std::string(series::kMetricName), "promhttp_.*");
    auto port = series::Matcher::make(series::MatchOp::kRegex, "instance",
                                      fmt::format(".*:{}", listener.port));
    if (!counters || !scrapes || !port) continue;
    UseSign sign;
    sign.what = fmt::format("requests at port {}", listener.port);
    sign.matchers = {*std::move(counters), *std::move(scrapes), *std::move(port)};
    use.signs.push_back(std::move(sign));
  }
}

// What comes in, as far as objectives and flows of the service count it; else at its ports.
void add_inbound(UseOf& use, const model::Service& service) {
  std::set<std::string> said;
  for (const model::Objective& objective : service.objectives) {
    if (objective.kind != model::ObjectiveKind::kRatio || !said.insert(objective.total).second) {
      continue;
    }
    auto sides = sides_of(objective, &service);
    if (!sides) continue;
    UseSign sign;
    sign.what = "events of " + objective.name;
    sign.matchers = std::move(sides->front().matchers);
    use.signs.push_back(std::move(sign));
  }
  for (const model::Flow& flow : service.flows) {
    UseSign sign;
    sign.what = "counts of " + flow.name;
    sign.matchers = {metric("daytwo_count_total"), series::Matcher::equal("flow", flow.name)};
    use.signs.push_back(std::move(sign));
  }
  if (use.signs.empty()) add_ports(use, service);
}

Result<std::map<std::pair<std::string, std::string>, double>> memory_of(const View& view) {
  TRY(const auto columns, recent(view, "daytwo_process_resident_memory_bytes", kNewest));
  std::map<std::pair<std::string, std::string>, double> out;
  for (const auto& [labels, column] : columns) {
    const auto value = newest(column);
    if (value) {
      out[{std::string(labels.get("workload")), std::string(labels.get("name"))}] += *value;
    }
  }
  return out;
}

Result<std::vector<Candidate>> programs(const View& view) {
  TRY(const auto memory, memory_of(view));
  std::map<std::pair<std::string, std::string>, Candidate> by_key;  // host and name
  for (const auto& process : seen<facts::ProcessSeen>(view.snapshot)) {
    const std::string host(host_of(*process.record));
    const model::Service* service = service_of(*process.what, view.catalog);
    const std::string name = service == nullptr ? process.what->workload : service->id.value;
    Candidate& one = by_key[{host, name}];
    if (one.use.signs.empty()) {
      one.idle.of = service == nullptr ? IdleOf::kWorkload : IdleOf::kService;
      one.idle.name = name;
      one.idle.host = host;
      if (service != nullptr && service->owner) one.idle.owner = service->owner->team.value;
      if (service != nullptr) add_inbound(one.use, *service);
    }
    const auto held = memory.find({process.what->workload, process.what->name});
    if (held != memory.end()) one.idle.bytes += held->second;
    one.use.signs.push_back(processor_sign(*process.what));
  }
  std::vector<Candidate> out;
  for (auto& [key, one] : by_key) {
    if (one.idle.of == IdleOf::kWorkload && one.idle.bytes < kIdleMemoryBytes) continue;
    out.push_back(std::move(one));
  }
  return out;
}

// Mounts whose loss frees nothing: of the system, and second views of a device of the system.
bool is_of_system(const facts::FilesystemSeen& one, const std::set<std::string>& roots) {
  const std::string& mount = one.mount;
  return mount == "/" || mount.starts_with("/boot") || mount.starts_with("/etc/") ||
         one.read_only || one.type == "tmpfs" || one.type == "overlay" ||
         roots.contains(one.device) || one.size_bytes < kIdleFilesystemBytes;
}

Result<std::vector<Candidate>> filesystems(const View& view) {
  const auto all = seen<facts::FilesystemSeen>(view.snapshot);
  std::set<std::string> roots;
  for (const auto& one : all) {
    if (one.what->mount == "/") roots.insert(one.what->device);
  }
  std::vector<Candidate> out;
  for (const auto& one : all) {
    if (is_of_system(*one.what, roots)) continue;
    const std::vector<series::Matcher> where = {
        series::Matcher::equal("mountpoint", one.what->mount)};
    TRY(const auto free, recent(view, "node_filesystem_free_bytes", kNewest, where));
    const auto left = free.empty() ? std::nullopt : newest(free.front().column);
    const auto size = static_cast<double>(one.what->size_bytes);
    if (!left || 1 - *left / size > kIdleFilledShare) continue;
    Candidate candidate;
    candidate.idle.of = IdleOf::kFilesystem;
    candidate.idle.name = one.what->mount;
    candidate.idle.host = host_of(*one.record);
    candidate.idle.bytes = *left;
    candidate.idle.evidence.push_back(fmt::format("{:.0f} % of {:.1f} GiB are filled",
                                                  std::max(0.0, 1 - *left / size) * 100,
                                                  size / (1 << 30)));
    UseSign sign;
    sign.what = "writing";
    sign.matchers = {metric("node_filesystem_free_bytes"), where.front()};
    sign.gauge = true;
    sign.noise = kWrittenBytes;
    candidate.use.signs.push_back(std::move(sign));
    out.push_back(std::move(candidate));
  }
  return out;
}

// "no events of availability for 30d", "processor time of search at noise for 12m (watched since)".
void add_evidence(Idle& idle, const UseOf& use, Timestamp now) {
  bool inbound = idle.of == IdleOf::kFilesystem;
  for (const UseSign& sign : use.signs) {
    if (!sign.first) {
      idle.evidence.push_back(sign.what + ": not measured");
      continue;
    }
    const bool processor = sign.noise > 0 && !sign.gauge;
    inbound = inbound || !processor;
    idle.evidence.push_back(fmt::format("{} {} for {}{}", processor ? sign.what : "no " + sign.what,
                                        processor ? "at noise" : "seen",
                                        to_words(now - sign.used.value_or(*sign.first)),
                                        sign.used ? "" : ", as far back as samples go"));
  }
  if (!inbound) idle.evidence.emplace_back("what comes in is not measured: declare an objective");
}

// Who needs the service, of those that are in use; empty when nobody does.
std::string needed_by(const std::string& id, const model::Catalog& catalog,
                      const std::set<std::string>& idle) {
  for (const model::Service& service : catalog.all()) {
    if (idle.contains(service.id.value)) continue;
    for (const model::Dependency& needed : service.depends) {
      for (const ServiceId& on : needed.on) {
        if (on.value == id) return service.id.value;
      }
    }
  }
  return {};
}

}  // namespace

Result<IdleReport> find_idle(const View& view, Duration least) {
  TRY(auto candidates, programs(view));
  TRY(auto mounts, filesystems(view));
  std::move(mounts.begin(), mounts.end(), std::back_inserter(candidates));
  IdleReport out;
  out.looked_at = candidates.size();
  std::set<std::string> idle_services;
  for (Candidate& one : candidates) {
    TRY_VOID(look_back(view, {&one.use, 1}));
    for (const UseSign& sign : one.use.signs) {
      if (sign.first) out.watched = std::max(out.watched, view.now - *sign.first);
    }
    const auto since = one.use.idle_since();
    if (!since || view.now - *since < least) continue;
    one.idle.since = *since;
    one.idle.used_before = one.use.is_used();
    add_evidence(one.idle, one.use, view.now);
    if (one.idle.of == IdleOf::kService) idle_services.insert(one.idle.name);
    out.idle.push_back(std::move(one.idle));
  }
  std::erase_if(out.idle, [&](const Idle& one) {
    if (one.of != IdleOf::kService) return false;
    const std::string by = needed_by(one.name, view.catalog, idle_services);
    if (!by.empty()) out.needed.push_back(fmt::format("{} needs {}", by, one.name));
    return !by.empty();
  });
  std::stable_sort(out.idle.begin(), out.idle.end(),
                   [](const Idle& a, const Idle& b) { return a.since < b.since; });
  return out;
}

}  // namespace daytwo::orient
