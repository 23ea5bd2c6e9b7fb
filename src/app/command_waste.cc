// daytwo waste: what can be cleaned up, and what does it save?
#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/view_waste.h"
#include "app/answer_words.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"
#include "model/amount.h"
#include "model/json.h"

namespace daytwo::app {
namespace {

std::string day_of(const std::optional<Timestamp>& at) {
  return at ? to_rfc3339(*at).substr(0, 10) : "";
}

std::string money_range(const std::optional<api::Amount>& amount) {
  if (!amount) return "unknown";
  if (amount->p05 == amount->p95) return model::money_words(amount->p50, amount->unit);
  return model::money_words(amount->p05, amount->unit) + " to " +
         model::money_words(amount->p95, amount->unit);
}

std::string percent(const std::optional<api::Amount>& chance) {
  return chance ? fmt::format("{:.0f} %", chance->mean * 100) : "no";
}

Table table_of(const api::WastePage& page) {
  Table table{{"what", "where", "owner", "idle since", "saves a month", "still needed", "stop on",
               "next step"},
              {},
              7};
  for (const api::WasteRow& row : page.rows) {
    table.rows.push_back({row.name, row.where, row.owner, day_of(row.idle_since),
                          money_range(row.saving), percent(row.needed), day_of(row.quarantine),
                          row.steps.empty() ? "keep it" : row.steps.front().what});
  }
  return table;
}

std::string cents(double major) { return fmt::format("{:.2f}", major); }

void print_invoice(const api::Invoice& invoice) {
  fmt::print("\n{}\n", invoice.sentence);
  Table table{{"of which", "billed", "effective"}, {}, 0};
  for (const api::InvoicePart& part : invoice.parts) {
    table.rows.push_back({part.what, cents(part.billed), cents(part.effective)});
  }
  table.rows.push_back({"the invoice", cents(invoice.billed), cents(invoice.effective)});
  fmt::print("{}", table.to_text(terminal_width()));
}

void print_page(const api::WastePage& page) {
  fmt::print("{}\n", page.sentence);
  if (!page.rows.empty()) {
    fmt::print("\n{}", table_of(page).to_text(terminal_width()));
    const api::WasteRow& first = page.rows.front();
    fmt::print("\nFirst: {}\n", first.sentence);
    for (const std::string& line : first.evidence) fmt::print("  seen   {}\n", line);
    for (const api::WasteStep& step : first.steps) {
      fmt::print("  {}  {}\n", day_of(step.at), step.what);
    }
    if (first.worth) {
      fmt::print("  worth  {} over a year\n", money_range(first.worth));
    }
  }
  for (const api::Invoice& invoice : page.invoices) print_invoice(invoice);
  if (!page.notes.empty()) fmt::print("\n");
  for (const std::string& note : page.notes) fmt::print("Note: {}\n", note);
  if (!page.teach.empty()) print_teach(page.teach);
}

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const auto idle = arguments.duration("--idle");
  if (!idle) return print_error(idle.error());
  std::string path = "/api/daytwo/v1/waste?idle=" + encode_component(to_string(*idle));
  if (arguments.has("--restore")) {
    path += "&restore=" + encode_component(arguments.get("--restore"));
  }
  const auto page = Client(world, arguments).get_as<api::WastePage>(path);
  if (!page) return print_error(page.error());
  if (*output == Output::kTable) {
    print_page(*page);
  } else {
    print(*output, table_of(*page), model::to_json(*page));
  }
  return kGood;
}

}  // namespace

Command waste_command() {
  std::vector<Option> options = {
      {"--idle", "TIME", "7d", "what shows no use for at least this long is listed"},
      {"--restore", "MONEY", "", "what putting back something that was needed costs, as a range"},
      output_option()};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {{"waste"},
          "",
          0,
          0,
          "What can be cleaned up: idle services, programs and filesystems, resources on bills "
          "that name nothing that runs, unused commitments; what each saves and the chance that "
          "it is still needed.",
          {"daytwo waste", "daytwo waste --idle 30d --restore '$500 to $2k'",
           "daytwo import cost focus-2026-10.csv"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
