// daytwo slo: objectives and their budgets.
#include <fmt/format.h>

#include "api/view_service.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"
#include "base/chance_words.h"

namespace daytwo::app {
namespace {

std::string percent(const std::optional<double>& share) {
  return share ? fmt::format("{:.3f} %", *share * 100) : "unknown";
}

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const auto page =
      Client(world, arguments).get_as<api::ObjectivesPage>("/api/daytwo/v1/objectives");
  if (!page) return print_error(page.error());
  Table table{
      {"objective", "service", "target", "window", "good", "budget left", "P(miss)", "state"},
      {},
      0};
  for (const api::ObjectiveRow& row : page->objectives) {
    table.rows.push_back({row.name, row.service, row.target, row.window, percent(row.sli),
                          percent(row.budget_left),
                          row.p_miss ? chance_words(*row.p_miss) : "unknown",
                          std::string(json_names(row.state)[static_cast<std::size_t>(row.state)])});
  }
  if (*output == Output::kTable) fmt::print("{}\n", page->sentence);
  if (*output != Output::kTable || !table.rows.empty()) {
    print(*output, table, model::to_json(*page));
  }
  return kGood;
}

}  // namespace

Command slo_command() {
  std::vector<Option> options = {output_option()};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {{"slo"},
          "",
          0,
          0,
          "List objectives, what is left of their budgets, how fast they burn.",
          {"daytwo slo", "daytwo slo --output json"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
