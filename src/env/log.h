// Logging: one line an event, constant message, variables as keys with units in their names.
// ts=2026-11-22T17:00:00.123Z level=info room=act msg="page delivered" page=7 ms=84
// Thread rule: any thread. Lines above a rate per message are counted and summed up, never blocked
// on.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"

namespace daytwo::env {

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarn, kError };

// One key and its value, already as text; values with blanks or quotes are quoted when written.
struct LogField {
  LogField(std::string_view name, std::string_view text) : key(name), value(text) {}
  LogField(std::string_view name, const char* text) : key(name), value(text) {}
  LogField(std::string_view name, const std::string& text) : key(name), value(text) {}
  LogField(std::string_view name, std::int64_t number) : key(name), value(std::to_string(number)) {}
  LogField(std::string_view name, std::uint64_t number)
      : key(name), value(std::to_string(number)) {}
  LogField(std::string_view name, int number) : key(name), value(std::to_string(number)) {}
  std::string_view key;
  std::string value;
};

// Where log lines go.
class Log {
 public:
  virtual ~Log() = default;
  virtual void write(LogLevel level, std::string_view room, std::string_view message,
                     std::initializer_list<LogField> fields) = 0;

  void info(std::string_view room, std::string_view message,
            std::initializer_list<LogField> fields = {}) {
    write(LogLevel::kInfo, room, message, fields);
  }
  void warn(std::string_view room, std::string_view message,
            std::initializer_list<LogField> fields = {}) {
    write(LogLevel::kWarn, room, message, fields);
  }
  // Logs an error at the level of its code; `message` says what failed, the caller's `still` says
  // what still works.
  void failed(std::string_view room, std::string_view message, const Error& error,
              std::string_view still) {
    const CodeFacts& facts = facts_of(error.code);
    const LogLevel level = facts.severity == Severity::kError  ? LogLevel::kError
                           : facts.severity == Severity::kWarn ? LogLevel::kWarn
                                                               : LogLevel::kInfo;
    write(level, room, message,
          {{"code", facts.name}, {"error", error.to_string()}, {"still_works", still}});
  }
};

}  // namespace daytwo::env
