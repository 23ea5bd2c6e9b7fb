// daytwo check design: can what is promised be kept?
#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/view_service.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/config.h"
#include "app/design/files.h"
#include "app/design/page.h"
#include "app/design/writers.h"
#include "app/terminal.h"
#include "chance/availability.h"
#include "chance/seed.h"
#include "decide/design/check.h"
#include "model/amount.h"
#include "model/json.h"
#include "model/stakes.h"

namespace daytwo::app {
namespace {

namespace core = decide::design;

const chance::Seed kDesignSeed = chance::derive(chance::Seed{}, "check design");
// Of an objective's window that must be measured before it counts beside a promise.
constexpr double kMostUnknown = 0.5;

constexpr std::array<std::string_view, 6> kFormats = {"table", "json",     "csv",
                                                      "sarif", "markdown", "junit"};

Result<std::string> format_of(const Arguments& arguments) {
  std::string asked = arguments.get("--output");
  if (std::find(kFormats.begin(), kFormats.end(), asked) != kFormats.end()) return asked;
  return fail(
      Code::kInvalid,
      fmt::format("--output {}: expected table, json, csv, sarif, markdown or junit", asked));
}

// What the services say that they are worth, and what was given besides.
Result<model::Stakes> stakes_of(const model::Catalog& catalog, const Arguments& arguments) {
  model::Stakes out;
  for (const model::Service& service : catalog.all()) {
    for (const model::ServiceStake& stake : service.stakes) {
      TRY(model::Stake read, model::parse_stake(stake.text));
      out.add(std::move(read));
    }
  }
  for (const std::string& text : arguments.all("--stake")) {
    TRY(model::Stake read, model::parse_stake(text));
    out.add(std::move(read));
  }
  return out;
}

// What a server has measured, by service; of several objectives the worst.
Result<std::map<std::string, core::Measured>> measured_by(World& world, const Arguments& arguments,
                                                          const model::Catalog& catalog) {
  std::map<std::string, core::Measured> out;
  if (!arguments.has("--server")) return out;
  TRY(const auto page,
      Client(world, arguments).get_as<api::ObjectivesPage>("/api/daytwo/v1/objectives"));
  for (const api::ObjectiveRow& row : page.objectives) {
    const model::Service* const service = catalog.find(ServiceId{row.service});
    if (service == nullptr || row.good + row.bad <= 0 || row.unknown_share > kMostUnknown) continue;
    for (const model::Objective& objective : service->objectives) {
      if (objective.name != row.name || !core::promises_availability(objective)) continue;
      const core::Measured now{row.bad, row.good + row.bad, row.name};
      const auto [at, fresh] = out.try_emplace(row.service, now);
      if (!fresh && now.bad / now.total > at->second.bad / at->second.total) at->second = now;
    }
  }
  return out;
}

std::string money_of(const design::PromiseRow& row) {
  if (!row.costs) return "not priced";
  return fmt::format("{} to {}", model::money_words(row.costs->p05, row.costs->unit),
                     model::money_words(row.costs->p95, row.costs->unit));
}

std::string left_of(const design::PromiseRow& row) {
  if (row.standing == core::to_string(core::Standing::kUnknown)) return "unknown";
  if (row.budget_left < 0) return "nothing";
  const double percent = row.budget_left * 100;
  return percent < 9.5 ? fmt::format("{:.2g} %", percent) : fmt::format("{:.0f} %", percent);
}

Table promises_of(const design::Page& page) {
  Table out{
      {"service", "promise", "ceiling", "left for itself", "standing", "needs cost a year"}, {}, 0};
  for (const design::PromiseRow& row : page.promises) {
    const bool spread = row.ceiling_low < row.ceiling_high;
    out.rows.push_back({row.service, fmt::format("{} {} %", row.objective, row.target),
                        spread
                            ? fmt::format("{} ({} to {})", chance::short_percent_words(row.ceiling),
                                          chance::short_percent_words(row.ceiling_low),
                                          chance::short_percent_words(row.ceiling_high))
                            : chance::short_percent_words(row.ceiling),
                        left_of(row), row.standing, money_of(row)});
  }
  return out;
}

Table findings_of(const design::Page& page) {
  Table out{{"level", "rule", "service", "file", "line", "finding", "to mend"}, {}, 5};
  for (const design::FindingRow& row : page.findings) {
    out.rows.push_back(
        {row.level, row.rule, row.service, row.file, std::to_string(row.line), row.text, row.mend});
  }
  return out;
}

void print_people(const design::Page& page) {
  fmt::print("{}\n", page.sentence);
  for (const std::string& change : page.changes) fmt::print("since the last check: {}\n", change);
  if (!page.promises.empty()) {
    fmt::print("\n{}", promises_of(page).to_text(terminal_width()));
  }
  for (const design::FindingRow& row : page.findings) {
    fmt::print("\n{}:{}: {} {}: {}\n", row.file, row.line, row.level, row.rule, row.text);
    if (!row.mend.empty()) fmt::print("  to mend: {}\n", row.mend);
  }
}

void print_page(const std::string& format, const design::Page& page) {
  if (format == "json") fmt::print("{}\n", model::to_json(page));
  if (format == "csv") fmt::print("{}", findings_of(page).to_csv());
  if (format == "sarif") fmt::print("{}\n", design::to_sarif(page));
  if (format == "junit") fmt::print("{}", design::to_junit(page));
  if (format == "markdown") fmt::print("{}", design::to_markdown(page));
  if (format == "table") print_people(page);
}

Result<design::Page> checked(World& world, const Arguments& arguments) {
  TRY(design::Gathered files, design::gather(world.files, arguments.positional));
  TRY(const model::Catalog catalog, model::load_catalog(files.services));
  TRY(const model::Stakes stakes, stakes_of(catalog, arguments));
  TRY(const auto measured, measured_by(world, arguments, catalog));
  const core::Report report = core::check_design(
      catalog,
      [&](const std::string& service) {
        const auto at = measured.find(service);
        return at == measured.end() ? std::nullopt : std::optional(at->second);
      },
      stakes, kDesignSeed);
  design::Page page = design::page_of(report, std::move(files.skipped));
  if (arguments.has("--baseline")) {
    const std::string path = arguments.get("--baseline");
    TRY_IN(path, const std::string text, world.files.read(path, kMaxConfigBytes));
    TRY(const auto before, model::from_json<design::Page>(text, path));
    page.changes = design::changes_since(before, page);
  }
  return page;
}

int run(World& world, const Arguments& arguments) {
  const auto format = format_of(arguments);
  if (!format) return print_error(format.error());
  const auto page = checked(world, arguments);
  if (!page) {
    const int code = print_error(page.error());
    // What was typed is right; it is what it names that cannot be read.
    return page.error().diagnostics.empty() ? code : kFailed;
  }
  for (const std::string& skipped : page->skipped) {
    fmt::print(stderr, "{}: passed over\n", skipped);
  }
  print_page(*format, *page);
  for (const design::FindingRow& row : page->findings) {
    if (row.level != core::to_string(core::Level::kNote)) return kFindings;
  }
  return kGood;
}

}  // namespace

Command check_design_command() {
  std::vector<Option> options = {
      {"--output", "FORMAT", "table", "table, json, csv, sarif, markdown or junit", "Options"},
      {"--baseline", "FILE", "", "an earlier --output json: say what changed, in money", "Options"},
      {"--stake", "SENTENCE", "", "what something is worth", "Options", true}};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {{"check", "design"},
          "PATH...",
          1,
          64,
          "Check before anything runs whether services can keep what they promise, from the files "
          "that declare them: ceilings over what they need, what too much hangs on, what nobody "
          "owns or counts. With --server, what was measured goes before what is promised. Exit "
          "code 3 for findings, 1 for files that cannot be read.",
          {"daytwo check design examples/shop", "daytwo check design services --output sarif",
           "daytwo check design services --baseline main.json --output markdown",
           "daytwo check design services --stake 'an hour of shop down costs $2k to $9k'"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
