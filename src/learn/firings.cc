#include "learn/firings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "facts/journal.h"
#include "facts/judgement.h"
#include "facts/names.h"
#include "facts/record.h"
#include "facts/sighting.h"
#include "model/people.h"
#include "model/service.h"
#include "model/severity.h"
#include "model/working_hours.h"

namespace daytwo::learn {
namespace {

using facts::Record;
using facts::RecordPtr;

// Records of received alerts that are read at once.
constexpr std::size_t kMaxRecords = 100'000;
constexpr std::string_view kAlertKey = "alert/";

// One person told of one occurrence of a worry, and what came back.
struct Call {
  Timestamp at;
  std::string to;
  bool acked = false;
  std::string vote;
};

// All calls about one worry, by what made it an occurrence.
using Occurrences = std::map<std::string, std::vector<Call>>;
using CallsByWorry = std::map<std::string, Occurrences, std::less<>>;

CallsByWorry calls_of(const facts::Snapshot& snapshot) {
  CallsByWorry out;
  for (const RecordPtr& queued : snapshot.open("queued")) {
    if (queued->find_input("purpose") != "page") continue;
    const RecordPtr sent = snapshot.find("sent", queued->key);
    if (sent == nullptr) continue;
    Call call{sent->ts, facts::body_as<facts::Deed>(*queued)->to,
              snapshot.find("acked", queued->key) != nullptr, ""};
    if (const RecordPtr said = snapshot.find("feedback", queued->key)) {
      call.vote = facts::body_as<facts::Deed>(*said)->vote;
    }
    out[std::string(queued->find_input("worry"))][std::string(queued->find_input("epoch"))]
        .push_back(std::move(call));
  }
  return out;
}

std::string label(const facts::AlertSeen& seen, const char* name) {
  const auto found = seen.labels.find(name);
  return found == seen.labels.end() ? std::string() : found->second;
}

std::string service_of(const facts::AlertSeen& seen, const model::Catalog& catalog) {
  std::string service = label(seen, "service");
  if (!service.empty()) return service;
  const model::Service* found = catalog.running(label(seen, "job"));
  return found == nullptr ? std::string() : found->id.value;
}

// Sightings of a kind by their service, borrowed from the snapshot; those of none are left out.
template <typename Seen>
using ByService = std::map<std::string, std::vector<const Seen*>, std::less<>>;

template <typename Seen>
ByService<Seen> by_service(const facts::Snapshot& snapshot) {
  ByService<Seen> out;
  for (const RecordPtr& record : snapshot.open(facts::kind_name<Seen>())) {
    const auto* seen = facts::body_as<Seen>(*record);
    if (seen != nullptr && !seen->service.empty()) out[seen->service].push_back(seen);
  }
  return out;
}

// Collects firings and fills in what followed.
class Gathering {
 public:
  Gathering(const facts::Snapshot& snapshot, const model::Catalog& catalog,
            const model::People& people, Timestamp from, Timestamp now)
      : snapshot_(snapshot),
        catalog_(catalog),
        people_(people),
        from_(from),
        now_(now),
        calls_(calls_of(snapshot)),
        incidents_(by_service<facts::IncidentSeen>(snapshot)),
        changes_(by_service<facts::ChangeSeen>(snapshot)) {}

  void received(const std::vector<RecordPtr>& records);
  void imported();
  void found();
  std::vector<Firing> take();

 private:
  // Asleep at `at`; nothing where no working hours are stated.
  [[nodiscard]] std::optional<bool> asleep(const std::string& person, Timestamp at) const {
    const model::Person* known = people_.find(person);
    const auto& hours = known != nullptr && known->hours ? known->hours : people_.hours;
    if (!hours) return std::nullopt;
    return !hours->include(at);
  }
  void add_calls(Firing& firing, const std::vector<Call>& calls) const;
  // The calls of the worry that `seen` became, while the firing lasted.
  void call_for(Firing& firing, const facts::AlertSeen& seen) const;
  void follow(Firing& firing) const;

