// Errors are values: a code from one small table, a sentence, and the context added on the way up.
// Thread rule: plain values.
#pragma once

#include <source_location>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace daytwo {

// What kind of failure it was. The table in error.cc maps each to HTTP status, exit code, log
// level, retry.
enum class Code {
  kInvalid,
  kNotFound,
  kExists,
  kConflict,
  kDenied,
  kUnauthenticated,
  kLimit,
  kUnavailable,
  kTimeout,
  kCanceled,
  kCorrupt,
  kInternal,
};

// How loud an error of this code is when it is logged.
enum class Severity { kInfo, kWarn, kError };

// What callers and users do with a code.
struct CodeFacts {
  std::string_view name;  // "invalid", as printed in JSON and logs
  int http_status;        // on our own paths; the Prometheus-compatible ones have their own classes
  int exit_code;          // of the command line
  Severity severity;
  bool retry_can_help;
};

// Facts of `code`; total, never fails.
[[nodiscard]] const CodeFacts& facts_of(Code code);

// One failure. `text` is a sentence without a full stop; `context` goes from inner to outer.
struct Error {
  Code code = Code::kInternal;
  std::string text;
  std::vector<std::string> context;
  Diagnostics diagnostics;  // filled for user input: all problems, not the first
  std::source_location where = std::source_location::current();

  // "outer: inner: text", then one line for each diagnostic.
  [[nodiscard]] std::string to_string() const;
};

// Makes an error at the caller's location.
[[nodiscard]] Error make_error(Code code, std::string text,
                               std::source_location where = std::source_location::current());

// Makes a kInvalid error from what a user wrote; its text is the first diagnostic's.
// REQUIRES: diagnostics is not empty.
[[nodiscard]] Error make_error(Diagnostics diagnostics,
                               std::source_location where = std::source_location::current());

}  // namespace daytwo
