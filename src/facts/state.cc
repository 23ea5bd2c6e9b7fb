#include "facts/state.h"

#include <algorithm>

#include "base/check.h"

namespace daytwo::facts {
namespace {

bool by_id(const RecordPtr& a, const RecordPtr& b) { return a->id < b->id; }

}  // namespace

JournalState::JournalState() : built_(std::make_shared<const Snapshot::Index>()) {}

void JournalState::add(std::span<const RecordPtr> records) {
  const std::lock_guard lock(mutex_);
  for (const RecordPtr& record : records) {
    CHECK(record->id > last_, "ids rise");
    last_ = record->id;
    newest_[{std::string(kind_of(*record)), record->key.value}] = record;
  }
  if (!records.empty()) built_ = nullptr;
}

Snapshot JournalState::snapshot() const {
  const std::lock_guard lock(mutex_);
  if (built_ == nullptr) {
    auto index = std::make_shared<Snapshot::Index>();
    index->newest = newest_;
    index->last = last_;
    for (const auto& [name, record] : newest_) index->threads[name.second].push_back(record);
    for (auto& [key, thread] : index->threads) std::sort(thread.begin(), thread.end(), by_id);
    built_ = std::move(index);
  }
  Snapshot out;
  out.index_ = built_;
  return out;
}

std::vector<RecordPtr> Snapshot::open(std::string_view kind) const {
  std::vector<RecordPtr> out;
  if (index_ == nullptr) return out;
  for (auto it = index_->newest.lower_bound({std::string(kind), ""});
       it != index_->newest.end() && it->first.first == kind; ++it) {
    if (it->second->state != State::kClosed) out.push_back(it->second);
  }
  return out;
}

RecordPtr Snapshot::find(std::string_view kind, const WorryKey& key) const {
  if (index_ == nullptr) return nullptr;
  const auto it = index_->newest.find({std::string(kind), key.value});
  return it == index_->newest.end() ? nullptr : it->second;
}

std::vector<RecordPtr> Snapshot::of_room(std::string_view room) const {
  std::vector<RecordPtr> out;
  if (index_ == nullptr) return out;
  for (const auto& [name, record] : index_->newest) {
    if (room_of(*record) == room) out.push_back(record);
  }
  return out;
}

std::vector<RecordPtr> Snapshot::thread(const WorryKey& key) const {
  if (index_ == nullptr) return {};
  const auto it = index_->threads.find(key.value);
  return it == index_->threads.end() ? std::vector<RecordPtr>() : it->second;
}

void Snapshot::for_each_thread(const std::function<void(std::span<const RecordPtr>)>& use) const {
  if (index_ == nullptr) return;
  for (const auto& [key, thread] : index_->threads) use(thread);
}

RecordId Snapshot::newest() const { return index_ == nullptr ? RecordId() : index_->last; }

}  // namespace daytwo::facts
