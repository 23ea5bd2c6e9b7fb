// daytwo page list | ack | test
#include <fmt/format.h>

#include "api/view_pager.h"
#include "app/answer_words.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"

namespace daytwo::app {
namespace {

constexpr const char* kPages = "/api/daytwo/v1/pages";

std::string_view state_name(api::PageState state) {
  return json_names(state)[static_cast<std::size_t>(state)];
}

// What waiting would have cost, below the table: one line for each message that has one.
void print_shadows(const api::PagesPage& page) {
  bool first = true;
  for (const api::PageRow& row : page.pages) {
    if (row.shadow.empty()) continue;
    if (first) fmt::print("\nWaiting against waking (computed only, every page is sent):\n");
    first = false;
    fmt::print("  {}  {}\n", row.id, row.shadow);
  }
}

int show(const Result<api::PagesPage>& page, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  if (!page) return print_error(page.error());
  Table table{{"id", "about", "to", "by", "state", "acked by", "error"}, {}, 1};
  for (const api::PageRow& row : page->pages) {
    table.rows.push_back({row.id, row.title, row.to, row.method, std::string(state_name(row.state)),
                          row.acked_by, row.error});
  }
  if (*output == Output::kTable) {
    fmt::print("{}\n", page->sentence);
    if (table.rows.empty() && !page->teach.empty()) print_teach(page->teach);
    if (table.rows.empty()) return kGood;
  }
  print(*output, table, model::to_json(*page));
  if (*output == Output::kTable) print_shadows(*page);
  return kGood;
}

int run_list(World& world, const Arguments& arguments) {
  return show(Client(world, arguments).get_as<api::PagesPage>(kPages), arguments);
}

int run_ack(World& world, const Arguments& arguments) {
  const std::string path =
      fmt::format("{}/{}/ack", kPages, encode_component(arguments.positional.at(0)));
  const auto body = Client(world, arguments).post(path, "{}");
  if (!body) return print_error(body.error());
  return run_list(world, arguments);
}

int run_test(World& world, const Arguments& arguments) {
  api::PageTestRequest request;
  if (!arguments.positional.empty()) request.to = arguments.positional[0];
  const auto page =
      Client(world, arguments).post_as<api::PagesPage>(fmt::format("{}/test", kPages), request);
  return show(page, arguments);
}

std::vector<Option> with_output(std::vector<Option> rest) {
  rest.insert(rest.begin(), output_option());
  return rest;
}

}  // namespace

Command page_list_command() {
  return {{"page", "list"},
          "",
          0,
          0,
          "List pages: owed, sent, acknowledged.",
          {"daytwo page list"},
          with_output(server_options()),
          run_list};
}

Command page_ack_command() {
  return {{"page", "ack"},
          "ID",
          1,
          1,
          "Say that you have it; escalation stops.",
          {"daytwo page ack 4f2a9c01d3be"},
          with_output(change_options()),
          run_ack};
}

Command page_test_command() {
  return {{"page", "test"},
          "[NAME]",
          0,
          1,
          "Send a test page through the real outbox, to one name under people or to all.",
          {"daytwo page test shop-oncall"},
          with_output(change_options()),
          run_test};
}

}  // namespace daytwo::app
