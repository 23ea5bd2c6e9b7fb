// A job that runs every so often on a thread of its own, until it is stopped.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "base/time.h"
#include "env/threads.h"

namespace daytwo::app {

// Runs `job` at once, then each `interval` after the last run ended, or sooner when woken.
// Destroying it waits for a running job.
class Periodic {
 public:
  Periodic(env::Threads& threads, std::string name, Duration interval, std::function<void()> job);
  Periodic(const Periodic&) = delete;
  Periodic& operator=(const Periodic&) = delete;
  ~Periodic();

  // Runs the job as soon as it can. From any thread.
  void wake();

 private:
  void run(const std::stop_token& stop);

  const Duration interval_;
  const std::function<void()> job_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool woken_ = false;  // guarded by mutex_
  std::unique_ptr<env::Thread> thread_;
};

}  // namespace daytwo::app
