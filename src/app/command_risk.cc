// daytwo risk: a register as one year of loss.
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/commands.h"
#include "app/history.h"
#include "app/pages/risk_view.h"
#include "app/terminal.h"
#include "app/world.h"
#include "app/worry_options.h"
#include "base/result.h"
#include "base/text.h"
#include "decide/risk/portfolio.h"
#include "decide/risk/say.h"
#include "model/amount.h"
#include "model/json.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::app {
namespace {

namespace risk = decide::risk;

// The same question has the same answer, to the last digit, wherever it is asked.
constexpr const char* kSeed = "20261122";
constexpr std::uint64_t kLeastYears = 1'000;
constexpr std::uint64_t kMostYears = 10'000'000;

constexpr const char* kEmpty = R"(No file was given. A register is a file like this, risks.yml:

stakes: ["an hour of shop down costs $2k to $20k"]
appetite: {at_most: 5% a year, loss: "$1M"}
risks:
  - {id: shop-down, service: shop, estimate: "2 to 6 a year that shop is down, 30m to 4h"}
  - id: records-escape
    frequency: 2% to 8% a year
    loss: {response: "$20k to $200k", fine: {amount: "$50k to $2M", chance: 20%}}
    harm: {customers: "$50k to $3M"}

then: daytwo risk risks.yml
)";

Result<risk::Portfolio> make(World& world, const Arguments& arguments,
                             const model::WorryFile& file) {
  model::Stakes stakes;
  for (const model::Stake& stake : file.stakes) stakes.add(stake);
  for (const std::string& text : arguments.all("--stake")) {
    TRY(model::Stake stake, model::parse_stake(text));
    stakes.add(std::move(stake));
  }
  risk::PortfolioOptions options;
  TRY(options.years, arguments.whole_number("--years", kLeastYears, kMostYears));
  TRY(options.seed.value, arguments.whole_number("--seed", 0, ~std::uint64_t{0}));
  if (arguments.has("--deploys")) {
    TRY(const std::uint64_t deploys, arguments.whole_number("--deploys", 1, 1'000'000));
    options.trials_a_year = static_cast<double>(deploys);
  }
  for (const std::string& text : arguments.all("--with")) {
    for (const std::string_view id : split(text, ',')) options.with.emplace_back(trim(id));
  }
  const Timestamp now = world.clock.wall();
  TRY(Taught taught, read_history(world, arguments, now));
  TRY(risk::Portfolio out, risk::make_portfolio(file, stakes, options, now, taught.history));
  out.notes.push_back(std::move(taught.note));
  return out;
}

std::string share(double value) { return fmt::format("{:.3g} %", 100 * value); }

Table risks_table(const risk::Portfolio& portfolio) {
  Table out{{"risk", "expected a year", "90 %", "any loss in a year", "1 event in", "others bear",
             "share", "what"},
            {},
            7};
  const std::string& unit = portfolio.currency;
  for (const risk::RiskRow& row : portfolio.risks) {
    out.rows.push_back({row.id, model::money_words(row.expected, unit),
                        fmt::format("{} to {}", model::money_words(row.loss.p05, unit),
                                    model::money_words(row.loss.p95, unit)),
                        share(row.chance_of_loss), fmt::format("{:.2g} years", row.return_years()),
                        model::money_words(row.harm, unit), share(row.share), row.title});
  }
  return out;
}

// The same for a spreadsheet: plain numbers, each with its unit in the head or in `currency`.
Table risks_numbers(const risk::Portfolio& portfolio) {
  Table out{{"risk", "title", "service", "currency", "expected_a_year", "p05_a_year", "p95_a_year",
             "chance_of_loss_in_a_year", "events_a_year", "others_bear_a_year", "share"},
            {},
            0};
  for (const risk::RiskRow& row : portfolio.risks) {
    out.rows.push_back({row.id, row.title, row.service, portfolio.currency,
                        format_double(row.expected), format_double(row.loss.p05),
                        format_double(row.loss.p95), format_double(row.chance_of_loss),
                        format_double(row.events), format_double(row.harm),
                        format_double(row.share)});
  }
  return out;
}

