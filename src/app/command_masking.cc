// daytwo masking: what covers for a faulty application?
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "api/view_masking.h"
#include "app/answer_words.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/pages/unknown_name.h"
#include "app/terminal.h"

namespace daytwo::app {
namespace {

Table table_of(const std::vector<api::MaskRow>& rows) {
  Table out{{"service", "restarts", "planned", "kills", "copies", "processors", "noticed",
             "what it says"},
            {},
            7};
  for (const api::MaskRow& row : rows) {
    out.rows.push_back({row.service, std::to_string(row.restarts), std::to_string(row.planned),
                        std::to_string(row.kills), std::to_string(row.copies),
                        row.processors ? fmt::format("{:.3g}", *row.processors) : "not known",
                        row.has_objective ? std::to_string(row.noticed) : "no objective",
                        row.sentence});
  }
  return out;
}

// Keeps one service. Errors: kNotFound, with the nearest name.
Result<void> keep_only(const std::string& service, api::MaskingPage& page) {
  std::vector<std::string> known;
  for (const api::MaskRow& row : page.services) known.push_back(row.service);
  std::erase_if(page.services, [&](const api::MaskRow& row) { return row.service != service; });
  if (page.services.empty()) return fail(unknown_name("service that runs", service, known));
  page.sentence = page.services.front().sentence;
  return {};
}

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const auto since = arguments.duration("--since");
  if (!since) return print_error(since.error());
  auto page = Client(world, arguments)
                  .get_as<api::MaskingPage>("/api/daytwo/v1/masking?since=" + to_string(*since));
  if (!page) return print_error(page.error());
  if (!arguments.positional.empty()) {
    const auto kept = keep_only(arguments.positional.front(), *page);
    if (!kept) return print_error(kept.error());
  }
  if (*output != Output::kTable) {
    print(*output, table_of(page->services), model::to_json(*page));
  } else {
    fmt::print("{}\n", page->sentence);
    for (const std::string& gap : page->coverage) fmt::print("  not seen: {}\n", gap);
    if (!page->teach.empty()) print_teach(page->teach);
    if (!page->services.empty()) print(*output, table_of(page->services), {});
  }
  const bool covered = std::any_of(page->services.begin(), page->services.end(),
                                   [](const api::MaskRow& row) { return row.covered; });
  return covered ? kFindings : kGood;
}

}  // namespace

Command masking_command() {
  std::vector<Option> options = {
      {"--since", "SPAN", "7d", "how far back; longer tells a rare fault from none"},
      output_option()};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {{"masking"},
          "[SERVICE]",
          0,
          1,
          "Do restarts, kills or idle copies cover for a fault? Exit code 3 when they do.",
          {"daytwo masking", "daytwo masking checkout --since 30d"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
