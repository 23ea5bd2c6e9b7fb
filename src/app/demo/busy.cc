#include "app/demo/busy.h"

#include <atomic>

#include "base/time.h"

namespace daytwo::app {
namespace {

constexpr Duration kLongest = minutes(10);
constexpr int kStepsBetweenLooks = 100'000;

// What is computed goes here, so that it is computed.
std::atomic<std::uint64_t> sink{0};

void burn(const env::Clock& clock, Duration until, const std::stop_token& stop) {
  while (!stop.stop_requested() && clock.mono() < until) {
    std::uint64_t value = sink;
    for (int i = 0; i < kStepsBetweenLooks; ++i) value = value * 6364136223846793005ULL + 1;
    sink = value;
  }
}

}  // namespace

BusyWork::BusyWork(World& world) {
  const Duration until = world.clock.mono() + kLongest;
  for (int i = 0; i <= 2 * world.system.cpu_count(); ++i) {
    threads_.push_back(world.threads.start(
        "busy",
        [&clock = world.clock, until](const std::stop_token& stop) { burn(clock, until, stop); }));
  }
}

}  // namespace daytwo::app
