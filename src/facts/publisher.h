// Calls subscribers in order. An append made by a subscriber is published after the one that caused
// it.
#pragma once

#include <deque>
#include <mutex>
#include <vector>

#include "facts/journal.h"

namespace daytwo::facts {

class Publisher {
 public:
  void subscribe(Journal::Subscriber subscriber);
  // Puts `records` in line. Order of publication is the order of calls.
  void enqueue(std::vector<RecordPtr> records);
  // Hands what is in line to every subscriber, unless another call (on this or another thread) is
  // doing so already. Call it without locks: subscribers may append.
  void drain();

 private:
  std::mutex mutex_;
  std::vector<Journal::Subscriber> subscribers_;  // GUARDED_BY(mutex_)
  std::deque<std::vector<RecordPtr>> waiting_;    // GUARDED_BY(mutex_)
  bool publishing_ = false;                       // GUARDED_BY(mutex_)
};

}  // namespace daytwo::facts
