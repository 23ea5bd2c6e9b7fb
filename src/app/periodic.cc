#include "app/periodic.h"

#include <chrono>
#include <utility>

namespace daytwo::app {

Periodic::Periodic(env::Threads& threads, std::string name, Duration interval,
                   std::function<void()> job)
    : interval_(interval),
      job_(std::move(job)),
      thread_(threads.start(std::move(name), [this](const std::stop_token& stop) { run(stop); })) {}

Periodic::~Periodic() {
  thread_->request_stop();
  thread_.reset();
}

void Periodic::wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
  changed_.notify_all();
}

void Periodic::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    job_();
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, std::chrono::milliseconds(interval_.ms),
                      [this] { return woken_; });
    woken_ = false;
  }
}

}  // namespace daytwo::app
