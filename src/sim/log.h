// A log that tests can read.
// Thread rule: any thread.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "env/log.h"

namespace daytwo::sim {

// One line as it was written.
struct LogLine {
  env::LogLevel level = env::LogLevel::kInfo;
  std::string room;
  std::string message;
  std::vector<std::pair<std::string, std::string>> fields;

  // The value of `key`, or empty.
  [[nodiscard]] std::string field(std::string_view key) const {
    for (const auto& [name, value] : fields) {
      if (name == key) return value;
    }
    return {};
  }
};

// Keeps every line.
class Log final : public env::Log {
 public:
  void write(env::LogLevel level, std::string_view room, std::string_view message,
             std::initializer_list<env::LogField> fields) override {
    LogLine line{level, std::string(room), std::string(message), {}};
    for (const env::LogField& field : fields) {
      line.fields.emplace_back(std::string(field.key), field.value);
    }
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::move(line));
  }
  // A copy of all lines so far.
  [[nodiscard]] std::vector<LogLine> lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }
  // True when some line has this message.
  [[nodiscard]] bool said(std::string_view message) const {
    const std::lock_guard lock(mutex_);
    for (const LogLine& line : lines_) {
      if (line.message == message) return true;
    }
    return false;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<LogLine> lines_;  // guarded by mutex_
};

}  // namespace daytwo::sim
