// Busy processors that a customer need not feel: what a batch job does.
#pragma once

#include <memory>
#include <vector>

#include "app/world.h"
#include "env/threads.h"

namespace daytwo::app {

// While it lives it keeps every processor of the host busy, with more threads than processors, so
// that some work always waits and a neighbour cannot hide it. It rests after ten minutes: a
// forgotten demo does no harm.
class BusyWork {
 public:
  explicit BusyWork(World& world);

 private:
  std::vector<std::unique_ptr<env::Thread>> threads_;
};

}  // namespace daytwo::app
