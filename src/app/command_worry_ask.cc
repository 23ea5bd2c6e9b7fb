// daytwo worry ask: the verdict on one sentence, worked out here and stored nowhere.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "api/view_stakes.h"
#include "app/answer_words.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"
#include "app/world.h"
#include "base/text.h"
#include "decide/answer.h"
#include "decide/say.h"

namespace daytwo::app {
namespace {

// The same question has the same answer, to the last digit, wherever it is asked.
constexpr chance::Seed kAskSeed{20261122};

// A server that does not answer at once does not hold up the question.
constexpr Duration kLongestLook = seconds(3);

void print_line(std::string_view name, const std::string& text) {
  if (!text.empty()) fmt::print("{:<11}{}\n", name, text);
}

// What looking closer is worth, best first, each with the chance that it changes the choice.
void print_studies(const decide::Answer& answer) {
  std::vector<decide::StudyWorth> studies = answer.studies;
  std::sort(studies.begin(), studies.end(),
            [](const auto& a, const auto& b) { return a.net() > b.net(); });
  for (const decide::StudyWorth& study : studies) {
    const std::string net = decide::account_words(std::abs(study.net()), answer.account);
    print_line("study",
               fmt::format("{}: {} {} net, flips the choice with chance {:.0f} %", study.plan.name,
                           study.net() < 0 ? "loses" : "worth", net, study.flip_chance * 100));
  }
}

// What counts: the stakes of the server that answers, then those given, which stand above them.
Result<std::vector<std::string>> stakes_for(World& world, const Arguments& arguments) {
  std::vector<std::string> out;
  const std::vector<std::string> given = arguments.all("--stake");
  if (!arguments.has("--offline")) {
    Client client(world, arguments);
    client.set_timeout(kLongestLook);
    const auto page = client.get_as<api::StakesPage>("/api/daytwo/v1/stakes");
    const bool named = arguments.has("--server");
    if (page) {
      for (const api::StakeRow& row : page->stakes) out.push_back(row.text);
      fmt::print(stderr, "with {} of {}{}\n", counted(out.size(), "stake", "stakes"),
                 client.server(), given.empty() ? "" : " and those given");
    } else if (named) {
      return fail(page.error());
    } else {
      fmt::print(stderr, "no daytwo answers at {}: only the stakes given here count\n",
                 client.server());
    }
  }
  out.insert(out.end(), given.begin(), given.end());
  return out;
}

int run(World& world, const Arguments& arguments) {
  decide::Asked asked;
  asked.sentence = arguments.sentence();
  asked.option = arguments.get("--option");
  asked.once = arguments.get("--once");
  asked.takes = arguments.get("--takes");
  asked.cuts = arguments.get("--cuts");
  asked.service = arguments.get("--service");
  auto stakes = stakes_for(world, arguments);
  if (!stakes) return print_error(stakes.error());
  asked.stakes = std::move(*stakes);
  const auto answer = decide::answer(asked, kAskSeed, world.clock.wall());
  if (!answer) return print_error(answer.error());
  const decide::Judgement& judged = answer->judgement;
  fmt::print("{}: {}\n", model::to_words(judged.verdict), judged.reason);
  if (judged.chance_pays) print_line("pays", chance_words(judged.chance_pays->value));
  if (judged.tripwire) print_line("tripwire", judged.tripwire->sentence);
  print_studies(*answer);
  for (const std::string& line : answer->understood) print_line("understood", line);
  for (const std::string& line : judged.how) print_line("computed", line);
  return kGood;
}

}  // namespace

Command worry_ask_command() {
  std::vector<Option> options = {
      {"--option", "TEXT", "act", "what would be done"},
      {"--once", "MONEY", "", "what doing it costs to buy; else nothing"},
      {"--takes", "TIME", "", "the work it takes, as a range; else a wide one is assumed"},
      {"--cuts", "SHARE", "", "how much of the loss it takes away; else a wide one is assumed"},
      {"--service", "NAME", "", "the service it is about"},
      {"--stake", "SENTENCE", "", "what something is worth, above what the server was told",
       "Options", true},
      {"--offline", "", "", "ask no server for its stakes"}};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {{"worry", "ask"},
          "SENTENCE...",
          1,
          200,
          "Ask for the verdict on a sentence: act, or spend time to know more? Stores nothing. A "
          "server's stakes count where one answers; none is needed.",
          {"daytwo worry ask '30% a year, $25k to $2.5M' --once '$150k' --takes '5 to 15 "
           "person-days' --stake 'a person-day costs $600 to $1200'"},
          std::move(options),
          run};
}

}  // namespace daytwo::app
