// daytwo worth: one option to its verdict, and what would flip it.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "app/commands.h"
#include "app/history.h"
#include "app/terminal.h"
#include "app/world.h"
#include "app/worry_options.h"
#include "app/worth_page.h"
#include "base/time.h"
#include "decide/say.h"
#include "decide/worth/answer.h"
#include "decide/worth/read.h"
#include "decide/worth/say.h"
#include "model/amount.h"
#include "model/json.h"

namespace daytwo::app {
namespace {

namespace worth = decide::worth;

// The same question has the same answer, to the last digit, wherever it is asked.
constexpr chance::Seed kWorthSeed{20261123};
constexpr std::size_t kInputRows = 8;
constexpr std::size_t kStudyRows = 5;

Result<worth::Worth> weigh(World& world, const Arguments& arguments, Timestamp now) {
  const std::vector<std::string> paths(arguments.positional.begin() + 1,
                                       arguments.positional.end());
  TRY(const model::WorryFile file, read_worry_files(world, paths));
  TRY(const model::Stakes stakes, read_stakes(file, arguments));
  worth::Asked asked;
  asked.option = arguments.positional.front();
  TRY(asked.life.years, read_years(arguments));
  TRY(asked.life.discount, read_share(arguments, "--discount"));
  TRY(asked.life.growth, read_share(arguments, "--growth"));
  TRY(asked.life.decay, read_share(arguments, "--decay"));
  TRY(asked.trials_a_year, read_deploys(arguments));
  TRY(Taught taught, read_history(world, arguments, now));
  TRY(worth::Reading reading, worth::read(file, stakes, asked, kWorthSeed, now, taught.history));
  reading.notes.push_back(std::move(taught.note));
  return worth::weigh(std::move(reading), arguments.all("--study"), kWorthSeed, now);
}

std::string interval(const worth::Worth& made, const chance::Estimate& estimate) {
  return decide::interval_words(estimate, made.reading.model.currency);
}

std::string money(const worth::Worth& made, double value) {
  return model::money_words(value, made.reading.model.currency);
}

Table standings_table(const worth::Worth& made) {
  Table out{{"choice", "saves", "costs", "net", "90 %", "net a year", "pays in", "best in"}, {}, 0};
  for (std::size_t i = 1; i < made.standings.size(); ++i) {
    const worth::Standing& each = made.standings[i];
    out.rows.push_back({each.name, money(made, each.saves.mean), money(made, each.costs.mean),
                        money(made, each.net.mean), interval(made, each.net),
                        money(made, each.net_a_year.mean), decide::worlds_words(each.chance_pays),
                        decide::worlds_words(each.chance_best)});
  }
  return out;
}

Table inputs_table(const WorthPage& page, std::size_t most) {
  Table out{{"input", "flips when", "knowing it is worth"}, {}, 1};
  for (const WorthInput& input : page.inputs) {
    if (out.rows.size() == most) break;
    out.rows.push_back({input.id, input.flips_when.empty() ? "never" : input.flips_when,
                        model::money_words(input.knowing, page.currency)});
  }
  return out;
}

void print_life(const worth::Worth& made) {
  const decide::Life& life = made.reading.model.life;
  fmt::print("\nOver {:g} {}, {:g} % discount, losses grow {:g} % a year, effects decay {:g} %.\n",
             life.years, life.years == 1 ? "year" : "years", life.discount * 100, life.growth * 100,
             life.decay * 100);
  if (made.payback.when) {
    fmt::print("Paid back in {}; there after {:.1f} to {:.1f} years (90 %).\n",
               decide::worlds_words(made.payback.share), made.payback.when->p05,
               made.payback.when->p95);
  } else {
    fmt::print("Paid back in no world.\n");
  }
  if (made.internal.when) {
    fmt::print(
        "Internal return: {:.0f} % a year (90 %: {:.0f} % to {:.0f} %); there is one in {}.\n",
        made.internal.when->p50 * 100, made.internal.when->p05 * 100, made.internal.when->p95 * 100,
        decide::worlds_words(made.internal.share));
  } else {
    fmt::print("Internal return: none.\n");
  }
}

void print_studies(const worth::Worth& made) {
  fmt::print("\nTo find out first ({}):\n",
             made.clear ? "stop: the decision is already clear, none is worth its cost"
                        : "the first is worth more than it costs");
  const std::size_t rows = std::min(made.studies.size(), kStudyRows);
  for (std::size_t i = 0; i < rows; ++i) {
    fmt::print("  {}\n", worth::words(made, made.studies[i]));
  }
}

void print_worth(const worth::Worth& made, const WorthPage& page) {
  const std::size_t width = terminal_width();
  fmt::print("{}\n\n{}", made.sentence, standings_table(made).to_text(width));
  print_life(made);
  fmt::print("\n{}\n", page.who_bears);
  fmt::print("\nWhat would flip it, nearest first; knowing everything is worth {}:\n{}",
             money(made, made.knowing), inputs_table(page, kInputRows).to_text(width));
  print_studies(made);
  if (made.tripwire) {
    const std::string how = !made.tripwire->query.empty()
                                ? "watched by " + made.tripwire->query
                                : "look again on " + to_rfc3339(made.tripwire->until).substr(0, 10);
    fmt::print("\nTripwire: {}; {}.\n", made.tripwire->sentence, how);
  }
  for (const std::string& note : made.reading.notes) fmt::print("Note: {}\n", note);
  fmt::print("Computed in {} worlds; seed {}, {}.\n", made.reading.model.worlds, made.seed.value,
             worth::kEngine);
}

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const Timestamp now = world.clock.wall();
  const auto made = weigh(world, arguments, now);
  if (!made) return print_error(made.error());
  const WorthPage page = worth_page(*made, now);
  if (*output == Output::kTable) {
    print_worth(*made, page);
  } else {
    print(*output, inputs_table(page, page.inputs.size()), model::to_json(page));
  }
  return kGood;
}

}  // namespace

Command worth_command() {
  std::vector<Option> options = {
      {"--years", "N", "3", "the life over which losses and yearly costs count"},
      {"--discount", "SHARE", "0%", "what money loses by coming a year later"},
      {"--growth", "SHARE", "0%", "by which losses grow a year"},
      {"--decay", "SHARE", "0%", "by which the effect of an option wears off a year"},
      {"--study", "STUDY", "",
       "what could be found out: 'NAME: 2 days, $3k; INPUT by half', or 'within $50k', "
       "'test 90/85', '3 years'",
       "Options", true},
      {"--deploys", "N", "", "deploys a year, for rates such as 1 in 20 deploys"},
      {"--stake", "SENTENCE", "", "what something is worth", "Options", true},
      output_option()};
  for (Option& option : history_options()) options.push_back(std::move(option));
  return {{"worth"},
          "OPTION FILE...",
          2,
          100,
          "One option against doing nothing: do it, find out first, or leave it; what flips it?",
          {"daytwo worth mfa examples/shop/risks/shop.yml",
           "daytwo worth replica risks.yml --years 5 --discount 8% --growth 15%",
           "daytwo worth mfa risks.yml --study 'phishing drill: 2 days; ransom.size by half'"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
