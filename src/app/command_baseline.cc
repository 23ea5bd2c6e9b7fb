// daytwo baseline learn | diff | accept
#include <fmt/format.h>

#include "api/view_host.h"
#include "api/view_worry.h"
#include "app/answer_words.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"

namespace daytwo::app {
namespace {

int run_learn(World& world, const Arguments& arguments) {
  const auto body = Client(world, arguments).post("/api/daytwo/v1/baseline/learn", "{}");
  if (!body) return print_error(body.error());
  const auto page = model::from_json<api::HostPage>(*body, "answer",
                                                    {.skip_unknown = true, .allow_missing = true});
  if (!page) return print_error(page.error());
  fmt::print("{}\n", page->drift.sentence);
  return kGood;
}

int run_diff(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  Client client(world, arguments);
  const auto host = client.get_as<api::HostPage>("/api/daytwo/v1/host");
  if (!host) return print_error(host.error());
  auto page = client.get_as<api::WorriesPage>("/api/daytwo/v1/worries?state=open");
  if (!page) return print_error(page.error());
  std::erase_if(page->worries, [](const api::WorryRow& row) { return row.kind != "drift"; });
  Table table{{"id", "difference", "next step"}, {}, 1};
  for (const api::WorryRow& row : page->worries) {
    table.rows.push_back({row.id, row.title, row.next_step});
  }
  if (*output == Output::kTable) {
    fmt::print("{}\n", host->drift.sentence);
    if (!host->drift.teach.empty()) print_teach(host->drift.teach);
  }
  if (*output != Output::kTable || !table.rows.empty()) {
    print(*output, table, model::to_json(*page));
  }
  return page->worries.empty() ? kGood : kFindings;
}

int run_accept(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  api::AcceptRequest request;
  if (!arguments.positional.empty()) request.what = arguments.positional[0];
  if (arguments.has("--all")) request.all = true;
  if (arguments.has("--why")) request.why = arguments.get("--why");
  Client client(world, arguments);
  const std::string path = "/api/daytwo/v1/baseline/accept";
  const auto page = arguments.has("--dry-run")
                        ? client.ask_as<api::AcceptPage>(path + "/preview", request)
                        : client.post_as<api::AcceptPage>(path, request);
  if (!page) return print_error(page.error());
  if (*output != Output::kTable) {
    Table table{{"accepted"}, {}, 0};
    for (const std::string& line : page->accepted) table.rows.push_back({line});
    print(*output, table, model::to_json(*page));
    return kGood;
  }
  fmt::print("{}\n", page->sentence);
  for (const std::string& line : page->accepted) fmt::print("  {}\n", line);
  return kGood;
}

}  // namespace

Command baseline_accept_command() {
  std::vector<Option> options = {
      {"--all", "", "", "every difference there is now"},
      {"--why", "TEXT", "", "why it is meant to be so; it stands in the file"},
      {"--dry-run", "", "", "only say what would be accepted"},
      output_option()};
  for (Option& option : change_options()) options.push_back(std::move(option));
  return {{"baseline", "accept"},
          "[DIFFERENCE]",
          0,
          1,
          "Take a difference as what should be: by its name, or by the id of its worry.",
          {"daytwo baseline accept tcp:0.0.0.0:8080 --why \"the shop's new front\"",
           "daytwo baseline accept --all --dry-run"},
          std::move(options),
          run_accept};
}

Command baseline_learn_command() {
  return {{"baseline", "learn"},
          "",
          0,
          0,
          "Take what runs and listens now as what should: later differences are drift.",
          {"daytwo baseline learn"},
          change_options(),
          run_learn};
}

Command baseline_diff_command() {
  std::vector<Option> options = {output_option()};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {{"baseline", "diff"},
          "",
          0,
          0,
          "What runs that nobody declared, and the reverse? Exit code 3 when there is something.",
          {"daytwo baseline diff"},
          std::move(options),
          run_diff};
}

}  // namespace daytwo::app
