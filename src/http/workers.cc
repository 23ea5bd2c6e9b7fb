#include "http/workers.h"

#include <string>
#include <utility>

#include "base/check.h"

namespace daytwo::http {

Workers::Workers(env::Threads& threads, std::size_t count, std::size_t max_waiting)
    : max_waiting_(max_waiting) {
  CHECK(count > 0, "at least one worker");
  CHECK(max_waiting > 0, "a queue holds at least one job");
  for (std::size_t i = 0; i < count; ++i) {
    threads_.push_back(threads.start("http-" + std::to_string(i),
                                     [this](const std::stop_token& stop) { run(stop); }));
  }
}

Workers::~Workers() {
  for (const auto& thread : threads_) thread->request_stop();
  threads_.clear();
}

bool Workers::submit(std::function<void()> job) {
  {
    const std::scoped_lock lock(mutex_);
    if (jobs_.size() >= max_waiting_) return false;
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

std::size_t Workers::waiting() const {
  const std::scoped_lock lock(mutex_);
  return jobs_.size();
}

void Workers::run(const std::stop_token& stop) {
  while (true) {
    std::unique_lock lock(mutex_);
    if (!wake_.wait(lock, stop, [this] { return !jobs_.empty(); }) || stop.stop_requested()) return;
    const std::function<void()> job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job();
  }
}

}  // namespace daytwo::http
