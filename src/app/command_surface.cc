// daytwo surface: what would an attacker find in the first minutes?
#include <fmt/format.h>

#include <algorithm>

#include "api/view_answers.h"
#include "app/answer_words.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"
#include "base/text.h"

namespace daytwo::app {
namespace {

std::string reach_words(api::ReachView reach) {
  return std::string(json_names(reach).at(static_cast<std::size_t>(reach)));
}

Table table_of(const std::vector<api::DoorwayRow>& rows) {
  Table table{{"reach", "host", "listener", "held by", "service", "owner", "wrong"}, {}, 6};
  for (const api::DoorwayRow& row : rows) {
    table.rows.push_back({reach_words(row.reach), row.host, row.listener,
                          row.holder.empty() ? "not visible" : row.holder, row.service, row.owner,
                          join_words(row.wrong)});
  }
  return table;
}

void print_evidence(const std::vector<api::DoorwayRow>& rows) {
  for (const api::DoorwayRow& row : rows) {
    fmt::print("\n{}\n", row.listener);
    for (const std::string& one : row.evidence) fmt::print("  seen   {}\n", one);
    for (const std::string& one : row.exposures) fmt::print("  known  {}\n", one);
    for (const std::string& id : row.worries) fmt::print("  worry  daytwo worry show {}\n", id);
  }
}

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  auto page = Client(world, arguments).get_as<api::SurfacePage>("/api/daytwo/v1/surface");
  if (!page) return print_error(page.error());
  const std::size_t all = page->rows.size();
  if (!arguments.has("--all")) {
    std::erase_if(page->rows,
                  [](const auto& row) { return row.reach == api::ReachView::kLoopback; });
  }
  if (*output == Output::kTable) {
    fmt::print("{}\n", page->sentence);
    for (const std::string& gap : page->coverage) fmt::print("  not seen: {}\n", gap);
    if (!page->teach.empty()) print_teach(page->teach);
    if (page->rows.empty() && all > 0)
      fmt::print("  daytwo surface --all shows those of loopback\n");
  }
  if (*output != Output::kTable || !page->rows.empty()) {
    print(*output, table_of(page->rows), model::to_json(*page));
  }
  if (*output == Output::kTable && arguments.has("--evidence")) print_evidence(page->rows);
  const bool wrong = std::any_of(page->rows.begin(), page->rows.end(), [](const auto& row) {
    return row.reach != api::ReachView::kLoopback && !row.wrong.empty();
  });
  return wrong ? kFindings : kGood;
}

}  // namespace

Command surface_command() {
  std::vector<Option> options = {{"--all", "", "", "sockets that only this host reaches too"},
                                 {"--evidence", "", "", "below the table, what was seen of each"},
                                 output_option()};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {{"surface"},
          "",
          0,
          0,
          "What would an attacker find first? Exit code 3 when something is wrong with it.",
          {"daytwo surface", "daytwo surface --all --evidence"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
