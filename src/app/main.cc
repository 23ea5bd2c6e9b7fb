// The product: server, agent, command line and simulator in one binary.
#include <string>
#include <vector>

#include "app/command.h"
#include "app/world.h"
#include "env/os/self.h"
#include "env/os/signals.h"

int main(int argc, char** argv) {
  daytwo::env::os::block_signals();
  daytwo::env::os::keep_files_private();
  daytwo::app::World world;
  return daytwo::app::run_command_line(world, std::vector<std::string>(argv + 1, argv + argc));
}
