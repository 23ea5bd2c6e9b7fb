// daytwo import KIND FILE: a team's own history.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "api/view_learn.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"
#include "base/text.h"
#include "observe/importer/import.h"

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

// The columns of each kind and an example, from the table that reads them.
std::vector<std::string> notes() {
  std::vector<std::string> out;
  for (const auto& [name, kind] : {std::pair("incidents", observe::ImportKind::kIncidents),
                                   std::pair("deploys", observe::ImportKind::kDeploys),
                                   std::pair("items (or backlog)", observe::ImportKind::kItems)}) {
    const observe::ImportFormat format = observe::import_format(kind);
    out.push_back(fmt::format("{}: {}; optional {}", name, fmt::join(format.required, ", "),
                              fmt::join(format.optional, ", ")));
    for (const std::string_view line : split(trim(format.example), '\n')) {
      out.push_back(fmt::format("    {}", line));
    }
  }
  out.emplace_back(
      "Times are RFC 3339, '2026-11-22 17:00' or '2026-11-22' (UTC), or seconds since");
  out.emplace_back("the epoch. JSON is a list of objects, or one object a line, with these keys.");
  return out;
}

}  // namespace

Command import_command() {
  Command command = {
      {"import"},
      "KIND FILE",
      2,
      2,
      "Import incidents, deploys or backlog items from CSV or JSON, so that rates start from "
      "your own history.",
      {"daytwo import incidents incidents.csv", "daytwo import deploys deploys.json"},
      change_options(),
      run};
  command.notes = notes();
  return command;
}

}  // namespace daytwo::app
