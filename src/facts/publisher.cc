#include "facts/publisher.h"

#include <utility>

namespace daytwo::facts {

void Publisher::subscribe(Journal::Subscriber subscriber) {
  const std::lock_guard lock(mutex_);
  subscribers_.push_back(std::move(subscriber));
}

void Publisher::enqueue(std::vector<RecordPtr> records) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(records));
}

void Publisher::drain() {
  std::unique_lock lock(mutex_);
  if (publishing_) return;
  publishing_ = true;
  while (!waiting_.empty()) {
    const std::vector<RecordPtr> next = std::move(waiting_.front());
    waiting_.pop_front();
    const std::vector<Journal::Subscriber> subscribers = subscribers_;
    lock.unlock();
    for (const Journal::Subscriber& subscriber : subscribers) subscriber(next);
    lock.lock();
  }
  publishing_ = false;
}

}  // namespace daytwo::facts
