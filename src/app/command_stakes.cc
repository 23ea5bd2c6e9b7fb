// daytwo stakes: what things are worth, said by people.
#include <fmt/format.h>

#include "api/view_stakes.h"
#include "app/answer_words.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"

namespace daytwo::app {
namespace {

// What the server says of the stakes, of a new one, or of one that would be stated.
Result<api::StakesPage> ask_server(Client& client, const std::string& text, bool dry_run) {
  const std::string path = "/api/daytwo/v1/stakes";
  if (text.empty()) return client.get_as<api::StakesPage>(path);
  api::StakesRequest request;
  request.text = text;
  return dry_run ? client.ask_as<api::StakesPage>(path + "/preview", request)
                 : client.post_as<api::StakesPage>(path, request);
}

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  Client client(world, arguments);
  const bool dry_run = arguments.has("--dry-run");
  const auto page = ask_server(client, arguments.sentence(), dry_run);
  if (!page) return print_error(page.error());
  Table table{{"about", "as stated", "amount", "by", "source"}, {}, 1};
  for (const api::StakeRow& row : page->stakes) {
    table.rows.push_back({row.subject, row.text, amount_words(row.amount), row.by, row.source});
  }
  if (*output != Output::kTable) {
    print(*output, table, model::to_json(*page));
    return kGood;
  }
  const auto understood = page->understood.value_or(std::vector<std::string>());
  if (dry_run) {
    for (const std::string& line : understood) fmt::print("understood: {}\n", line);
    fmt::print("(dry run: nothing was stored)\n");
    return kGood;
  }
  fmt::print("{}\n", page->sentence);
  for (const std::string& line : understood) {
    fmt::print("  understood: {}\n", line);
  }
  if (!table.rows.empty()) fmt::print("\n{}", table.to_text(terminal_width()));
  print_question(page->question);
  return kGood;
}

}  // namespace

Command stakes_command() {
  std::vector<Option> options = {{"--dry-run", "", "", "only say what was understood"},
                                 output_option()};
  for (Option& option : change_options()) options.push_back(std::move(option));
  return {{"stakes"},
          "[SENTENCE...]",
          0,
          200,
          "List what things are worth, or state it. Money appears only after that.",
          {"daytwo stakes", "daytwo stakes 'an hour of checkout down costs $2k to $20k'",
           "daytwo stakes 'a person-day costs $600 to $1200'"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
