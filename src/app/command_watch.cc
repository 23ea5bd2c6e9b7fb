// daytwo watch URL: probe a service from here from now on.
#include <fmt/format.h>

#include <charconv>

#include "api/view_service.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"

namespace daytwo::app {
namespace {

int run(World& world, const Arguments& arguments) {
  api::WatchRequest request;
  request.url = arguments.positional.at(0);
  if (arguments.has("--match")) request.match = arguments.get("--match");
  if (arguments.has("--status")) {
    const std::string text = arguments.get("--status");
    int code = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), code);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || code < 100 ||
        code > 599) {
      return print_error(
          make_error(Code::kInvalid, fmt::format("--status is 100 to 599, not '{}'", text)));
    }
    request.status = code;
  }
  const auto page =
      Client(world, arguments).post_as<api::ServicesPage>("/api/daytwo/v1/watch", request);
  if (!page) return print_error(page.error());
  fmt::print("{}\n", page->sentence);
  return kGood;
}

}  // namespace

Command watch_command() {
  std::vector<Option> options = {
      {"--match", "REGEX", "", "what the body must hold"},
      {"--status", "CODE", "", "the status that counts as up; else 200 to 299"}};
  for (Option& option : change_options()) options.push_back(std::move(option));
  return {{"watch"},
          "URL",
          1,
          1,
          "Watch a service from outside: up or down, with an objective from the first minute.",
          {"daytwo watch https://shop.example/health", "daytwo watch tcp://db.internal:5432",
           "daytwo watch dns://shop.example"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
