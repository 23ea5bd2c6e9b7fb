// The customers of the demo shop: they come as the hour says, buy, and search.
#pragma once

#include <memory>
#include <vector>

#include "app/periodic.h"
#include "app/world.h"
#include "chance/seed.h"

namespace daytwo::app {

// A few threads of customers; they come while this object lives.
class Customers {
 public:
  Customers(World& world, chance::Seed seed);

 private:
  // One customer thread's turn: as many visits as are due.
  void visit(std::size_t thread);

  World& world_;
  std::vector<chance::Stream> draws_;  // one a thread
  std::vector<std::unique_ptr<Periodic>> threads_;
};

}  // namespace daytwo::app
