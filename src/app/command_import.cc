// daytwo import KIND FILE: a team's own history.
#include <fmt/format.h>

#include "api/view_learn.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"

namespace daytwo::app {
namespace {

constexpr std::size_t kMaxImportBytes = 32U << 20U;

int run(World& world, const Arguments& arguments) {
  const std::string& kind = arguments.positional.at(0);
  const auto text = world.files.read(arguments.positional.at(1), kMaxImportBytes);
  if (!text) return print_error(text.error());
  const auto body =
      Client(world, arguments).post("/api/daytwo/v1/import/" + encode_component(kind), *text);
  if (!body) {
    Error error = body.error();
    // The server knows the text only; whoever reads the answer knows the file.
    for (Diagnostic& problem : error.diagnostics) problem.file = arguments.positional.at(1);
    return print_error(error);
  }
  const auto report = model::from_json<api::ImportReport>(
      *body, "answer", {.skip_unknown = true, .allow_missing = true});
  if (!report) return print_error(report.error());
  fmt::print("{}\n", report->sentence);
  for (const api::DiagnosticView& problem : report->problems) {
    fmt::print(stderr, "{}:{}:{}: {}\n", arguments.positional.at(1), problem.line, problem.column,
               problem.text);
  }
  return report->skipped == 0 ? kGood : kFindings;
}

}  // namespace

Command import_command() {
  return {{"import"},
          "KIND FILE",
          2,
          2,
          "Import incidents, deploys or backlog items from CSV or JSON, so that rates start from "
          "your own history.",
          {"daytwo import incidents incidents.csv", "daytwo import deploys deploys.json"},
          change_options(),
          run};
}

}  // namespace daytwo::app
