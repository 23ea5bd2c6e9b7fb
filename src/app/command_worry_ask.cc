// daytwo worry ask: the verdict on one sentence, worked out here and stored nowhere.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/answer_words.h"
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

int run(World& world, const Arguments& arguments) {
  decide::Asked asked;
  asked.sentence = arguments.sentence();
  asked.option = arguments.get("--option");
  asked.once = arguments.get("--once");
  asked.takes = arguments.get("--takes");
  asked.cuts = arguments.get("--cuts");
  asked.stakes = arguments.all("--stake");
  asked.service = arguments.get("--service");
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
  return {
      {"worry", "ask"},
      "SENTENCE...",
      1,
      200,
      "Ask for the verdict on a sentence: act, or spend time to know more? Needs no server.",
      {"daytwo worry ask \"30% a year, $25k to $2.5M\" --once '$150k' --takes '5 to 15 "
       "person-days' --stake 'a person-day costs $600 to $1200'"},
      {{"--option", "TEXT", "act", "what would be done"},
       {"--once", "MONEY", "", "what doing it costs to buy; else nothing"},
       {"--takes", "TIME", "", "the work it takes, as a range; else a wide one is assumed"},
       {"--cuts", "SHARE", "", "how much of the loss it takes away; else a wide one is assumed"},
       {"--service", "NAME", "", "the service it is about"},
       {"--stake", "SENTENCE", "", "what something is worth", "Options", true}},
      run};
}

}  // namespace daytwo::app
