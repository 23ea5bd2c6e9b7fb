#include "orient/drift.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/time.h"
#include "facts/journal.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "facts/sighting.h"
#include "model/baseline.h"
#include "model/service.h"
#include "orient/detector.h"

namespace daytwo::orient {
namespace {

// The kernel's own threads: kthreadd and its children.
bool is_kernel_thread(const facts::ProcessSeen& process) {
  return process.pid == 2 || process.parent_pid == 2;
}

std::string workload_of(const facts::ProcessSeen& process) {
  if (!process.workload.empty()) return process.workload;
  return process.executable.empty() ? process.name : process.executable;
}

std::string deviation_of(const model::Difference& difference) {
  switch (difference.deviation) {
    case model::Deviation::kUnexpectedListener:
      return difference.beyond_loopback ? "a new listener beyond this host" : "a new listener";
    case model::Deviation::kMissingListener:
      return "a declared listener is gone";
    case model::Deviation::kWidenedListener:
      return "a listener opened up beyond this host";
    case model::Deviation::kOtherHolder:
      return "another program holds a declared listener";
    case model::Deviation::kUnexpectedProcess:
      return "a program runs that the baseline does not know";
    case model::Deviation::kMissingProcess:
      return "a declared program does not run";
  }
  return "drift";
}

// What a page's subject line must tell by itself.
std::string title_of(const model::Difference& difference) {
  std::string_view what = difference.what;
  if (what.starts_with("process:")) what.remove_prefix(std::string_view("process:").size());
  return fmt::format("{}: {}", deviation_of(difference), what);
}

std::string sentence_of(const model::Difference& difference, const std::string& host) {
  if (difference.observed.empty()) {
    return fmt::format("{} is in the baseline of {} and not there", difference.declared, host);
  }
  if (difference.declared.empty()) {
    return fmt::format("{} on {} is not in its baseline", difference.observed, host);
  }
  return fmt::format("{} on {}, where the baseline has {}", difference.observed, host,
                     difference.declared);
}

// What was seen of the difference, and what was declared.
std::vector<facts::Evidence> evidence_of(const model::Difference& difference, std::string_view host,
                                         const facts::Snapshot& snapshot) {
  std::vector<facts::Evidence> out;
  for (const auto& [record, listener] : seen<facts::ListenerSeen>(snapshot)) {
    const model::BaselineListener one{listener->protocol, listener->address, listener->port, "",
                                      ""};
    if (host_of(*record) != host || one.name() != difference.what) continue;
    out.push_back({record->sentence, "", record->id.value});
  }
  for (const auto& [record, process] : seen<facts::ProcessSeen>(snapshot)) {
    const bool it = "process:" + workload_of(*process) == difference.what;
    if (host_of(*record) != host || !it) continue;
    out.push_back({record->sentence, "", record->id.value});
  }
  if (!difference.declared.empty()) {
    out.push_back({"the baseline has " + difference.declared, "", 0});
  }
  return out;
}

Claim claim_of(const model::Difference& difference, const std::string& host, const View& view) {
  Claim claim = make_claim(facts::FindingKind::kDrift, "drift/" + host + "/" + difference.what,
                           host, title_of(difference), sentence_of(difference, host),
                           title_of(difference) + ": " + difference.observed);
  facts::Finding& finding = finding_of(claim);
  if (const model::Service* service = view.catalog.running(difference.workload)) {
    finding.service = service->id.value;
  }
  finding.evidence = evidence_of(difference, host, view.snapshot);
  finding.option = difference.observed.empty() ? "bring it back" : "stop it";
  finding.next_step =
      fmt::format("if it is meant to be so: daytwo baseline accept '{}'", difference.what);
  claim.record.inputs = {{"declared", difference.declared},
                         {"observed", difference.observed},
                         {"beyond loopback", difference.beyond_loopback ? "yes" : "no"}};
  return claim;
}

// What part of a host's processes was visible; empty = all.
std::string coverage_of(const facts::Snapshot& snapshot, const std::string& host) {
  for (const auto& coverage : seen<facts::CoverageSeen>(snapshot)) {
    const bool whole = coverage.what->seen >= coverage.what->total;
    if (host_of(*coverage.record) == host && coverage.what->what == "processes" && !whole) {
      return fmt::format("{} of {} processes seen: {}", coverage.what->seen, coverage.what->total,
                         coverage.what->advice);
    }
  }
  return {};
}

}  // namespace

std::vector<std::string> hosts_seen(const facts::Snapshot& snapshot) {
  std::set<std::string> hosts;
  for (const auto& host : seen<facts::HostSeen>(snapshot)) hosts.insert(host.what->host);
  return {hosts.begin(), hosts.end()};
}

model::Baseline observed_baseline(const facts::Snapshot& snapshot, std::string_view host,
                                  Timestamp now) {
  model::Baseline out;
  out.host = host;
  out.learned = now;
  for (const auto& [record, listener] : seen<facts::ListenerSeen>(snapshot)) {
    if (host_of(*record) != host) continue;
    if (model::is_client_socket(listener->protocol, listener->port)) continue;
    out.listeners.push_back(
        {listener->protocol, listener->address, listener->port, listener->workload, ""});
  }
  std::set<std::pair<std::string, std::string>> workloads;
  for (const auto& [record, process] : seen<facts::ProcessSeen>(snapshot)) {
    if (host_of(*record) != host || is_kernel_thread(*process)) continue;
    if (now - process->started < kSettled) continue;
    workloads.emplace(workload_of(*process), process->user);
  }
  for (const auto& [workload, user] : workloads) out.processes.push_back({workload, user, ""});
  std::sort(out.listeners.begin(), out.listeners.end(), [](const auto& a, const auto& b) {
    return std::tie(a.protocol, a.port, a.address) < std::tie(b.protocol, b.port, b.address);
  });
  return out;
}

Judgement Drift::judge(const View& view) {
  Judgement out;
  const auto hosts = hosts_seen(view.snapshot);
  std::vector<std::string> without;
  for (const std::string& host : hosts) {
    const auto declared =
        std::find_if(baselines_.begin(), baselines_.end(),
                     [&](const model::Baseline& baseline) { return baseline.host == host; });
    if (declared == baselines_.end()) {
      without.push_back(host);
      continue;
    }
    const std::string coverage = coverage_of(view.snapshot, host);
    for (const auto& difference :
         model::compare(*declared, observed_baseline(view.snapshot, host, view.now))) {
      Claim claim = claim_of(difference, host, view);
      claim.record.coverage = coverage;
      out.claims.push_back(std::move(claim));
    }
  }
  // A host that is not seen has not lost what it declares.
  for (const model::Baseline& baseline : baselines_) {
    if (std::find(hosts.begin(), hosts.end(), baseline.host) == hosts.end()) {
      out.unknown.push_back("drift/" + baseline.host + "/");
    }
  }
  if (baselines_.empty()) {
    out.claims.push_back(make_source_claim("drift", "no baseline: nothing can have drifted",
                                           "daytwo baseline learn", "no baseline"));
  } else if (!without.empty()) {
    out.claims.push_back(make_source_claim("drift", "no baseline for " + join_words(without),
                                           "daytwo baseline learn on each of them",
                                           "no baseline for " + join_words(without)));
  } else {
    out.claims.push_back(make_source_claim(
        "drift", "compared with " + counted(baselines_.size(), "baseline", "baselines"), "", "ok"));
  }
  return out;
}

std::string Drift::closing_sentence(const facts::Record& before) const {
  return "back to the baseline, or accepted: " + before.sentence;
}

}  // namespace daytwo::orient
