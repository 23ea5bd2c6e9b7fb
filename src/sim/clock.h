// Virtual time: it stands still until a test moves it, or somebody sleeps.
// Thread rule: any thread.
#pragma once

#include <algorithm>
#include <atomic>

#include "base/time.h"
#include "env/clock.h"

namespace daytwo::sim {

// A clock in the hand of a test. Sleeping moves it at once, so nothing ever waits. The wall can be
// set apart from mono: that is a clock step.
class Clock final : public env::Clock {
 public:
  // 2026-11-22T00:00:00Z unless told otherwise.
  explicit Clock(Timestamp start = {1'795'305'600'000}) : wall_at_zero_(start.ms) {}

  [[nodiscard]] Timestamp wall() const override { return {wall_at_zero_ + mono_}; }
  [[nodiscard]] Duration mono() const override { return {mono_}; }
  [[nodiscard]] Duration process_cpu() const override { return {cpu_}; }
  void sleep_until(Duration until) override {
    std::int64_t now = mono_;
    while (now < until.ms && !mono_.compare_exchange_weak(now, until.ms)) {
    }
  }

  // Moves both clocks on. REQUIRES: span >= 0.
  void advance(Duration span) { mono_ += std::max<std::int64_t>(span.ms, 0); }
  // Steps the wall alone, as an administrator or NTP would; mono goes on as before.
  void step_wall(Timestamp wall) { wall_at_zero_ = wall.ms - mono_; }
  // Adds CPU time that the process is said to have used.
  void spend_cpu(Duration span) { cpu_ += span.ms; }

 private:
  std::atomic<std::int64_t> wall_at_zero_;
  std::atomic<std::int64_t> mono_{0};
  std::atomic<std::int64_t> cpu_{0};
};

}  // namespace daytwo::sim
