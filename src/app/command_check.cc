// daytwo check config | ready
#include <fmt/format.h>

#include "app/client.h"
#include "app/commands.h"
#include "app/config.h"
#include "app/terminal.h"
#include "base/text.h"

namespace daytwo::app {
namespace {

int run_config(World& world, const Arguments& arguments) {
  const auto config = load_config(world.files, arguments.positional.at(0));
  if (!config) return print_error(config.error());
  for (const std::string& warning : config->warnings) fmt::print(stderr, "{}\n", warning);
  fmt::print("{}: good: {}, {}, {}, {}\n", config->file,
             counted(config->catalog.all().size(), "service", "services"),
             counted(config->scrapes.size(), "scrape job", "scrape jobs"),
             counted(config->watches.size(), "watched URL", "watched URLs"),
             counted(config->people.by_name.size(), "contact", "contacts"));
  return kGood;
}

int run_ready(World& world, const Arguments& arguments) {
  const auto body = Client(world, arguments).get("/-/ready");
  if (!body) return print_error(body.error());
  fmt::print("{}\n", trim(*body));
  return kGood;
}

}  // namespace

Command check_config_command() {
  return {{"check", "config"},
          "FILE",
          1,
          1,
          "Check a configuration and every file it names; all problems, with line and column.",
          {"daytwo check config /etc/daytwo/daytwo.yml", "daytwo check config prometheus.yml"},
          {},
          run_config};
}

Command check_ready_command() {
  return {{"check", "ready"},
          "",
          0,
          0,
          "Ask a running daytwo whether it serves.",
          {"daytwo check ready --server http://127.0.0.1:9420"},
          server_options(),
          run_ready};
}

}  // namespace daytwo::app
