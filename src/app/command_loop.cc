// daytwo loop: what needs me now, and is the loop turning?
#include <fmt/format.h>

#include "api/view_worry.h"
#include "app/answer_words.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"

namespace daytwo::app {
namespace {

// What looks for worries and cannot use what it was given; those that nobody gave anything yet are
// counted. With `all`, every source.
void print_sources(const api::LoopPage& page, bool all) {
  std::size_t idle = 0;
  for (const api::FindingSource& source : page.sources) {
    if (source.state == api::SourceState::kWorking && !all) continue;
    const bool off = source.state == api::SourceState::kOff;
    if (off) ++idle;
    if (off && !all) continue;
    fmt::print("  {}: {}{}\n", source.title, source.sentence,
               source.teach.empty() ? "" : "\n      " + source.teach);
  }
  if (idle > 0 && !all) {
    fmt::print("{} nothing to go by yet (daytwo loop --all)\n",
               idle == 1 ? "1 source has" : fmt::format("{} sources have", idle));
  }
}

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const auto page = Client(world, arguments).get_as<api::LoopPage>("/api/daytwo/v1/loop");
  if (!page) return print_error(page.error());
  Table table{{"id", "worry", "verdict", "worth", "owner", "next step"}, {}, 1};
  for (const api::WorryRow& row : page->worries) {
    table.rows.push_back({row.id, row.title, std::string(model::to_words(row.verdict)),
                          amount_words(row.worth), row.owner.name, row.next_step});
  }
  if (*output != Output::kTable) {
    print(*output, table, model::to_json(*page));
    return kGood;
  }
  fmt::print("{}{}\n", page->sentence, page->simulated ? " [simulated]" : "");
  for (const api::Stage& stage : page->stages) {
    fmt::print("  {:<8}{}\n", json_names(stage.name)[static_cast<std::size_t>(stage.name)],
               stage.sentence);
    // What was not seen stands beside what was found: it is unknown, not fine.
    if (stage.name != api::StageName::kObserve) continue;
    for (const std::string& line : stage.lines) fmt::print("          {}\n", line);
  }
  if (!table.rows.empty()) fmt::print("\n{}", table.to_text(terminal_width()));
  print_question(page->question);
  fmt::print("\n");
  print_sources(*page, arguments.has("--all"));
  return kGood;
}

}  // namespace

Command loop_command() {
  std::vector<Option> options = {
      {"--all", "", "", "each source of worries, with what it would need"}, output_option()};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {{"loop"},
          "",
          0,
          0,
          "What needs me now, and is the loop turning?",
          {"daytwo loop", "daytwo loop --all", "daytwo loop --output json"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
