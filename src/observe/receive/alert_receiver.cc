#include "observe/receive/alert_receiver.h"

#include <fmt/format.h>

#include <utility>

#include "observe/observation.h"

namespace daytwo::observe {
namespace {

// Alerts are news each time: a storm of them is bounded by kMaxAlerts, not by the hour.
constexpr int kMaxAlertChanges = 1'000;

std::string name_of(const facts::AlertSeen& seen) {
  const auto found = seen.labels.find("alertname");
  return found == seen.labels.end() ? seen.fingerprint : found->second;
}

std::string service_of(const facts::AlertSeen& seen) {
  const auto found = seen.labels.find("service");
  return found == seen.labels.end() ? std::string() : found->second;
}

std::string about(const facts::AlertSeen& seen) {
  for (const char* label : {"service", "job", "instance"}) {
    const auto found = seen.labels.find(label);
    if (found != seen.labels.end()) return fmt::format(" for {}", found->second);
  }
  return {};
}

}  // namespace

AlertReceiver::AlertReceiver() : sightings_(kReceiveEngine, kMaxAlertChanges) {}

void AlertReceiver::restore(std::span<const facts::RecordPtr> records) {
  const std::lock_guard lock(mutex_);
  sightings_.restore(records, "");
  for (const facts::RecordPtr& record : records) {
    const auto* seen = facts::body_as<facts::AlertSeen>(*record);
    if (seen != nullptr && record->state != facts::State::kClosed) open_[record->key.value] = *seen;
  }
}

void AlertReceiver::note_day(const facts::AlertSeen& seen, Timestamp now) {
  if (sightings_.size() >= kMaxAlerts + kMaxAlertDays) return;
  // Senders may be wrong about the time, and say again what began long ago.
  const bool plausible = seen.starts <= now && now - seen.starts < days(1);
  const facts::AlertDaySeen day{name_of(seen), service_of(seen), plausible ? seen.starts : now};
  const std::string date = to_rfc3339(day.at).substr(0, 10);
  sightings_.see(fmt::format("alert_day/{}/{}/{}", day.alert, day.service, date), day.alert, {day},
                 fmt::format("{} fired{} on {}", day.alert, about(seen), date));
}

void AlertReceiver::resolve(const std::string& key, const facts::AlertSeen& seen,
                            std::string_view how) {
  sightings_.close(key, fmt::format("{}{} {}", name_of(seen), about(seen), how), {seen});
  open_.erase(key);
}

std::vector<facts::Record> AlertReceiver::take(std::span<const facts::AlertSeen> alerts,
                                               Timestamp now) {
  const std::lock_guard lock(mutex_);
  sightings_.begin(now);
  for (facts::AlertSeen seen : alerts) {
    const std::string key = "alert/" + seen.fingerprint;
    if (!seen.firing || (seen.ends != Timestamp{} && seen.ends <= now)) {
      seen.firing = false;
      if (open_.contains(key)) resolve(key, seen, "is resolved");
      continue;
    }
    if (!open_.contains(key) && open_.size() >= kMaxAlerts) {
      ++refused_;
      continue;
    }
    sightings_.see(key, name_of(seen), {seen},
                   fmt::format("{} fires{}, says {}", name_of(seen), about(seen), seen.sender));
    if (!open_.contains(key)) note_day(seen, now);
    open_[key] = std::move(seen);
  }
  return sightings_.take();
}

std::vector<facts::Record> AlertReceiver::step(Timestamp now) {
  const std::lock_guard lock(mutex_);
  sightings_.begin(now);
  std::vector<std::pair<std::string, facts::AlertSeen>> ended;
  for (const auto& [key, seen] : open_) {
    if (seen.ends != Timestamp{} && seen.ends <= now) ended.emplace_back(key, seen);
  }
  for (auto& [key, seen] : ended) {
    seen.firing = false;
    resolve(key, seen, "was not renewed by its sender and counts as over");
  }
  return sightings_.take();
}

std::uint64_t AlertReceiver::refused() const {
  const std::lock_guard lock(mutex_);
  return refused_;
}

}  // namespace daytwo::observe
