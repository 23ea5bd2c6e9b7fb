// The log on descriptor 2, as logfmt or JSON lines; under systemd with priority prefixes and
// without time.
#pragma once

#include <map>
#include <mutex>
#include <span>
#include <string>

#include "env/clock.h"
#include "env/log.h"

namespace daytwo::env::os {

enum class LogFormat : std::uint8_t { kLogfmt, kJson };

// How lines look, and how many of a kind.
struct LogOptions {
  LogLevel level = LogLevel::kInfo;
  LogFormat format = LogFormat::kLogfmt;
  bool systemd = false;        // JOURNAL_STREAM is set
  int lines_per_message = 20;  // in any 10 s; more are counted and said once
};

// The log on descriptor 2.
class StderrLog final : public Log {
 public:
  StderrLog(LogOptions options, const Clock& clock) : options_(options), clock_(clock) {}
  void write(LogLevel level, std::string_view room, std::string_view message,
             std::initializer_list<LogField> fields) override;

 private:
  struct Rate {
    Duration window;
    int lines = 0;
    int dropped = 0;
  };

  // Whether this line may go out; *dropped says how many like it were left out before.
  bool allow(std::string_view message, int* dropped);

  const LogOptions options_;
  const Clock& clock_;

  std::mutex mutex_;
  std::map<std::string, Rate, std::less<>> rates_;  // GUARDED_BY(mutex_)
};

// One line without its end, for tests and for write().
[[nodiscard]] std::string format_line(const LogOptions& options, Timestamp at, LogLevel level,
                                      std::string_view room, std::string_view message,
                                      std::span<const LogField> fields, int dropped);

}  // namespace daytwo::env::os
