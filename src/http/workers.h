// Worker threads with bounded queues: where blocking handlers run. Bulk jobs never hold the last
// worker, so that a page is acknowledged while queries run.
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

// Runs jobs `count` at a time, bulk ones at most `count` - 1 (if count > 1); each kind in the order
// submitted, bulk last. Destroying it finishes the running jobs and drops the waiting ones.
class Workers {
 public:
  // REQUIRES: count > 0, max_waiting > 0.
  Workers(env::Threads& threads, std::size_t count, std::size_t max_waiting);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // False when `max_waiting` jobs wait already: the caller sheds the load.
  [[nodiscard]] bool submit(std::function<void()> job, bool bulk);
  [[nodiscard]] std::size_t waiting() const;

 private:
  struct Job {
    std::function<void()> run;
    bool bulk = false;
  };
  void run(const std::stop_token& stop);
  // Whether a job may start now. REQUIRES: mutex_ is held, here and below.
  [[nodiscard]] bool has_work() const;
  [[nodiscard]] Job take();

  // Constant after construction.
  const std::size_t max_waiting_;
  const std::size_t max_bulk_;
  // Guarded by mutex_.
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Job> jobs_;
  std::deque<Job> bulk_jobs_;
  std::size_t bulk_running_ = 0;
  // Last: threads end before what they use goes.
  std::vector<std::unique_ptr<env::Thread>> threads_;
};

}  // namespace daytwo::http
