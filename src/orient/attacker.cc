#include "orient/attacker.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/text.h"
#include "facts/journal.h"
#include "facts/judgement.h"
#include "facts/sighting.h"
#include "model/baseline.h"
#include "model/service.h"
#include "model/software/hazard.h"
#include "orient/declared.h"
#include "orient/detector.h"
#include "orient/exposure.h"
#include "orient/holder.h"
#include "orient/open_doors.h"
#include "orient/words.h"

namespace daytwo::orient {
namespace {

// What all doorways are held against.
struct Known {
  const model::Catalog& catalog;
  const std::vector<Exposure>& exposures;
  Processes processes;
  std::map<std::string, facts::RecordPtr> drift;  // open findings, by key
  bool baseline = false;                          // every host seen has one
};

Known known_of(const facts::Snapshot& snapshot, const model::Catalog& catalog,
               const std::vector<Exposure>& exposures) {
  Known out{catalog, exposures, seen<facts::ProcessSeen>(snapshot), {}, false};
  for (const auto& record : snapshot.open("drift")) out.drift.emplace(record->key.value, record);
  const auto source = snapshot.find("source", WorryKey("source/drift"));
  const auto* finding = source == nullptr ? nullptr : facts::body_as<facts::Finding>(*source);
  out.baseline = finding != nullptr && finding->next_step.empty();
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
    doorway.evidence.push_back(fmt::format(
        "{} is in {} {}, in the memory of the holder{}", exposure.vulnerability->name,
        exposure.package, exposure.version,
        exposure.fixed.empty() ? "; no fixed version is known" : "; fixed in " + exposure.fixed));
    const double epss = exposure.vulnerability->epss.value_or(kev ? model::kKevMedianEpss : 0.0);
    doorway.events_per_year += model::events_per_year(epss, exposure.rung, kev).p50;
  }
}

// What a difference says is wrong: nothing where it says that nobody declared the socket.
std::string wrong_by(const facts::Record& drift) {
  if (drift.find_input("state") == kOpenWider) return fmt::format("it is {}", kOpenWider);
  if (drift.key.value.starts_with("declared/") || drift.find_input("declared").empty()) return {};
  // The baseline knows the socket, and otherwise: "another program holds a declared listener: ...".
  const auto* finding = facts::body_as<facts::Finding>(drift);
  return finding->title.substr(0, finding->title.find(':'));
}

// Drift findings about the doorway: of its service's file, and of its host's baseline.
void add_drift(Doorway& doorway, const Known& known, std::vector<std::string>& differs) {
  for (const std::string& prefix :
       {"declared/" + doorway.service + "/", "drift/" + doorway.host + "/"}) {
    const auto at = known.drift.find(prefix + doorway.listener);
    if (at == known.drift.end()) continue;
    const facts::Record& record = *at->second;
    doorway.worries.push_back(record.key);
    doorway.evidence.push_back(record.sentence);
    std::string wrong = wrong_by(record);
    doorway.undeclared = doorway.undeclared || wrong.empty();
    if (!wrong.empty()) differs.push_back(std::move(wrong));
  }
  doorway.undeclared = doorway.undeclared || (doorway.service.empty() && !known.baseline);
}

// What is wrong with it, worst first.
void complain(Doorway& out, const facts::ListenerSeen& listener, const facts::ProcessSeen* holder,
              const std::vector<std::string>& differs, const std::string& declared_by) {
  const bool beyond = out.reach != facts::Reach::kLoopback;
  if (!out.exposures.empty()) {
    out.complaints.push_back(
        counted(out.exposures.size(), "known vulnerability", "known vulnerabilities"));
  }
  const std::string_view door = open_door(listener.protocol, listener.port);
  if (beyond && !door.empty()) {
    out.open_door = true;
    out.complaints.push_back(fmt::format("the port is that of {}", door));
  }
  for (const std::string& one : differs) out.complaints.push_back(one);
  if (!declared_by.empty()) {
    out.complaints.push_back(declared_by + " declares the port, and another process holds it");
  }
  if (out.undeclared) out.complaints.emplace_back("it is declared nowhere");
  if (beyond && holder != nullptr && holder->user == "root") {
    out.complaints.emplace_back("it runs as root");
  }
  if (holder != nullptr && holder->executable_deleted) {
    out.complaints.emplace_back("it runs a program that was replaced or deleted");
  }
  if (listener.pids.empty()) out.complaints.emplace_back("who holds it is not visible");
  if (out.owner.empty()) out.complaints.emplace_back("nobody owns it");
}

Doorway doorway_of(const Seen<facts::ListenerSeen>& seen_listener, const Known& known) {
  const facts::ListenerSeen& listener = *seen_listener.what;
  Doorway out;
  out.host = host_of(*seen_listener.record);
  out.listener =
      model::BaselineListener{listener.protocol, listener.address, listener.port, "", ""}.name();
  out.reach = listener.reach;
  out.workload = listener.workload;
  out.package = listener.package;
  out.evidence.push_back(fmt::format("{} (since {})", seen_listener.record->sentence,
                                     to_clock(seen_listener.record->ts)));
  const facts::ProcessSeen* holder = holder_of(listener, known.processes);
  if (holder != nullptr) {
    out.holder = holder->name + " as " + holder->user;
    out.evidence.push_back(fmt::format("pid {}: {}", holder->pid, holder->command));
  } else {
    out.holder = listener.executable;
  }
  const model::Service* service = holding_service(listener, known.processes, known.catalog);
  const model::Service* declares = known.catalog.listening(listener.protocol, listener.port);
  // Whoever declares the port is taken for its holder while nothing speaks against it.
  const bool nameless = holder == nullptr && listener.executable.empty();
  const bool other =
      service == nullptr && declares != nullptr && !nameless && !declares->runs.empty();
  if (service == nullptr && !other) service = declares;
  if (service != nullptr) {
    out.service = service->id.value;
    if (service->owner) out.owner = service->owner->team.value;
  }
  add_exposures(out, listener, known.exposures);
  std::vector<std::string> differs;
  add_drift(out, known, differs);
  complain(out, listener, holder, differs, other ? declares->id.value : "");
  return out;
}

bool is_exploited(const Doorway& doorway) {
  return std::any_of(doorway.exposures.begin(), doorway.exposures.end(),
                     [](const std::string& name) { return name.ends_with("(exploited)"); });
}

// "first tcp:0.0.0.0:443 (nginx as root): 1 known vulnerability and nobody owns it".
std::string first_words(const Doorway& row) {
  std::string out = "first " + row.listener;
  if (!row.holder.empty()) out += " (" + row.holder + ")";
  return out + ": " +
         (row.complaints.empty() ? "nothing wrong is known" : join_words(row.complaints));
}

std::string sentence_of(const std::vector<Doorway>& rows) {
  if (rows.empty()) return "no listening socket has been seen";
  const auto outside =
      static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [](const Doorway& row) {
        return row.reach != facts::Reach::kLoopback;
      }));
  if (outside == 0) {
    return fmt::format("nothing: {} to this host alone, none beyond it",
                       counted(rows.size(), "socket listens", "sockets listen"));
  }
  return fmt::format("{} of {} reach beyond this host; {}", outside,
                     counted(rows.size(), "listening socket", "listening sockets"),
                     first_words(rows.front()));
}

}  // namespace

FirstMinutes first_minutes(const facts::Snapshot& snapshot, const model::Catalog& catalog,
                           const std::vector<Exposure>& exposures) {
  FirstMinutes out;
  const Known known = known_of(snapshot, catalog, exposures);
  for (const auto& listener : seen<facts::ListenerSeen>(snapshot)) {
    if (model::is_client_socket(listener.what->protocol, listener.what->port)) continue;
    out.rows.push_back(doorway_of(listener, known));
  }
  std::sort(out.rows.begin(), out.rows.end(), [](const Doorway& a, const Doorway& b) {
    const auto rank = [](const Doorway& row) {
      return std::tuple(-static_cast<int>(row.reach), !is_exploited(row), -row.events_per_year,
                        !row.open_door, !row.undeclared, !row.owner.empty());
    };
    return std::tuple(rank(a), a.host, a.listener) < std::tuple(rank(b), b.host, b.listener);
  });
  out.sentence = sentence_of(out.rows);
  return out;
}

}  // namespace daytwo::orient