  const facts::Snapshot& snapshot_;
  const model::Catalog& catalog_;
  const model::People& people_;
  const Timestamp from_;
  const Timestamp now_;
  const CallsByWorry calls_;
  const ByService<facts::IncidentSeen> incidents_;
  const ByService<facts::ChangeSeen> changes_;
  std::vector<Firing> out_;
};

void Gathering::add_calls(Firing& firing, const std::vector<Call>& calls) const {
  std::map<std::string, Timestamp> told;  // a person told by two ways is called once
  for (const Call& call : calls) {
    told.emplace(call.to, call.at);
    firing.acked = firing.acked || call.acked;
    if (call.vote == "useful") ++firing.useful;
    if (call.vote == "noise") ++firing.noise;
    if (call.vote == "not_mine") ++firing.not_mine;
    if (call.vote == "no_power") ++firing.no_power;
  }
  firing.called += static_cast<std::int64_t>(told.size());
  for (const auto& [person, at] : told) {
    const auto sleeps = asleep(person, at);
    if (sleeps) firing.asleep = firing.asleep.value_or(0) + (*sleeps ? 1 : 0);
  }
}

void Gathering::call_for(Firing& firing, const facts::AlertSeen& seen) const {
  const auto worry = calls_.find(fmt::format("{}{}/{}", kAlertKey, seen.sender, seen.fingerprint));
  if (worry != calls_.end()) {
    for (const auto& [epoch, calls] : worry->second) {
      const bool during = calls.front().at >= firing.began &&
                          calls.front().at <= firing.ended.value_or(now_) + minutes(5);
      if (during) add_calls(firing, calls);
    }
  }
  if (firing.called > 0 || !model::wakes_by_custom(firing.severity)) return;
  firing.called = 1;
  firing.by_custom = true;
  if (const auto sleeps = asleep("", firing.began)) firing.asleep = *sleeps ? 1 : 0;
}

void Gathering::received(const std::vector<RecordPtr>& records) {
  struct Open {
    Firing firing;
    const facts::AlertSeen* seen = nullptr;
  };
  std::map<std::string, Open> open;
  const auto finish = [this](Open& each) {
    call_for(each.firing, *each.seen);
    out_.push_back(std::move(each.firing));
  };
  for (const RecordPtr& record : records) {
    const auto* seen = facts::body_as<facts::AlertSeen>(*record);
    if (seen == nullptr) continue;
    const auto going = open.find(record->key.value);
    if (record->state == facts::State::kClosed) {
      if (going == open.end()) continue;
      Firing& firing = going->second.firing;
      const bool plausible = seen->ends >= firing.began && seen->ends <= record->ts;
      firing.ended = plausible ? seen->ends : record->ts;
      finish(going->second);
      open.erase(going);
    } else if (going == open.end()) {
      // Senders may be wrong about the time, and say again what began long ago.
      const bool plausible = seen->starts <= record->ts && record->ts - seen->starts < days(1);
      Firing firing;
      firing.rule = label(*seen, "alertname");
      if (firing.rule.empty()) firing.rule = seen->fingerprint;
      firing.service = service_of(*seen, catalog_);
      firing.severity = label(*seen, "severity");
      firing.began = plausible ? seen->starts : record->ts;
      if (record->state == facts::State::kOpen && firing.began >= from_) {
        open[record->key.value] = {std::move(firing), seen};
      }
    }
  }
  for (auto& [key, each] : open) finish(each);
}

void Gathering::imported() {
  const auto day = [](Timestamp at) { return to_rfc3339(at).substr(0, 10); };
  std::map<std::pair<std::string, std::string>, std::set<std::string>> received;
  for (const Firing& each : out_) received[{each.rule, day(each.began)}].insert(each.service);
  for (const RecordPtr& record : snapshot_.open(facts::kind_name<facts::AlertDaySeen>())) {
    const auto* seen = facts::body_as<facts::AlertDaySeen>(*record);
    if (seen == nullptr || seen->at < from_ || seen->at >= now_) continue;
    // The day of what was received knows the label alone, its firing the job's service as well.
    const auto known = received.find({seen->alert, day(seen->at)});
    const bool twice =
        known != received.end() && (seen->service.empty() || known->second.contains(seen->service));
    if (twice) continue;
    Firing firing;
    firing.rule = seen->alert;
    firing.service = seen->service;
    firing.began = seen->at;
    firing.is_day = true;
    out_.push_back(std::move(firing));
  }
}

void Gathering::found() {
  for (const auto& [worry, occurrences] : calls_) {
    if (worry.starts_with(kAlertKey)) continue;
    RecordPtr newest;
    for (const RecordPtr& record : snapshot_.thread(WorryKey(worry))) {
      const auto* body = facts::body_as<facts::Finding>(*record);
      if (body != nullptr && facts::is_worry(body->kind)) newest = record;
    }
    if (newest == nullptr) continue;
    const auto& finding = *facts::body_as<facts::Finding>(*newest);
    for (const auto& [epoch, calls] : occurrences) {
      Firing firing;
      firing.rule = fmt::format("daytwo {}", facts::to_string(finding.kind));
      firing.service = finding.service;
      firing.found = true;
      firing.began = calls.front().at;
      if (firing.began < from_ || firing.began >= now_) continue;
      add_calls(firing, calls);
      out_.push_back(std::move(firing));
    }
  }
}

void Gathering::follow(Firing& firing) const {
  const bool goes_on = !firing.ended && !firing.is_day && !firing.found;
  const Timestamp end = firing.ended ? *firing.ended : goes_on ? now_ : firing.began + kLifeUnknown;
  if (const auto found = incidents_.find(firing.service); found != incidents_.end()) {
    for (const facts::IncidentSeen* seen : found->second) {
      const bool over = seen->ended.ms != 0 && seen->ended < firing.began;
      if (seen->began <= end && !over) firing.incident = true;
    }
  }
  if (const auto found = changes_.find(firing.service); found != changes_.end()) {
    for (const facts::ChangeSeen* seen : found->second) {
      if (seen->at >= firing.began && seen->at <= end) firing.change = true;
    }
  }
}

std::vector<Firing> Gathering::take() {
  for (Firing& firing : out_) follow(firing);
  std::sort(out_.begin(), out_.end(), [](const Firing& a, const Firing& b) {
    return std::tie(a.rule, a.began, a.service) < std::tie(b.rule, b.began, b.service);
  });
  return std::move(out_);
}

}  // namespace

Result<Firings> load_firings(const facts::Journal& journal, const model::Catalog& catalog,
                             const model::People& people, Timestamp from, Timestamp now) {
  TRY(const facts::Past past, journal.between(facts::kind_name<facts::AlertSeen>(), from,
                                              now + milliseconds(1), kMaxRecords));
  const facts::Snapshot snapshot = journal.snapshot();
  Gathering gathering(snapshot, catalog, people, from, now);
  gathering.received(past.records);
  gathering.imported();
  gathering.found();
  return Firings{gathering.take(), past.unreadable, past.records.size() >= kMaxRecords};
}

}  // namespace daytwo::learn
