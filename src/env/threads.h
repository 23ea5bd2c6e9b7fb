// Threads: the only place that starts one. A thread is joined when its handle goes; it is asked to
// stop first.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace daytwo::env {

// A running thread.
class Thread {
 public:
  virtual ~Thread() = default;  // asks it to stop, then waits for its end
  virtual void request_stop() = 0;
};

// Starts threads.
class Threads {
 public:
  virtual ~Threads() = default;
  // Runs `body` on a new thread named `name` (15 characters are shown by the system).
  [[nodiscard]] virtual std::unique_ptr<Thread> start(
      std::string name, std::function<void(std::stop_token)> body) = 0;
};

}  // namespace daytwo::env
