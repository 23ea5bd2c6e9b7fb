// daytwo gate: may a deploy go out? For scripts: 0 when it may, 1 when the policy denies it.
#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "api/view_gate.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"

namespace daytwo::app {
namespace {

std::string word(api::GateVerdict verdict) {
  return std::string(json_names(verdict)[static_cast<std::size_t>(verdict)]);
}

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const std::string path =
      "/api/daytwo/v1/gate?status=200&service=" + encode_component(arguments.positional.at(0));
  const auto page = Client(world, arguments).get_as<api::GatePage>(path);
  if (!page) return print_error(page.error());
  Table table{{"verdict", "objective", "why"}, {}, 2};
  for (const api::GateReason& reason : page->reasons) {
    table.rows.push_back({word(reason.verdict), reason.objective, reason.text});
  }
  if (*output == Output::kTable) fmt::print("{}\n", page->sentence);
  if (*output != Output::kTable || table.rows.size() > 1) {
    print(*output, table, model::to_json(*page));
  }
  return page->verdict == api::GateVerdict::kDeny ? kFailed : kGood;
}

}  // namespace

Command gate_command() {
  std::vector<Option> options = {output_option()};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {{"gate"},
          "SERVICE",
          1,
          1,
          "May a deploy of a service go out, by its error budgets? Exit code 1 when not.",
          {"daytwo gate checkout", "daytwo gate checkout && ./deploy"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
