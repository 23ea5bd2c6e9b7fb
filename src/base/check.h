// Invariants: CHECK aborts in every build, DCHECK only in trees built for tests (hot loops).
// A failed check is a programmer's error; what a user or the world can cause is a Result
// (base/result.h).
#pragma once

namespace daytwo {

// Writes "CHECK failed: EXPRESSION (MESSAGE) at FILE:LINE" to descriptor 2 and aborts. Never
// returns.
[[noreturn]] void check_failed(const char* expression, const char* message, const char* file,
                               int line);

}  // namespace daytwo

#define CHECK(condition, message)                                           \
  do {                                                                      \
    if (!(condition)) [[unlikely]]                                          \
      ::daytwo::check_failed(#condition, message, __FILE_NAME__, __LINE__); \
  } while (false)

#ifdef DAYTWO_DCHECK
#define DCHECK(condition, message) CHECK(condition, message)
#else
#define DCHECK(condition, message) \
  do {                             \
  } while (false)
#endif
