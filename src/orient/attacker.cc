#include "orient/attacker.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/text.h"
#include "facts/journal.h"
#include "facts/sighting.h"
#include "model/baseline.h"
#include "model/service.h"
#include "model/software/hazard.h"
#include "orient/detector.h"
#include "orient/exposure.h"

namespace daytwo::orient {
namespace {

// Keys of open drift findings, so that a doorway knows it is not declared.
std::set<std::string> open_drift(const facts::Snapshot& snapshot) {
  std::set<std::string> out;
  for (const auto& record : snapshot.open("drift")) out.insert(record->key.value);
  return out;
}

void add_exposures(Doorway& doorway, const facts::ListenerSeen& listener,
                   const std::vector<Exposure>& exposures) {
  for (const Exposure& exposure : exposures) {
    const bool same =
        exposure.host == doorway.host && exposure.rung >= model::Rung::kListens &&
        std::any_of(exposure.pids.begin(), exposure.pids.end(), [&](auto pid) {
          return std::find(listener.pids.begin(), listener.pids.end(), pid) != listener.pids.end();
        });
    if (!same) continue;
    const bool kev = exposure.vulnerability->kev.has_value();
    doorway.exposures.push_back(exposure.vulnerability->name + (kev ? " (exploited)" : ""));
    const double epss = exposure.vulnerability->epss.value_or(kev ? model::kKevMedianEpss : 0.0);
    doorway.events_per_year += model::events_per_year(epss, exposure.rung, kev).p50;
  }
}

Doorway doorway_of(const Seen<facts::ListenerSeen>& seen_listener, const model::Catalog& catalog,
                   const std::vector<Exposure>& exposures, const std::set<std::string>& drift) {
  const facts::ListenerSeen& listener = *seen_listener.what;
  Doorway out;
  out.host = host_of(*seen_listener.record);
  out.listener =
      model::BaselineListener{listener.protocol, listener.address, listener.port, "", ""}.name();
  out.reach = listener.reach;
  out.workload = listener.workload;
  out.package = listener.package;
  const model::Service* service = catalog.running(listener.workload);
  if (service == nullptr) service = catalog.running(listener.executable);
  if (service == nullptr) service = catalog.listening(listener.protocol, listener.port);
  if (service != nullptr) {
    out.service = service->id.value;
    if (service->owner) out.owner = service->owner->team.value;
    out.undeclared = drift.contains("declared/" + out.service + "/" + out.listener);
  }
  out.undeclared = out.undeclared || drift.contains("drift/" + out.host + "/" + out.listener);
  add_exposures(out, listener, exposures);
  if (listener.pids.empty()) out.complaints.emplace_back("who holds it is not visible");
  if (out.undeclared) out.complaints.emplace_back("it is declared nowhere");
  if (out.owner.empty()) out.complaints.emplace_back("nobody owns it");
  if (!out.exposures.empty()) {
    out.complaints.push_back(
        counted(out.exposures.size(), "known vulnerability", "known vulnerabilities"));
  }
  return out;
}

bool is_exploited(const Doorway& doorway) {
  return std::any_of(doorway.exposures.begin(), doorway.exposures.end(),
                     [](const std::string& name) { return name.ends_with("(exploited)"); });
}

std::string sentence_of(const std::vector<Doorway>& rows) {
  std::size_t outside = 0;
  std::size_t unowned = 0;
  std::size_t undeclared = 0;
  std::size_t vulnerable = 0;
  for (const Doorway& row : rows) {
    if (row.reach == facts::Reach::kLoopback) continue;
    ++outside;
    unowned += row.owner.empty() ? 1 : 0;
    undeclared += row.undeclared ? 1 : 0;
    vulnerable += row.exposures.empty() ? 0 : 1;
  }
  if (rows.empty()) return "no listening socket has been seen";
  if (outside == 0) {
    return fmt::format("nothing: {} this host alone, none beyond it",
                       counted(rows.size(), "socket listens on", "sockets listen on"));
  }
  return fmt::format(
      "{} beyond this host ({}), {} without an owner, {} undeclared, {} with a known vulnerability",
      counted(outside, "socket", "sockets"), "first: " + rows.front().listener, unowned, undeclared,
      vulnerable);
}

}  // namespace

FirstMinutes first_minutes(const facts::Snapshot& snapshot, const model::Catalog& catalog,
                           const std::vector<Exposure>& exposures) {
  FirstMinutes out;
  const std::set<std::string> drift = open_drift(snapshot);
  for (const auto& listener : seen<facts::ListenerSeen>(snapshot)) {
    if (model::is_client_socket(listener.what->protocol, listener.what->port)) continue;
    out.rows.push_back(doorway_of(listener, catalog, exposures, drift));
  }
  std::sort(out.rows.begin(), out.rows.end(), [](const Doorway& a, const Doorway& b) {
    const auto rank = [](const Doorway& row) {
      return std::tuple(-static_cast<int>(row.reach), !is_exploited(row), -row.events_per_year,
                        !row.undeclared, !row.owner.empty());
    };
    return std::tuple(rank(a), a.host, a.listener) < std::tuple(rank(b), b.host, b.listener);
  });
  out.sentence = sentence_of(out.rows);
  return out;
}

}  // namespace daytwo::orient
