// daytwo noise: which alerts are noise, and what attention do they take?
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "api/view_noise.h"
#include "app/answer_words.h"
#include "app/client.h"
#include "app/command.h"
#include "app/commands.h"
#include "app/pages/unknown_name.h"
#include "app/terminal.h"
#include "app/world.h"
#include "base/result.h"
#include "base/time.h"
#include "model/json.h"

namespace daytwo::app {
namespace {

std::string share_of(const api::NoiseRow& row) {
  if (!row.share) return "not known";
  return fmt::format("{} of {} (90 %: {:.0f} to {:.0f} %)", row.useful, row.judged,
                     row.share->p05 * 100, row.share->p95 * 100);
}

std::string minutes_of(const api::NoiseRow& row) {
  if (!row.minutes) return "";
  return fmt::format("{:.0f} to {:.0f} min", row.minutes->p05, row.minutes->p95);
}

Table table_of(const std::vector<api::NoiseRow>& rules) {
  Table out{{"rule", "verdict", "useful", "fired", "called", "asleep", "attention", "cost",
             "what it says"},
            {},
            8};
  for (const api::NoiseRow& row : rules) {
    out.rows.push_back(
        {row.rule, std::string(json_names(row.verdict).at(static_cast<std::size_t>(row.verdict))),
         share_of(row), std::to_string(row.fired), std::to_string(row.called),
         row.asleep ? std::to_string(*row.asleep) : "not known", minutes_of(row),
         amount_words(row.cost), row.sentence});
  }
  return out;
}

// Keeps one rule. Errors: kNotFound, with the nearest name.
Result<void> keep_only(const std::string& rule, std::vector<api::NoiseRow>& rules) {
  std::vector<std::string> known;
  for (const api::NoiseRow& row : rules) known.push_back(row.rule);
  std::erase_if(rules, [&](const api::NoiseRow& row) { return row.rule != rule; });
  if (rules.empty()) return fail(unknown_name("alert rule that fired", rule, known));
  return {};
}

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const auto since = arguments.duration("--since");
  if (!since) return print_error(since.error());
  auto page = Client(world, arguments)
                  .get_as<api::NoisePage>("/api/daytwo/v1/noise?since=" + to_string(*since));
  if (!page) return print_error(page.error());
  if (!arguments.positional.empty()) {
    const auto kept = keep_only(arguments.sentence(), page->rules);
    if (!kept) return print_error(kept.error());
    page->sentence = page->rules.front().sentence;
  }
  if (*output != Output::kTable) {
    print(*output, table_of(page->rules), model::to_json(*page));
  } else {
    fmt::print("{}\n", page->sentence);
    for (const std::string& gap : page->coverage) fmt::print("  not known: {}\n", gap);
    if (!page->teach.empty()) print_teach(page->teach);
    if (!page->rules.empty()) print(*output, table_of(page->rules), {});
  }
  const bool noisy = std::any_of(page->rules.begin(), page->rules.end(), [](const auto& row) {
    return row.verdict == api::RuleVerdict::kNoise;
  });
  return noisy ? kFindings : kGood;
}

}  // namespace

Command noise_command() {
  std::vector<Option> options = {
      {"--since", "SPAN", "30d", "how far back; longer tells more, shorter forgets old rules"},
      output_option()};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {{"noise"},
          "[RULE]",
          0,
          5,
          "Which alerts are noise, and what attention do they take? Exit code 3 when one is.",
          {"daytwo noise", "daytwo noise SomethingSlow --since 90d", "daytwo noise --output csv"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
