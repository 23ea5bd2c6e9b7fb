// daytwo nines: what does the next quarter nine cost and save?
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/view_nines.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/config.h"
#include "app/terminal.h"
#include "app/world.h"
#include "model/amount.h"
#include "model/json.h"
#include "model/sentence.h"

namespace daytwo::app {
namespace {

constexpr std::size_t kBars = 24;

Result<double> number_of(const Arguments& arguments, const std::string& option) {
  const std::string text = arguments.get(option);
  const auto read = model::parse_quantity(text + " hours");
  if (!read || read->low != read->high) {
    return fail(Code::kInvalid, fmt::format("{} '{}': expected a number", option, text));
  }
  return read->low;
}

Result<double> share_of(const Arguments& arguments, const std::string& option) {
  const std::string text = arguments.get(option);
  const auto read = model::parse_quantity(text);
  if (!read || read->unit != model::kProbability || read->low != read->high) {
    return fail(Code::kInvalid,
                fmt::format("{} '{}': expected a share a year such as 8%", option, text));
  }
  return read->low;
}

Result<api::NinesRequest> request_of(const World& world, const Arguments& arguments) {
  api::NinesRequest out;
  out.service = arguments.positional.front();
  TRY(out.years, number_of(arguments, "--years"));
  TRY(out.most, number_of(arguments, "--most"));
  TRY(out.discount, share_of(arguments, "--discount"));
  for (std::size_t i = 1; i < arguments.positional.size(); ++i) {
    const std::string& path = arguments.positional[i];
    auto text = world.files.read(path, kMaxConfigBytes);
    if (!text && text.error().code == Code::kLimit) return fail(too_large(path));
    if (!text) return fail(std::move(text).error());
    out.files.push_back({path, *std::move(text)});
  }
  return out;
}

std::string range(const std::optional<api::Amount>& estimate) {
  if (!estimate) return "unknown";
  const std::string& currency = estimate->unit;
  if (estimate->p05 == estimate->p95) return model::money_words(estimate->p50, currency);
  return model::money_words(estimate->p05, currency) + " to " +
         model::money_words(estimate->p95, currency);
}

std::string hours_words(double hours) {
  if (hours < 1) return fmt::format("{:.2g} min", hours * 60);
  return hours < 100 ? fmt::format("{:.2g} h", hours) : fmt::format("{:.0f} h", hours);
}

// The total as a bar against the largest; the best is marked.
std::string bar(const api::NinesStep& step, double largest) {
  if (!step.total || largest <= 0) return "";
  const double share = std::clamp(step.total->mean / largest, 0.0, 1.0);
  const auto length = static_cast<std::size_t>(std::lround(share * kBars));
  return std::string(length, '#') + (step.best ? " <- least" : step.flat ? " as good" : "");
}

bool has_credits(const api::NinesPage& page) {
  return std::ranges::any_of(page.steps, [](const api::NinesStep& step) {
    return step.owed.p95 > 0 || step.received.p95 > 0;
  });
}

Table steps_table(const api::NinesPage& page) {
  double largest = 0;
  for (const api::NinesStep& step : page.steps) {
    if (step.total) largest = std::max(largest, step.total->mean);
  }
  Table out{{"nines", "down a year", "loses", "credits owed", "credits due", "spend", "total", "",
             "with"},
            {},
            8};
  for (const api::NinesStep& step : page.steps) {
    const bool now = step.reach == api::ReachOfNines::kNow;
    out.rows.push_back({fmt::format("{:.2f}{}", step.nines, now ? " now" : ""),
                        hours_words(step.hours), range(step.loss), range(step.owed),
                        range(step.received), range(step.spend), range(step.total),
                        bar(step, largest), step.takes});
  }
  if (!has_credits(page)) {
    out.heads.erase(out.heads.begin() + 3, out.heads.begin() + 5);
    for (auto& row : out.rows) row.erase(row.begin() + 3, row.begin() + 5);
    out.flexible = 6;
  }
  return out;
}

void print_page(const api::NinesPage& page) {
  fmt::print("{}\n\n{}", page.sentence, steps_table(page).to_text(terminal_width()));
  for (const api::NinesPromise& each : page.promises) {
    fmt::print("\nPromised to {}: {:.4g} %, which {}", each.to, each.availability * 100,
               !each.possible ? "cannot be kept: what it needs does not allow it"
               : each.kept    ? "is kept, as expected"
                              : "is not kept, as expected");
  }
  if (!page.promises.empty()) fmt::print("\n");
  fmt::print("\nToday's downtime is made of\n");
  for (const std::string& part : page.parts) fmt::print("  {}\n", part);
  for (const std::string& note : page.notes) fmt::print("Note: {}\n", note);
  fmt::print("Money is a year's, 90 %; seed {}.\n", page.saves.seed);
}

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const auto request = request_of(world, arguments);
  if (!request) return print_error(request.error());
  const auto page =
      Client(world, arguments).ask_as<api::NinesPage>("/api/daytwo/v1/nines", *request);
  if (!page) return print_error(page.error());
  if (*output == Output::kTable) {
    print_page(*page);
  } else {
    print(*output, steps_table(*page), model::to_json(*page));
  }
  return kGood;
}

}  // namespace

Command nines_command() {
  std::vector<Option> options = {
      {"--years", "N", "3", "the years over which what is paid once is spread"},
      {"--discount", "SHARE", "0%", "what money loses by coming a year later"},
      {"--most", "NINES", "5", "the last level to look at"},
      output_option()};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {{"nines"},
          "SERVICE [FILE...]",
          1,
          100,
          "What does the next quarter nine of a service cost and save, and which promise is "
          "impossible? FILEs of worries and options count besides those of the server.",
          {"daytwo nines checkout", "daytwo nines checkout examples/shop/risks/shop.yml --years 5"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
