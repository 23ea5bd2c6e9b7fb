#include "http/workers.h"

#include <string>
#include <utility>

#include "base/check.h"

namespace daytwo::http {

Workers::Workers(env::Threads& threads, std::size_t count, std::size_t max_waiting)
    : max_waiting_(max_waiting), max_bulk_(count > 1 ? count - 1 : 1) {
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

bool Workers::submit(std::function<void()> job, bool bulk) {
  {
    const std::scoped_lock lock(mutex_);
    if (jobs_.size() + bulk_jobs_.size() >= max_waiting_) return false;
    (bulk ? bulk_jobs_ : jobs_).push_back({std::move(job), bulk});
  }
  wake_.notify_one();
  return true;
}

std::size_t Workers::waiting() const {
  const std::scoped_lock lock(mutex_);
  return jobs_.size() + bulk_jobs_.size();
}

bool Workers::has_work() const {
  return !jobs_.empty() || (!bulk_jobs_.empty() && bulk_running_ < max_bulk_);
}

Workers::Job Workers::take() {
  std::deque<Job>& from = jobs_.empty() ? bulk_jobs_ : jobs_;
  Job job = std::move(from.front());
  from.pop_front();
  if (job.bulk) ++bulk_running_;
  return job;
}

void Workers::run(const std::stop_token& stop) {
  while (true) {
    std::unique_lock lock(mutex_);
    if (!wake_.wait(lock, stop, [this] { return has_work(); }) || stop.stop_requested()) return;
    const Job job = take();
    lock.unlock();
    job.run();
    if (!job.bulk) continue;
    lock.lock();
    --bulk_running_;
    lock.unlock();
    wake_.notify_one();  // a bulk job may have waited for this one
  }
}

}  // namespace daytwo::http
