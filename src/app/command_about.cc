// daytwo version | completion | man
#include <fmt/format.h>

#include "app/commands.h"
#include "app/terminal.h"
#include "daytwo_build.h"

namespace daytwo::app {
namespace {

int run_version(World&, const Arguments&) {
  const BuildFacts facts = build_facts();
  fmt::print("daytwo {} ({}, {})\n", facts.version, facts.revision, facts.compiler);
  return kGood;
}

int run_completion(World&, const Arguments& arguments) {
  const auto script = completion_script(arguments.positional.at(0));
  if (!script) return print_error(script.error());
  fmt::print("{}", *script);
  return kGood;
}

int run_man(World&, const Arguments&) {
  fmt::print("{}", man_page());
  return kGood;
}

}  // namespace

Command version_command() {
  return {{"version"},        "", 0,          0, "Print version, revision and compiler.",
          {"daytwo version"}, {}, run_version};
}

Command completion_command() {
  return {{"completion"},
          "SHELL",
          1,
          1,
          "Print the completion script of bash, zsh or fish.",
          {"source <(daytwo completion bash)"},
          {},
          run_completion};
}

Command man_command() {
  return {{"man"}, "",     0, 0, "Print the manual page as roff.", {"daytwo man | man -l -"},
          {},      run_man};
}

}  // namespace daytwo::app
