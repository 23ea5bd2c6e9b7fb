// daytwo import KIND FILE: a team's own history; or what another tool has, as a file of ours.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <vector>

#include "api/view_learn.h"
#include "app/client.h"
#include "app/command_import_cost.h"
#include "app/command_import_slo.h"
#include "app/commands.h"
#include "app/terminal.h"
#include "base/text.h"
#include "model/register_import.h"
#include "model/worry_file.h"
#include "observe/importer/import.h"

namespace daytwo::app {
namespace {

constexpr std::size_t kMaxImportBytes = 32U << 20U;

// The kinds that are read here and printed, not sent to the server.
constexpr std::string_view kRegister = "register";
constexpr std::string_view kSlo = "slo";
// Read here too; what it adds up to is sent.
constexpr std::string_view kCost = "cost";
constexpr std::size_t kMaxSpecFiles = 1000;

// What stands for KIND; help says what each holds.
std::vector<std::string> kinds() {
  return {"incidents",        "near-misses",          "alerts",         "deploys", "items",
          std::string(kCost), std::string(kRegister), std::string(kSlo)};
}

// The worry file to stdout, what is lost on the way to stderr. What is printed reads.
int print_register(const std::string& text, const std::string& path) {
  const bool csv = to_lower(path).ends_with(".csv");
  const auto import = csv ? model::import_risk_csv(text, path) : model::import_crml(text, path);
  if (!import) return print_error(import.error());
  const std::string yaml = model::to_worry_yaml(*import);
  if (const auto read = model::parse_worry_file(yaml, "the worry file made of it"); !read) {
    return print_error(read.error());
  }
  fmt::print("{}", yaml);
  for (const Diagnostic& lost : import->lost) {
    fmt::print(stderr, "{}:{}:{}: {}\n", path, lost.line, lost.column, to_utf8(lost.text));
  }
  fmt::print(stderr, "{}, {} left out. Add them up: daytwo risk FILE\n",
             counted(import->risks.size(), "risk", "risks"),
             counted(import->lost.size(), "thing", "things"));
  return kGood;
}

// What is wrong with the file is said before a server is asked, and without a token. Its times are
// judged by the server, whose clock counts: here every time is past.
Result<void> check_import(const std::string& kind, const std::string& text,
                          const std::string& path) {
  const auto known = observe::parse_import_kind(kind);
  if (!known) {
    const std::vector<std::string> all = kinds();
    const std::string nearest = nearest_word(kind, all);
    return fail(
        Code::kInvalid,
        fmt::format("'{}' cannot be imported: KIND is {}{}", to_utf8(kind), fmt::join(all, ", "),
                    nearest.empty() ? "" : "; did you mean " + nearest + "?"));
  }
  TRY(const auto read, observe::import_rows(*known, text, path, kMaxTimestamp));
  static_cast<void>(read);
  return {};
}

int run(World& world, const Arguments& arguments) {
  if (arguments.positional.size() < 2) {
    return print_error(make_error(
        Code::kInvalid, fmt::format("'import' wants KIND FILE: KIND is one of {}, FILE a table in "
                                    "CSV or JSON (usage: daytwo import KIND FILE)",
                                    fmt::join(kinds(), ", "))));
  }
  const std::string& kind = arguments.positional.at(0);
  if (kind == kSlo) return run_import_slo(world, arguments);
  if (kind == kCost) return run_import_cost(world, arguments);
  if (arguments.positional.size() > 2 || arguments.has("--from")) {
    return print_error(make_error(
        Code::kInvalid,
        fmt::format("'import {}' takes one FILE; several are for cost and slo, --from for slo",
                    to_utf8(kind))));
  }
  if (arguments.has("--dry-run") || arguments.has("--currency") || arguments.has("--output")) {
    return print_error(make_error(
        Code::kInvalid, fmt::format("'import {}' has no --dry-run, --currency or --output: those "
                                    "are for cost",
                                    to_utf8(kind))));
  }
  const auto text = world.files.read(arguments.positional.at(1), kMaxImportBytes);
  if (!text) return print_error(text.error());
  if (kind == kRegister) return print_register(*text, arguments.positional.at(1));
  if (const auto readable = check_import(kind, *text, arguments.positional.at(1)); !readable) {
    return print_error(readable.error());
  }
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
  std::vector<std::string> out = {fmt::format("KIND: {}.", fmt::join(kinds(), ", "))};
  for (const auto& [name, kind] : {std::pair("incidents", observe::ImportKind::kIncidents),
                                   std::pair("near-misses", observe::ImportKind::kNearMisses),
                                   std::pair("alerts", observe::ImportKind::kAlerts),
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
  out.emplace_back(
      "register: another tool's risks as a worry file on stdout, and what has no place");
  out.emplace_back("in one by its line on stderr; needs no server. A .csv file is read as");
  out.emplace_back("riskquant's (identifier, name, events a year, low and high loss of a 90 %");
  out.emplace_back("range in dollars; with or without a head), any other as CRML 1.x.");
  out.emplace_back(
      "slo: objectives of OpenSLO, Sloth and Pyrra, from one FILE or more, as a catalog");
  out.emplace_back(
      "of services on stdout; each change, and what cannot be evaluated (exit code 3),");
  out.emplace_back("by its line on stderr; needs no server.");
  out.emplace_back("cost: bills in FOCUS 1.0 to 1.2 as CSV, from one FILE or more; any of its");
  out.emplace_back("columns in any order: BilledCost or EffectiveCost, ChargePeriodStart and");
  out.emplace_back("BillingCurrency are needed. Charges of one day add up over all FILEs; a day");
  out.emplace_back("that is imported again replaces. A broken row is named and left out (exit");
  out.emplace_back("code 3). --dry-run prints the sums and needs no server.");
  return out;
}

}  // namespace

Command import_command() {
  Command command = {
      {"import"},
      "KIND FILE...",
      0,
      1 + kMaxSpecFiles,
      "Import incidents, near misses, alerts, deploys or backlog items from CSV or JSON, so that "
      "rates start from your own history; what things cost, from bills; or risks or objectives of "
      "another tool.",
      {"daytwo import incidents incidents.csv", "daytwo import near-misses near-misses.csv",
       "daytwo import deploys deploys.json", "daytwo import register risks.csv > risks.yml",
       "daytwo import slo sloth.yml > services/shop.yml",
       "daytwo import cost --dry-run focus-2026-10.csv"},
      change_options(),
      run};
  command.options.push_back({"--from", "TOOL", "auto",
                             "whose objectives: openslo, sloth or pyrra; auto asks each document",
                             "Options"});
  command.options.push_back({"--dry-run", "", "", "cost: say what it adds up to, send nothing"});
  command.options.push_back(
      {"--currency", "CODE", "", "cost: of files without BillingCurrency, such as USD"});
  command.options.push_back(output_option());
  command.notes = notes();
  return command;
}

}  // namespace daytwo::app
