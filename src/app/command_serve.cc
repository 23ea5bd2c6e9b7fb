// daytwo serve: the server in the foreground, until Ctrl-C.
#include <fmt/format.h>

#include "app/commands.h"
#include "app/serve.h"
#include "app/server.h"
#include "app/terminal.h"
#include "env/os/signals.h"
#include "env/os/supervisor.h"

namespace daytwo::app {
namespace {

int run(World& world, const Arguments& arguments) {
  const bool systemd = world.system.variable("JOURNAL_STREAM").has_value();
  auto settings = read_settings(arguments, systemd);
  if (!settings) return print_error(settings.error());
  return serve(world, std::move(*settings));
}

}  // namespace

int serve(World& world, Settings settings) {
  env::os::StderrLog log(settings.log, world.clock);
  const env::os::Supervisor supervisor(world.system.variable("NOTIFY_SOCKET"),
                                       world.system.variable("WATCHDOG_USEC"));
  const auto tell = [&](std::string_view lines) {
    if (const auto told = supervisor.tell(lines); !told) {
      log.failed("app", "supervisor not told", told.error(), "everything else");
    }
  };
  const Timestamp began = world.clock.wall();
  const std::string path = settings.storage_path;
  auto server = Server::start(world, log, std::move(settings));
  if (!server) return print_error(server.error());
  log.info("app", "serving",
           {{"url", (*server)->url()}, {"storage", path}, {"ms", (world.clock.wall() - began).ms}});
  tell("READY=1\nSTATUS=serving");
  const Duration beat = supervisor.watchdog_interval().value_or(hours(24));
  Duration next_beat = world.clock.mono() + beat;
  while (!(*server)->asked_to_quit()) {
    if (world.clock.mono() >= next_beat) {
      tell("WATCHDOG=1");
      next_beat = world.clock.mono() + beat;
    }
    const auto request = env::os::wait_for_request(milliseconds(500));
    if (!request) continue;
    if (*request == env::os::Request::kStop) break;
    tell("RELOADING=1");
    const auto done = (*server)->reload();
    tell(done ? "READY=1\nSTATUS=serving" : "READY=1\nSTATUS=the last configuration was refused");
  }
  env::os::let_interrupt_kill();
  tell("STOPPING=1");
  log.info("app", "stopping", {});
  server->reset();
  log.info("app", "stopped", {});
  return kGood;
}

Command serve_command() {
  return {{"serve"},
          "",
          0,
          0,
          "Start the server. Without a file it watches this host and itself.",
          {"daytwo serve", "daytwo serve --config.file=/etc/daytwo/daytwo.yml",
           "daytwo serve --watch https://shop.example/health",
           "daytwo serve --prometheus http://prometheus:9090"},
          serve_options(),
          run};
}

}  // namespace daytwo::app
