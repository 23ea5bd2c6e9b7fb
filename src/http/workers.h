// Worker threads with one bounded queue: where blocking handlers run.
// Thread rule: submit from any thread; construction and destruction from the owner.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

#include "env/threads.h"

namespace daytwo::http {

// Runs jobs in the order submitted, `count` at a time. Destroying it finishes the running jobs and
// drops the waiting ones.
class Workers {
 public:
  // REQUIRES: count > 0, max_waiting > 0.
  Workers(env::Threads& threads, std::size_t count, std::size_t max_waiting);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // False when `max_waiting` jobs wait already: the caller sheds the load.
  [[nodiscard]] bool submit(std::function<void()> job);
  [[nodiscard]] std::size_t waiting() const;

 private:
  void run(const std::stop_token& stop);

  // Constant after construction.
  const std::size_t max_waiting_;
  // Guarded by mutex_.
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<std::function<void()>> jobs_;
  // Last: threads end before what they use goes.
  std::vector<std::unique_ptr<env::Thread>> threads_;
};

}  // namespace daytwo::http
