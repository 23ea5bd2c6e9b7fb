// daytwo worry add | list | show | decide
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "api/view_worry.h"
#include "app/answer_words.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"
#include "base/text.h"

namespace daytwo::app {
namespace {

constexpr const char* kWorries = "/api/daytwo/v1/worries";
constexpr Duration kVerdictWait = seconds(2);
constexpr Duration kVerdictPause = milliseconds(100);

std::vector<Option> with_output(std::vector<Option> rest) {
  rest.insert(rest.begin(), output_option());
  return rest;
}

void print_line(std::string_view name, const std::string& text) {
  if (!text.empty()) fmt::print("{:<11}{}\n", name, text);
}

void print_row(const api::WorryRow& row) {
  fmt::print("{}\n", row.title);
  print_line("id", row.id);
  const std::string verdict(model::to_words(row.verdict));
  print_line("verdict", row.reason.empty() ? verdict : verdict + ": " + row.reason);
  print_line("pays", chance_words(row.chance_pays));
  print_line("worth", amount_words(row.worth));
  print_line("owner", row.owner.sentence.empty() ? row.owner.name : row.owner.sentence);
  if (row.when) print_line("when", row.when->sentence);
  if (row.tripwire) print_line("tripwire", row.tripwire->sentence);
  print_line("next step", row.next_step);
  print_line("page", row.paged);
  print_line("score", row.score);
}

void print_page(const api::WorryPage& page) {
  print_row(page.worry);
  print_line("written", page.written);
  for (const std::string& line : page.understood) print_line("understood", line);
  for (const api::EvidenceView& evidence : page.evidence) {
    print_line("evidence", evidence.query.empty() ? evidence.sentence
                                                  : evidence.sentence + "  " + evidence.query);
  }
  for (const std::string& line : page.how_computed) print_line("computed", line);
  if (page.question) {
    print_line("missing", page.question->sentence);
    print_line("",
               fmt::format("{:11}daytwo stakes {}", "", shell_quoted(page.question->placeholder)));
  }
}

// CSV always has the same columns; a table shows dates where there are some.
Table table_of(const std::vector<api::WorryRow>& worries, Output output) {
  const bool dated =
      output != Output::kTable || std::any_of(worries.begin(), worries.end(),
                                              [](const api::WorryRow& row) { return row.when; });
  Table table{{"id", "worry", "verdict", "pays", "worth", "owner"}, {}, 1};
  if (dated) table.heads.insert(table.heads.begin() + 2, "when");
  for (const api::WorryRow& row : worries) {
    std::vector<std::string> cells = {row.id,
                                      row.title,
                                      std::string(model::to_words(row.verdict)),
                                      chance_words(row.chance_pays),
                                      amount_words(row.worth),
                                      row.owner.name};
    if (dated) cells.insert(cells.begin() + 2, row.when ? row.when->sentence : "");
    table.rows.push_back(std::move(cells));
  }
  return table;
}

// The page of a worry as soon as it has a verdict, which the next turn of the loop brings; else as
// it is after two seconds.
api::WorryPage with_verdict(World& world, Client& client, api::WorryPage page) {
  const Duration until = world.clock.mono() + kVerdictWait;
  while (page.worry.verdict == model::Verdict::kUndecided && world.clock.mono() < until) {
    world.clock.sleep_until(world.clock.mono() + kVerdictPause);
    auto fresh = client.get_as<api::WorryPage>(
        fmt::format("{}/{}", kWorries, encode_component(page.worry.id)));
    if (!fresh) break;
    page = std::move(*fresh);
  }
  return page;
}

int run_add(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  api::WorryDraft draft;
  draft.text = arguments.sentence();
  if (arguments.has("--service")) draft.service = arguments.get("--service");
  if (arguments.has("--evidence")) draft.evidence = arguments.get("--evidence");
  const bool dry_run = arguments.has("--dry-run");
  Client client(world, arguments);
  auto page = dry_run ? client.ask_as<api::WorryPage>(fmt::format("{}/preview", kWorries), draft)
                      : client.post_as<api::WorryPage>(kWorries, draft);
  if (!page) return print_error(page.error());
  if (!dry_run) page = with_verdict(world, client, std::move(*page));
  if (*output != Output::kTable) {
    print(*output, table_of({page->worry}, *output), model::to_json(*page));
  } else {
    print_page(*page);
    if (dry_run) fmt::print("(dry run: nothing was stored)\n");
  }
  return kGood;
}

constexpr std::array<std::string_view, 10> kKinds = {"runout",     "burn",   "exposure", "drift",
                                                     "memory_cap", "alert",  "flow",     "cpu",
                                                     "probe",      "written"};

// Errors: kInvalid for a kind that no worry has.
Result<void> check_kind(const std::string& kind) {
  if (kind.empty() || std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end()) return {};
  const std::vector<std::string> known(kKinds.begin(), kKinds.end());
  const std::string nearest = nearest_word(kind, known);
  return fail(Code::kInvalid,
              fmt::format("there is no kind '{}': {}", to_utf8(kind),
                          nearest.empty() ? fmt::format("they are {}", join_words(known))
                                          : fmt::format("did you mean '{}'?", nearest)));
}

int run_list(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const std::string kind = arguments.get("--kind");
  if (const auto known = check_kind(kind); !known) return print_error(known.error());
  const std::string state = arguments.has("--all") ? "all" : "open";
  auto page = Client(world, arguments)
                  .get_as<api::WorriesPage>(fmt::format("{}?state={}", kWorries, state));
  if (!page) return print_error(page.error());
  std::erase_if(page->worries,
                [&](const api::WorryRow& row) { return !kind.empty() && row.kind != kind; });
  const Table table = table_of(page->worries, *output);
  if (*output == Output::kTable) {
    fmt::print("{}\n", kind.empty()
                           ? page->sentence
                           : counted(page->worries.size(), kind + " worry", kind + " worries"));
  }
  if (*output != Output::kTable || !table.rows.empty()) {
    print(*output, table, model::to_json(*page));
  }
  return kGood;
}

int run_show(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const auto page = Client(world, arguments)
                        .get_as<api::WorryPage>(
                            fmt::format("{}/{}", kWorries, encode_component(arguments.sentence())));
  if (!page) return print_error(page.error());
  if (*output != Output::kTable) {
    print(*output, table_of({page->worry}, *output), model::to_json(*page));
    return kGood;
  }
  print_page(*page);
  fmt::print("\n");
  for (const api::ThreadEntry& entry : page->thread) {
    fmt::print("{}  {:<8}{:<11}{}\n", to_rfc3339(entry.ts), entry.room, entry.kind, entry.sentence);
  }
  return kGood;
}

int run_decide(World& world, const Arguments& arguments) {
  const auto verdict = model::parse_verdict(arguments.positional.at(1));
  if (!verdict || *verdict == model::Verdict::kUndecided) {
    return print_error(
        make_error(Code::kInvalid, fmt::format("a verdict is do, find_out or leave, not '{}'",
                                               to_utf8(arguments.positional.at(1)))));
  }
  api::DecideRequest request;
  request.verdict = *verdict;
  request.reason = arguments.get("--reason");
  if (arguments.has("--until")) request.until = arguments.get("--until");
  const auto page =
      Client(world, arguments)
          .post_as<api::WorryPage>(
              fmt::format("{}/{}/decide", kWorries, encode_component(arguments.positional.at(0))),
              request);
  if (!page) return print_error(page.error());
  print_page(*page);
  return kGood;
}

}  // namespace

Command worry_add_command() {
  std::vector<Option> options = {
      {"--service", "NAME", "", "the service it is about; else the sentence says"},
      {"--evidence", "WHAT", "",
       "what it is bound to: a PromQL query, a service, or the id of a worry found"},
      {"--dry-run", "", "", "store nothing: say what was understood, and the verdict on it"}};
  for (Option& option : with_output(change_options())) options.push_back(std::move(option));
  return {{"worry", "add"},
          "SENTENCE...",
          1,
          200,
          "Add a worry in one sentence: how often, and how bad.",
          {"daytwo worry add \"30% a year that payments is down, 2h to 8h\"",
           "daytwo worry add --dry-run '1 in 20 deploys, $2k to $40k'",
           "daytwo worry add \"20% a year that search is slow, 1h to 3h\" --evidence search"},
          std::move(options),
          run_add};
}

Command worry_list_command() {
  std::vector<Option> options = {
      {"--all", "", "", "closed ones too"},
      {"--kind", "KIND", "", fmt::format("only these: {}", fmt::join(kKinds, ", "))}};
  for (Option& option : with_output(server_options())) options.push_back(std::move(option));
  return {{"worry", "list"},
          "",
          0,
          0,
          "List worries, what to lose first.",
          {"daytwo worry list", "daytwo worry list --kind runout",
           "daytwo worry list --kind exposure --output json"},
          std::move(options),
          run_list};
}

Command worry_show_command() {
  return {{"worry", "show"},
          "ID",
          1,
          1,
          "Show one worry: evidence, verdict, how it was computed, its thread.",
          {"daytwo worry show 4f2a9c01d3be"},
          with_output(server_options()),
          run_show};
}

Command worry_decide_command() {
  std::vector<Option> options = {{"--reason", "TEXT", "", "why; it is kept beside the verdict"},
                                 {"--until", "TIME", "", "until when it stands: 30d, or a date"}};
  for (Option& option : change_options()) options.push_back(std::move(option));
  return {{"worry", "decide"},
          "ID VERDICT",
          2,
          2,
          "Decide a worry yourself: do, find_out or leave. It stands above the computed verdict.",
          {"daytwo worry decide 4f2a9c01d3be leave --reason \"replaced in May\" --until 180d"},
          std::move(options),
          run_decide};
}

}  // namespace daytwo::app
