#include "env/os/clock.h"

#include <cerrno>
#include <ctime>

namespace daytwo::env::os {
namespace {

std::int64_t read_ms(clockid_t id) {
  timespec now{};
  clock_gettime(id, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

}  // namespace

Timestamp SystemClock::wall() const { return {read_ms(CLOCK_REALTIME)}; }
Duration SystemClock::mono() const { return {read_ms(CLOCK_MONOTONIC)}; }
std::int64_t SystemClock::mono_ns() const {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}
Duration SystemClock::process_cpu() const { return {read_ms(CLOCK_PROCESS_CPUTIME_ID)}; }

void SystemClock::sleep_until(Duration until) {
  const timespec target{until.ms / 1000, until.ms % 1000 * 1'000'000};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &target, nullptr) == EINTR) {
  }
}

}  // namespace daytwo::env::os
