// daytwo plan: a budget of money and days; what to do with it?
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/client.h"
#include "app/commands.h"
#include "app/history.h"
#include "app/pages/plan_limits.h"
#include "app/pages/plan_view.h"
#include "app/terminal.h"
#include "app/world.h"
#include "app/worry_options.h"
#include "base/text.h"
#include "decide/plan/planner.h"
#include "decide/plan/register.h"
#include "decide/plan/years.h"
#include "model/amount.h"
#include "model/json.h"
#include "model/sentence.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::app {
namespace {

namespace plan = decide::plan;

// The same question has the same answer, to the last digit, wherever it is asked.
constexpr chance::Seed kPlanSeed{20261122};
constexpr std::size_t kFrontierRows = 8;

// From the worry files that the server's configuration names. Errors: kInvalid for what only files
// take here.
Result<api::PlanPage> ask_server(World& world, const Arguments& arguments) {
  if (!arguments.all("--stake").empty() || !arguments.get("--deploys").empty()) {
    return fail(Code::kInvalid,
                "--stake and --deploys go with a FILE: a server counts what was stated to it");
  }
  std::string path = fmt::format("/api/daytwo/v1/plan?years={}&discount={}&budget={}",
                                 encode_component(arguments.get("--years")),
                                 encode_component(arguments.get("--discount")),
                                 encode_component(arguments.get("--budget")));
  path += "&tail=" + encode_component(arguments.get("--tail"));
  for (const std::string& days : arguments.all("--days")) path += "&days=" + encode_component(days);
  return Client(world, arguments).get_as<api::PlanPage>(path);
}

Result<api::PlanPage> make(World& world, const Arguments& arguments) {
  if (arguments.positional.empty()) return ask_server(world, arguments);
  TRY(const model::WorryFile file, read_worry_files(world, arguments.positional));
  TRY(const model::Stakes stakes, read_stakes(file, arguments));
  api::PlanQuery asked;
  asked.budget = arguments.get("--budget");
  // A slider's number is in the currency that it shows; who types one has to say which.
  if (const auto budget = model::parse_quantity(asked.budget);
      !asked.budget.empty() && budget && budget->unit.size() != 3) {
    return fail(wrong_option("--budget", asked.budget, "one amount of money such as $100k"));
  }
  asked.days = arguments.all("--days");
  asked.years = arguments.get("--years");
  asked.discount = arguments.get("--discount");
  asked.tail = arguments.get("--tail");
  TRY(const plan::Horizon horizon, horizon_of(asked));
  TRY(const std::optional<double> deploys, read_deploys(arguments));
  const Timestamp now = world.clock.wall();
  TRY(Taught taught, read_history(world, arguments, now));
  TRY(plan::Register reg,
      plan::read_register(file, stakes, horizon, deploys, kPlanSeed, now, taught.history));
  reg.notes.push_back(std::move(taught.note));
  TRY(const plan::Problem limits, limits_of(asked, reg));
  TRY(const std::optional<plan::TailLimit> limit, tail_of(asked, file, reg));
  std::optional<plan::Tail> tail;
  if (limit) {
    const decide::History none;
    TRY(tail, plan::read_tail(reg, {file, stakes, deploys, kPlanSeed, now, none}, *limit));
  }
  TRY(const plan::Plan made, plan::make_plan(reg, limits, kPlanSeed, tail ? &*tail : nullptr));
  return plan_view(made, horizon.years, now);
}

Table options_table(const api::PlanPage& page) {
  const auto money = [&](double value) { return model::money_words(value, page.currency); };
  const auto worlds = [](double share) { return fmt::format("{:.0f} of 20", share * 20); };
  Table out{{"option", "kind", "plan", "cost", "days", "brings", "worth", "as stated",
             fmt::format("in top {}", page.top), "in the best of", "why"},
            {},
            10};
  for (const api::PlanOption& option : page.options) {
    out.rows.push_back({option.name, option.kind, option.taken ? "take" : "leave",
                        money(option.cost), model::money_words(option.days, ""),
                        money(option.brings), money(option.worth), money(option.stated),
                        worlds(option.in_top), worlds(option.in_best), option.why});
  }
  return out;
}

// The same for a spreadsheet: plain numbers, each with its unit in the head or in `currency`.
Table options_numbers(const api::PlanPage& page) {
  Table out{{"option", "kind", "taken", "currency", "cost", "person_days", "brings", "worth",
             "worth_as_stated", fmt::format("chance_in_top_{}", page.top), "chance_in_best", "why"},
            {},
            0};
  for (const api::PlanOption& option : page.options) {
    out.rows.push_back({option.name, option.kind, option.taken ? "1" : "0", page.currency,
                        format_double(option.cost), format_double(option.days),
                        format_double(option.brings), format_double(option.worth),
                        format_double(option.stated), format_double(option.in_top),
                        format_double(option.in_best), option.why});
  }
  return out;
}

// At most kFrontierRows points, the steps that gain most.
Table frontier_table(const api::PlanPage& page) {
  Table out{{"budget", "worth net", "takes"}, {}, 2};
  const std::size_t count = page.frontier.size();
  const std::size_t rows = std::min(count, kFrontierRows);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t at = rows == 1 ? 0 : i * (count - 1) / (rows - 1);
    const api::PlanPoint& point = page.frontier[at];
    out.rows.push_back({model::money_words(point.cost, page.currency),
                        model::money_words(point.net, page.currency), point.takes});
  }
  return out;
}

