// daytwo flow: messages received; were they processed?
#include <fmt/format.h>

#include "api/view_service.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"

namespace daytwo::app {
namespace {

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const auto page =
      Client(world, arguments)
          .get_as<api::ServicePage>(fmt::format("/api/daytwo/v1/services/{}",
                                                encode_component(arguments.positional.at(0))));
  if (!page) return print_error(page.error());
  if (page->flows.empty() && *output == Output::kTable) {
    fmt::print("nobody counts both ends of {}: add `flows:` to its file\n", page->service.name);
    return kGood;
  }
  Table table{{"flow", "state", "answer"}, {}, 2};
  bool well = true;
  for (const api::FlowRow& row : page->flows) {
    table.rows.push_back({row.name, row.state, row.sentence});
    well = well && (row.state == "fine" || row.state == "unknown" || row.state == "counted");
    if (*output == Output::kTable) fmt::print("{}: {}\n", row.name, row.sentence);
  }
  if (*output != Output::kTable) print(*output, table, model::to_json(page->flows));
  return well ? kGood : kFindings;
}

}  // namespace

Command flow_command() {
  std::vector<Option> options = {output_option()};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {{"flow"},
          "SERVICE",
          1,
          1,
          "Were the messages that came in processed? Exit code 3 when they are not.",
          {"daytwo flow orders"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
