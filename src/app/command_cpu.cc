// daytwo cpu: over 90 %: is that a problem?
#include <fmt/format.h>

#include <algorithm>

#include "api/view_answers.h"
#include "app/answer_words.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"

namespace daytwo::app {
namespace {

std::string state_words(api::CpuStateView state) {
  return std::string(json_names(state).at(static_cast<std::size_t>(state)));
}

std::string percent(const std::optional<double>& share) {
  return share ? fmt::format("{:.0f} %", *share * 100) : "unknown";
}

Table table_of(const std::vector<api::CpuRow>& rows) {
  Table table{{"host", "service", "state", "busy", "used", "waiting", "answer"}, {}, 6};
  for (const api::CpuRow& row : rows) {
    table.rows.push_back({row.host, row.service, state_words(row.state), percent(row.busy),
                          fmt::format("{:.2f} of {:.0f}", row.used, row.processors),
                          percent(row.waiting), row.sentence});
  }
  return table;
}

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  std::string path = "/api/daytwo/v1/cpu";
  if (!arguments.positional.empty()) {
    path += "?of=" + encode_component(arguments.positional.front());
  }
  const auto page = Client(world, arguments).get_as<api::CpuPage>(path);
  if (!page) return print_error(page.error());
  if (*output == Output::kTable) {
    fmt::print("{}\n", page->sentence);
    if (!page->teach.empty()) print_teach(page->teach);
  }
  // One row is said whole by its sentence.
  if (*output != Output::kTable || page->rows.size() > 1) {
    print(*output, table_of(page->rows), model::to_json(*page));
  }
  const bool problem = std::any_of(page->rows.begin(), page->rows.end(), [](const auto& row) {
    return row.state == api::CpuStateView::kProblem;
  });
  return problem ? kFindings : kGood;
}

}  // namespace

Command cpu_command() {
  std::vector<Option> options = {output_option()};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {{"cpu"},
          "[SERVICE|HOST]",
          0,
          1,
          "CPU is over 90 %: is that a problem? Exit code 3 when it is.",
          {"daytwo cpu", "daytwo cpu search", "daytwo cpu --output json"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