// How far the order is to be believed, and what would bring in what is left.
void print_rank(const api::PlanPage& page) {
  fmt::print("\n");
  for (const std::string& line : page.stability) fmt::print("{}\n", line);
  for (const std::string& tie : page.ties) fmt::print("Near: {}.\n", tie);
  const auto left = [](const api::PlanOption& option) { return !option.taken; };
  if (std::none_of(page.options.begin(), page.options.end(), left)) return;
  fmt::print("\nLeft, and what would bring it in:\n");
  for (const api::PlanOption& option : page.options) {
    if (left(option)) fmt::print("  {}: {}\n", option.name, option.joins);
  }
}

void print_plan(const api::PlanPage& page) {
  if (!page.teach.empty()) {
    fmt::print("{}\n\n{}", page.sentence, page.teach);
    return;
  }
  const std::size_t width = terminal_width();
  fmt::print("{}\n", page.sentence);
  for (const api::PlanRemark& remark : page.remarks) {
    fmt::print("{}: {}.\n", remark.lead, remark.text);
  }
  fmt::print("\n{}", options_table(page).to_text(width));
  if (page.tail) fmt::print("\n{}\n", page.tail->sentence);
  for (const api::PlanAccepted& accepted : page.accepted) {
    if (!accepted.sentence.empty()) fmt::print("\nAccepted: {}.\n", accepted.sentence);
  }
  print_rank(page);
  fmt::print("\nThe next of each kind:\n");
  for (const api::PlanKind& kind : page.kinds) {
    fmt::print("  {}\n", kind.next.empty() ? kind.kind + ": nothing is left" : kind.next);
  }
  if (page.frontier.size() > 1) {
    fmt::print("\nWhat another budget would buy:\n{}", frontier_table(page).to_text(width));
  }
  if (!page.flips.empty()) fmt::print("\nThe plan would change\n");
  for (const std::string& flip : page.flips) fmt::print("  {}\n", flip);
  fmt::print(
      "\nLeft as it is: {} of loss (90 %: {} to {}) over {:g} {}. Knowing everything would "
      "add {}.\n",
      model::money_words(page.remaining.mean, page.currency),
      model::money_words(page.remaining.p05, page.currency),
      model::money_words(page.remaining.p95, page.currency), page.years,
      page.years == 1 ? "year" : "years", model::money_words(page.regret, page.currency));
  fmt::print("Computed: {}; seed {}.\n", page.proof, page.net.seed);
  for (const std::string& note : page.notes) fmt::print("Note: {}\n", note);
}

int run(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const auto page = make(world, arguments);
  if (!page) return print_error(page.error());
  if (*output == Output::kTable) {
    print_plan(*page);
  } else {
    print(*output, options_numbers(*page), model::to_json(*page));
  }
  return kGood;
}

}  // namespace

Command plan_command() {
  std::vector<Option> options = {
      {"--budget", "MONEY", "", "what may be spent; else no limit"},
      {"--days", "[TEAM=]DAYS", "", "person-days of everybody, or of one team; else no limit",
       "Options", true},
      {"--tail", "MONEY at LEVEL", "",
       "the most that the worst years may cost on average, such as '$2M at 99%'; none lifts the "
       "limit of the files"},
      {"--years", "N", "1", "the horizon over which losses and yearly costs count"},
      {"--discount", "SHARE", "0%", "what money loses by coming a year later"},
      {"--deploys", "N", "", "deploys a year, for rates such as 1 in 20 deploys"},
      {"--stake", "SENTENCE", "", "what something is worth", "Options", true},
      output_option()};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {{"plan"},
          "[FILE...]",
          0,
          100,
          "A budget of money and days: what to do with it, and what would the next dollar bring? "
          "Without a FILE: from the files that the server's configuration names.",
          {"daytwo plan examples/shop/risks/shop.yml --budget '$100k' --days 40",
           "daytwo plan risks.yml --budget '$100k' --days payments=10 --years 3 --discount 8%",
           "daytwo plan risks.yml --budget '$100k' --tail '$2M at 99%'",
           "daytwo plan --budget '$100k'"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