Table tail_table(const risk::Portfolio& portfolio) {
  Table out{{"a year", "VaR 95", "VaR 99", "TVaR 95", "TVaR 99"}, {}, 0};
  const auto words = [&](const chance::Banded& value) {
    return fmt::format("{} ({} to {})", model::money_words(value.value, portfolio.currency),
                       model::money_words(value.low, portfolio.currency),
                       model::money_words(value.high, portfolio.currency));
  };
  const auto add = [&](const char* name, const risk::YearOfLoss& year) {
    out.rows.push_back(
        {name, words(year.var95), words(year.var99), words(year.tvar95), words(year.tvar99)});
  };
  add("our own", portfolio.own);
  if (portfolio.after) add("after", *portfolio.after);
  if (portfolio.harm) add("others bear", *portfolio.harm);
  return out;
}

void print_portfolio(const risk::Portfolio& portfolio) {
  const std::size_t width = terminal_width();
  fmt::print("{}\n\n{}\nA year loses more than{}:\n", sentence(portfolio),
             risks_table(portfolio).to_text(width),
             portfolio.after ? " (-> with the options in place)" : "");
  for (const std::string& line : chart(portfolio)) fmt::print("  {}\n", line);
  fmt::print("\n{}", tail_table(portfolio).to_text(width));
  fmt::print("\nWhere the loss sits, by cause:\n");
  for (const risk::CauseShare& cause : portfolio.causes) {
    fmt::print("  {:<24} {:>8}  {}\n", cause.cause, share(cause.share),
               model::money_words(cause.expected, portfolio.currency));
  }
  fmt::print(
      "\n{}; seed {}. Brackets are the error of the simulation. The 90 % of the year is over "
      "years, "
      "luck and all; that of a risk is what is not known.\n",
      agreement(portfolio.own, portfolio.years), portfolio.seed.value);
  for (const std::string& note : portfolio.notes) fmt::print("Note: {}\n", note);
}

int run(World& world, const Arguments& arguments) {
  const bool markdown = arguments.get("--output") == "markdown";
  std::optional<Output> output = Output::kTable;
  if (!markdown) {
    const auto asked = output_of(arguments);
    if (!asked) return print_error(asked.error());
    output = *asked;
  }
  if (arguments.positional.empty()) {
    fmt::print("{}", kEmpty);
    return kGood;
  }
  const auto file = read_worry_files(world, arguments.positional);
  if (!file) return print_error(file.error());
  const auto portfolio = make(world, arguments, *file);
  if (!portfolio) return print_error(portfolio.error());
  if (markdown) {
    fmt::print("{}", one_pager(*portfolio));
  } else if (*output == Output::kTable) {
    print_portfolio(*portfolio);
  } else {
    print(*output, risks_numbers(*portfolio),
          model::to_json(risk_view(*portfolio, *file, world.clock.wall())));
  }
  return kGood;
}

}  // namespace

Command risk_command() {
  Option output = output_option();
  output.help += "; or markdown: one page for a leader";
  std::vector<Option> options = {
      {"--with", "OPTION[,OPTION]", "", "show a year with these options in place", "Options", true},
      {"--years", "N", "100000", "years to simulate: more, less error"},
      {"--seed", "N", kSeed, "where the draws begin; the same seed, the same answer"},
      {"--deploys", "N", "", "deploys a year, for rates such as 1 in 20 deploys"},
      {"--stake", "SENTENCE", "", "what something is worth", "Options", true},
      std::move(output)};
  for (Option& option : history_options()) options.push_back(std::move(option));
  return {{"risk"},
          "[FILE...]",
          0,
          100,
          "What do our risks cost in a year, how bad can a year be, and what would options change?",
          {"daytwo risk examples/shop/risks/shop.yml", "daytwo risk risks.yml --with mfa,canary",
           "daytwo risk risks.yml --output markdown > risks.md"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
