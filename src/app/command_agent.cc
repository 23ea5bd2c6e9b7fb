// daytwo agent: watches this host and sends what it sees to a server on another one.
#include <fmt/format.h>

#include <algorithm>

#include "app/commands.h"
#include "app/terminal.h"
#include "app/world.h"
#include "base/text.h"
#include "env/os/signals.h"
#include "env/os/supervisor.h"
#include "observe/agent/node_agent.h"

namespace daytwo::app {
namespace {

constexpr std::size_t kMaxTokenBytes = 4096;

Result<observe::AgentOptions> read_options(World& world, const Arguments& arguments) {
  observe::AgentOptions options;
  options.server = arguments.get("--server");
  if (!options.server.starts_with("http://") && !options.server.starts_with("https://")) {
    return fail(Code::kInvalid, fmt::format("--server is a URL, not '{}'", options.server));
  }
  while (options.server.ends_with('/')) options.server.pop_back();
  options.host = arguments.has("--host") ? arguments.get("--host") : world.system.host_name();
  options.ca_file = arguments.get("--ca-file");
  if (arguments.has("--token-file")) {
    TRY_IN("--token-file", const std::string text,
           world.files.read(arguments.get("--token-file"), kMaxTokenBytes));
    options.token = trim(text);
  }
  return options;
}

int run(World& world, const Arguments& arguments) {
  const auto options = read_options(world, arguments);
  if (!options) return print_error(options.error());
  env::os::StderrLog log({}, world.clock);
  const env::os::Supervisor supervisor(world.system.variable("NOTIFY_SOCKET"),
                                       world.system.variable("WATCHDOG_USEC"));
  Registry metrics;
  observe::NodeAgent agent({.host = options->host}, *options, world.files, world.system, world.http,
                           metrics);
  log.info("observe", "agent started", {{"server", options->server}, {"host", options->host}});
  if (const auto told = supervisor.tell("READY=1"); !told) {
    log.failed("app", "supervisor not told", told.error(), "everything else");
  }
  bool reached = false;
  while (true) {
    const Timestamp now = world.clock.wall();
    const observe::AgentTurn turn = agent.turn(now);
    if (turn.problem && turn.refused) {
      log.warn("observe", "agent not needed here", {{"problem", turn.problem->text}});
      return print_error(make_error(
          Code::kConflict,
          fmt::format("{}: an agent is for other hosts; this one ends. To report under another "
                      "name, say --host NAME",
                      turn.problem->text)));
    }
    if (turn.problem) {
      log.failed("observe", "report not sent", *turn.problem, "observing; reports wait");
      reached = false;
    } else if (turn.sent && !reached) {
      log.info("observe", "reports are taken", {{"server", options->server}});
      reached = true;
    }
    const Duration wait = std::max(milliseconds(10), turn.next - world.clock.wall());
    const auto request = env::os::wait_for_request(std::min(wait, seconds(60)));
    if (request && *request == env::os::Request::kStop) break;
  }
  const observe::AgentTurn last = agent.stop(world.clock.wall());
  if (last.problem)
    log.failed("observe", "last report not sent", *last.problem, "nothing: stopped");
  return kGood;
}

}  // namespace

Command agent_command() {
  return {{"agent"},
          "",
          0,
          0,
          "Watch this host and send what it sees to a daytwo on another one.",
          {"daytwo agent --server https://daytwo.example:9420 --token-file /etc/daytwo/token"},
          {{"--server", "URL", "http://127.0.0.1:9420", "the daytwo to send to"},
           {"--token-file", "FILE", "", "the server's token; needed beyond loopback"},
           {"--ca-file", "FILE", "", "who signed the server's certificate; else the system's list"},
           {"--host", "NAME", "", "the name to report under; else the system's"}},
          run};
}

}  // namespace daytwo::app
