// The product: server, agent, command line and simulator in one binary.
#include <cstdio>
#include <string_view>

#include "daytwo_build_info.h"

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "version") {
    const daytwo::BuildInfo info = daytwo::build_info();
    std::printf("daytwo %s (%s, %s)\n", info.version.data(), info.revision.data(),
                info.compiler.data());
    return 0;
  }
  std::fprintf(stderr, "usage: daytwo version\n");
  return 2;
}
