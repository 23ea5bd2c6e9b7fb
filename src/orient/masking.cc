#include "orient/masking.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "chance/distribution.h"
#include "chance/learning.h"
#include "facts/names.h"
#include "facts/sighting.h"
#include "model/service.h"
#include "orient/columns.h"
#include "orient/cpu_use.h"
#include "orient/holder.h"
#include "orient/words.h"

namespace daytwo::orient {
namespace {

using facts::RecordPtr;

// Records of a kind that are read at once.
constexpr std::size_t kMaxRecords = 100'000;
constexpr double kWeeksPerYear = kDaysPerYear / 7;

// What the journal says of one service.
struct Story {
  std::vector<Life> lives;
  std::set<std::string> running;  // keys of its processes
  std::optional<Timestamp> first;
};
using Stories = std::map<std::string, Story>;

// Instants of changes, by service.
std::multimap<std::string, Timestamp> changes_in(const facts::Snapshot& snapshot) {
  std::multimap<std::string, Timestamp> out;
  for (const auto& change : seen<facts::ChangeSeen>(snapshot)) {
    out.emplace(change.what->service, change.what->at);
  }
  return out;
}

bool follows_change(const std::multimap<std::string, Timestamp>& changes,
                    const std::string& service, Timestamp at) {
  const auto [from, to] = changes.equal_range(service);
  return std::any_of(from, to, [&](const auto& change) {
    return change.second <= at && at - change.second <= kAfterChange;
  });
}

// Processes of each service, those left out that a process of the same service started.
Stories stories_of(const View& view, std::span<const RecordPtr> records) {
  const auto changes = changes_in(view.snapshot);
  std::map<std::pair<std::string, std::int64_t>, std::string> by_pid;  // (boot, pid) to service
  Stories out;
  for (const RecordPtr& record : records) {
    const auto* process = facts::body_as<facts::ProcessSeen>(*record);
    if (process == nullptr || record->state == facts::State::kChanged) continue;
    const model::Service* service = service_of(*process, view.catalog);
    if (service == nullptr) continue;
    const std::string& name = service->id.value;
    by_pid[{process->boot_id, process->pid}] = name;
    const auto parent = by_pid.find({process->boot_id, process->parent_pid});
    if (parent != by_pid.end() && parent->second == name) continue;
    Story& story = out[name];
    const bool began = record->state == facts::State::kOpen;
    if (!story.first) story.first = record->ts;
    if (began) {
      story.running.insert(record->key.value);
    } else {
      story.running.erase(record->key.value);
    }
    story.lives.push_back({record->ts, began, process->boot_id,
                           began && follows_change(changes, name, process->started)});
  }
  return out;
}

// Kills at memory limits, by service.
Result<std::map<std::string, double>> kills_of(const View& view, Duration window) {
  TRY(const auto columns, recent(view, "daytwo_cgroup_memory_oom_kills_total", window));
  std::map<std::string, double> out;
  for (const auto& [labels, column] : columns) {
    const model::Service* service = view.catalog.running(labels.get("workload"));
    if (service == nullptr) continue;
    out[service->id.value] += increase_of(column, view.now - window, view.now).value;
  }
  return out;
}

// Processors in use, by service.
Result<std::map<std::string, double>> used_by(const View& view) {
  TRY(const auto hosts, cpu_use(view, minutes(15), minutes(5)));
  std::map<std::string, double> out;
  for (const auto& [host, use] : hosts) {
    for (const auto& [service, processors] : use.by_service) out[service] += processors;
  }
  return out;
}

// Findings that what customers feel had in the window, by service.
Result<std::map<std::string, std::int64_t>> noticed_in(const facts::Journal& journal,
                                                       Timestamp from, Timestamp now) {
  std::map<std::string, std::int64_t> out;
  for (const auto kind : {facts::FindingKind::kBurn, facts::FindingKind::kProbe}) {
    TRY(const facts::Past past,
        journal.between(facts::to_string(kind), from, now + milliseconds(1), kMaxRecords));
    for (const RecordPtr& record : past.records) {
      const auto* finding = facts::body_as<facts::Finding>(*record);
      if (finding == nullptr || record->state != facts::State::kOpen) continue;
      if (!finding->service.empty()) ++out[finding->service];
    }
  }
  return out;
}

std::string noticed_words(const Mask& mask) {
  if (!mask.has_objective) return "no objective would have noticed";
  if (mask.noticed == 0) return "its objective never noticed";
  return fmt::format("noticed {}",
                     counted(static_cast<std::size_t>(mask.noticed), "time", "times"));
}

std::string sentence_of(const Mask& mask) {
  std::vector<std::string> parts;
  const std::string span = span_words(mask.watched.seconds());
  if (mask.a_week) {
    parts.push_back(
        fmt::format("was restarted {} in {} ({} to {} a week, 90 %)",
                    counted(static_cast<std::size_t>(mask.unplanned()), "time", "times"), span,
                    number_words(mask.a_week->p05), number_words(mask.a_week->p95)));
  }
  if (mask.kills > 0) {
    parts.push_back(fmt::format("was killed at its memory limit {}",
                                counted(static_cast<std::size_t>(mask.kills), "time", "times")));
  }
  if (mask.idle_copies) {
    parts.push_back(fmt::format("runs {} copies that use {} processors together", mask.copies,
                                number_words(*mask.used)));
  }
  if (parts.empty()) return fmt::format("{}: nothing covers for it in {}", mask.service, span);
  return fmt::format("{} {}: {}", mask.service, join_words(parts), noticed_words(mask));
}

void judge(Mask& mask) {
  const double years = mask.watched.days() / kDaysPerYear;
  if (mask.unplanned() > 0 && years > 0) {
    mask.a_week = chance::scaled(chance::rate_from_counts(mask.unplanned(), years).estimate(),
                                 1 / kWeeksPerYear);
  }
  mask.idle_copies = mask.copies >= kManyCopies && mask.used &&
                     *mask.used < kIdleCopy * static_cast<double>(mask.copies);
  mask.sentence = sentence_of(mask);
}

}  // namespace

Restarts restarts_in(std::span<const Life> lives) {
  Restarts out;
  std::string boot;
  std::int64_t vacant = 0;  // places whose process ended
  for (const Life& life : lives) {
    if (life.boot != boot) vacant = 0;
    boot = life.boot;
    if (!life.began) {
      ++vacant;
    } else if (vacant > 0) {
      --vacant;
      ++out.all;
      if (life.planned) ++out.planned;
    }
  }
  return out;
}

Result<std::vector<Mask>> masks(const View& view, const facts::Journal& journal, Duration window) {
  const Timestamp from = view.now - window;
  TRY(const facts::Past past, journal.between(facts::kind_name<facts::ProcessSeen>(), from,
                                              view.now + milliseconds(1), kMaxRecords));
  TRY(const auto kills, kills_of(view, window));
  TRY(const auto used, used_by(view));
  TRY(const auto noticed, noticed_in(journal, from, view.now));
  std::vector<Mask> out;
  for (const auto& [name, story] : stories_of(view, past.records)) {
    Mask mask;
    mask.service = name;
    mask.watched = view.now - *story.first;
    const Restarts restarts = restarts_in(story.lives);
    mask.restarts = restarts.all;
    mask.planned = restarts.planned;
    mask.copies = static_cast<std::int64_t>(story.running.size());
    if (const auto found = kills.find(name); found != kills.end()) {
      mask.kills = static_cast<std::int64_t>(found->second);
    }
    if (const auto found = used.find(name); found != used.end()) mask.used = found->second;
    if (const auto found = noticed.find(name); found != noticed.end()) {
      mask.noticed = found->second;
    }
    const model::Service* service = view.catalog.find(ServiceId(name));
    mask.has_objective = service != nullptr && !service->objectives.empty();
    judge(mask);
    out.push_back(std::move(mask));
  }
  std::stable_sort(out.begin(), out.end(), [](const Mask& a, const Mask& b) {
    return a.covers() != b.covers() ? a.covers() : a.unplanned() > b.unplanned();
  });
  return out;
}

}  // namespace daytwo::orient
