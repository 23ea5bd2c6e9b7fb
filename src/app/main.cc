// The product: server, agent, command line and simulator in one binary.
#include <fmt/core.h>

#include <cstdio>
#include <string_view>

#include "daytwo_build.h"

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "version") {
    const daytwo::BuildFacts facts = daytwo::build_facts();
    fmt::print("daytwo {} ({}, {})\n", facts.version, facts.revision, facts.compiler);
    return 0;
  }
  fmt::print(stderr, "usage: daytwo version\n");
  return 2;
}
