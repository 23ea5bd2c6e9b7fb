// Child processes: for the demo shop and tests. The server itself runs none.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace daytwo::env {

// A child. Destroying it kills it and waits.
class Process {
 public:
  virtual ~Process() = default;
  [[nodiscard]] virtual int pid() const = 0;
  [[nodiscard]] virtual bool running() = 0;
  // Sends a signal by number. Errors: kNotFound when it has ended.
  [[nodiscard]] virtual Result<void> signal(int number) = 0;
  // Waits for its end; exit code, or 128 + signal. Errors: kTimeout.
  [[nodiscard]] virtual Result<int> wait(Duration timeout) = 0;
};

// Starts child processes.
class Processes {
 public:
  virtual ~Processes() = default;
  // Starts the file `program` with `arguments`, of which the first is the name that others see;
  // output goes to `log_path` (empty: /dev/null). The child ends when this process does.
  [[nodiscard]] virtual Result<std::unique_ptr<Process>> start(
      const std::string& program, const std::vector<std::string>& arguments,
      const std::string& log_path) = 0;
  // Path of the running executable.
  [[nodiscard]] virtual Result<std::string> own_path() const = 0;
};

}  // namespace daytwo::env
