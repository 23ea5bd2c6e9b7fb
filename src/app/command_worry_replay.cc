// daytwo worry replay: a stored verdict, computed again.
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "api/view_worry.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"

namespace daytwo::app {
namespace {

void print_line(std::string_view name, const std::string& text) {
  if (!text.empty()) fmt::print("{:<11}{}\n", name, text);
}

void print_page(const api::ReplayPage& page) {
  fmt::print("{}\n", page.sentence);
  print_line("worry", page.worry);
  print_line("verdict", page.verdict);
  print_line("judged", to_rfc3339(page.judged) + " by " + page.engine);
  for (const std::string& line : page.differences) print_line("differs", line);
  for (const api::InputView& input : page.rests_on) {
    print_line("rests on", input.name + ": " + input.value);
  }
}

// What a program reads of it: what differs, one row a thing.
Table table_of(const api::ReplayPage& page) {
  Table table{{"differs"}, {}, 0};
  for (const std::string& line : page.differences) table.rows.push_back({line});
  if (!page.replayed) table.rows.push_back({page.sentence});
  return table;
}

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const auto page =
      Client(world, arguments)
          .get_as<api::ReplayPage>(fmt::format("/api/daytwo/v1/worries/{}/replay",
                                               encode_component(arguments.positional.at(0))));
  if (!page) return print_error(page.error());
  if (*output == Output::kTable) {
    print_page(*page);
  } else {
    print(*output, table_of(*page), model::to_json(*page));
  }
  return page->same ? kGood : kFailed;
}

}  // namespace

Command worry_replay_command() {
  std::vector<Option> options = {output_option()};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {{"worry", "replay"},
          "ID",
          1,
          1,
          "Compute the verdict on a worry again, from the inputs and the seed that the journal "
          "keeps, and compare every figure and word to the last bit. Exit code 1 when something "
          "differs or cannot be computed again, with what it is.",
          {"daytwo worry replay 4f2a9c01d3be", "daytwo worry replay written/provider-lost",
           "daytwo worry replay 4f2a9c01d3be --output json"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
