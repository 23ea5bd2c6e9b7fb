#include "facts/told.h"

#include <algorithm>
#include <utility>

namespace daytwo::facts {

Told::Told(const Snapshot& snapshot) : snapshot_(snapshot) {
  for (const RecordPtr& queued : snapshot.open("queued")) {
    const std::string_view purpose = queued->find_input("purpose");
    if (purpose == "resolve" || purpose == "test") continue;
    Page page{std::string(queued->find_input("epoch")), queued, nullptr};
    for (const char* kind : {"sent", "undeliverable", "acked"}) {
      const RecordPtr said = snapshot.find(kind, queued->key);
      if (said != nullptr && said->id > page.newest->id) page.newest = said;
    }
    page.acked = snapshot.find("acked", queued->key);
    pages_[std::string(queued->find_input("worry"))].push_back(std::move(page));
  }
}

std::string Told::words(const WorryKey& worry) const {
  const auto found = pages_.find(worry.value);
  const RecordPtr routed = snapshot_.find("routed", worry);
  if (found == pages_.end() || routed == nullptr) return {};
  RecordPtr newest;
  for (const Page& page : found->second) {
    if (page.epoch != routed->find_input("epoch")) continue;
    if (newest == nullptr || page.newest->id > newest->id) newest = page.newest;
  }
  return newest == nullptr ? std::string() : newest->sentence;
}

bool Told::acked(const WorryKey& worry, Timestamp from, Timestamp to) const {
  const auto found = pages_.find(worry.value);
  if (found == pages_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const Page& page) {
    return page.acked != nullptr && page.acked->ts >= from && page.acked->ts <= to;
  });
}

}  // namespace daytwo::facts
