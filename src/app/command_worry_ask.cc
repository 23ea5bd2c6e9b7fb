// daytwo worry ask: the verdict on one sentence, worked out here and stored nowhere.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/view_stakes.h"
#include "app/answer_words.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"
#include "app/world.h"
#include "base/chance_words.h"
#include "base/text.h"
#include "decide/answer.h"
#include "decide/say.h"
#include "model/json.h"

namespace daytwo::app {
namespace {

// The same question has the same answer, to the last digit, wherever it is asked.
constexpr chance::Seed kAskSeed{20261122};

// A server that does not answer at once does not hold up the question.
constexpr Duration kLongestLook = seconds(3);

// One study, as JSON.
struct StudyView {
  std::string name;
  double net = 0;
  std::string unit;
  double flip_chance = 0;
  std::string sentence;

  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("name", self.name);
    v("net", self.net);
    v("unit", self.unit);
    v("flip_chance", self.flip_chance);
    v("sentence", self.sentence);
  }
};

// The whole answer, as JSON.
struct AnswerView {
  std::string verdict;
  std::string reason;
  std::optional<double> chance_pays;
  std::string tripwire;
  std::vector<StudyView> studies;  // best first
  std::vector<std::string> understood;
  std::vector<std::string> computed;
  std::uint64_t seed = 0;

  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("verdict", self.verdict);
    v("reason", self.reason);
    v.optional("chance_pays", self.chance_pays);
    v("tripwire", self.tripwire);
    v("studies", self.studies);
    v("understood", self.understood);
    v("computed", self.computed);
    v("seed", self.seed);
  }
};

// What looking closer is worth, best first, each with the chance that it changes the choice.
std::vector<StudyView> studies_of(const decide::Answer& answer) {
  std::vector<StudyView> out;
  for (const decide::StudyWorth& study : answer.studies) {
    const std::string net = decide::account_words(std::abs(study.net()), answer.account);
    out.push_back({study.plan.name, study.net(), answer.account, study.flip_chance,
                   fmt::format("{}: {} {} net, flips the choice with chance {}", study.plan.name,
                               study.net() < 0 ? "loses" : "worth", net,
                               daytwo::chance_words(study.flip_chance))});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.net > b.net; });
  return out;
}

AnswerView view_of(const decide::Answer& answer) {
  const decide::Judgement& judged = answer.judgement;
  AnswerView out;
  out.verdict = model::to_words(judged.verdict);
  out.reason = judged.reason;
  if (judged.chance_pays) out.chance_pays = judged.chance_pays->value;
  if (judged.tripwire) out.tripwire = judged.tripwire->sentence;
  out.studies = studies_of(answer);
  out.understood = answer.understood;
  out.computed = judged.how;
  out.seed = kAskSeed.value;
  return out;
}

// A line for each part of the answer.
Table table_of(const AnswerView& answer) {
  Table out{{"part", "text"}, {{"verdict", answer.verdict}, {"reason", answer.reason}}, 1};
  const auto add = [&](const char* part, const std::string& text) {
    if (!text.empty()) out.rows.push_back({part, text});
  };
  add("pays", chance_words(answer.chance_pays));
  add("tripwire", answer.tripwire);
  for (const StudyView& study : answer.studies) add("study", study.sentence);
  for (const std::string& line : answer.understood) add("understood", line);
  for (const std::string& line : answer.computed) add("computed", line);
  return out;
}

void print_answer(const AnswerView& answer) {
  fmt::print("{}: {}\n", answer.verdict, answer.reason);
  const Table table = table_of(answer);
  for (std::size_t i = 2; i < table.rows.size(); ++i) {
    fmt::print("{:<11}{}\n", table.rows[i][0], table.rows[i][1]);
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
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
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
  const AnswerView view = view_of(*answer);
  if (*output == Output::kTable) {
    print_answer(view);
  } else {
    print(*output, table_of(view), model::to_json(view));
  }
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
      {"--offline", "", "", "ask no server for its stakes"},
      output_option()};
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
