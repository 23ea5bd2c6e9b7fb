// daytwo train: ten questions, ten 90 % ranges, and whether they held. daytwo learn: who foretold
// how well.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/view_learn.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/terminal.h"
#include "app/world.h"
#include "base/text.h"
#include "env/os/terminal.h"
#include "model/amount.h"
#include "model/sentence.h"

namespace daytwo::app {
namespace {

constexpr const char* kTraining = "/api/daytwo/v1/training";
constexpr std::size_t kMaxAnswerBytes = 1U << 20U;

// "25k to 40k", "$2k to $20k", "5% to 20%": the ends, in the unit of the question.
Result<api::TrainingAnswer> parse_range(std::string id, std::string_view text) {
  auto read = model::parse_quantity(text);
  if (!read) read = model::parse_quantity(std::string(text) + " hours");
  if (!read || read->low >= read->high) {
    return fail(Code::kInvalid,
                fmt::format("{}: '{}' is no range; write LOW to HIGH, such as 20 to 90",
                            to_utf8(id), to_utf8(text)));
  }
  const double scale = read->unit == model::kProbability ? 100 : 1;
  return api::TrainingAnswer{std::move(id), read->low * scale, read->high * scale};
}

// Lines of "ID: LOW to HIGH"; '#' begins a comment. An id may hold a colon, a range does not.
Result<std::vector<api::TrainingAnswer>> parse_answers(const std::string& text,
                                                       const std::string& path) {
  std::vector<api::TrainingAnswer> out;
  Diagnostics problems;
  int line = 0;
  for (const std::string_view whole : split(text, '\n')) {
    ++line;
    const std::string_view content = trim(whole.substr(0, whole.find('#')));
    if (content.empty()) continue;
    const std::size_t colon = content.rfind(": ");
    if (colon == std::string_view::npos) {
      problems.push_back({path, line, 1, "no answer", std::string(whole),
                          "'ID: LOW to HIGH', as daytwo train --questions prints them", ""});
      continue;
    }
    auto answer = parse_range(std::string(content.substr(0, colon)), content.substr(colon + 2));
    if (answer) {
      out.push_back(*std::move(answer));
    } else {
      problems.push_back({path, line, static_cast<int>(colon) + 3, answer.error().text,
                          std::string(whole), "", ""});
    }
  }
  if (!problems.empty()) return fail(std::move(problems));
  return out;
}

// Asks one question until there is a range; nothing when it is left out or the input ends.
std::optional<api::TrainingAnswer> ask_one(const api::TrainingQuestion& question,
                                           std::size_t number, std::size_t count) {
  fmt::print(stderr, "\n{} of {}: {} ({})\n", number, count, question.text, question.unit);
  while (true) {
    fmt::print(stderr, "90 % range, LOW to HIGH (nothing = leave it out): ");
    const auto line = env::os::read_typed_line();
    if (!line || trim(*line).empty()) return std::nullopt;
    auto answer = parse_range(question.id, trim(*line));
    if (answer) return *std::move(answer);
    fmt::print(stderr, "  {}\n", answer.error().text);
  }
}

void print_questions(const api::TrainingPage& page) {
  fmt::print("# {}\n# seed {}\n", page.sentence, page.seed);
  for (const api::TrainingQuestion& each : page.questions) {
    fmt::print("{}: LOW to HIGH  # {} ({})\n", each.id, each.text, each.unit);
  }
}

Table table_of(const api::TrainingResult& result) {
  Table out{{"question", "you said", "it is", "unit", "held", "source"}, {}, 0};
  for (const api::TrainingRow& row : result.rows) {
    out.rows.push_back({row.text, fmt::format("{:.4g} to {:.4g}", row.low, row.high),
                        fmt::format("{:.4g}", row.truth), row.unit, row.held ? "yes" : "no",
                        row.source});
  }
  return out;
}

void print_result(const api::TrainingResult& result) {
  Table table = table_of(result);
  for (auto& row : table.rows) row.pop_back();
  table.heads.pop_back();
  fmt::print("{}\n{}\n", table.to_text(terminal_width()), result.sentence);
  const auto seen = std::count_if(result.rows.begin(), result.rows.end(),
                                  [](const api::TrainingRow& row) { return !row.counted; });
  if (seen > 0) {
    fmt::print("{} not counted in your score: you were told before.\n",
               counted(static_cast<std::size_t>(seen), "answer is", "answers are"));
  }
  fmt::print("Your score so far: daytwo learn\n");
}

// The answers of a file, or those typed to the questions of `page`.
Result<api::TrainingRequest> answers_of(World& world, const Arguments& arguments, Client& client,
                                        const std::string& questions) {
  api::TrainingRequest request;
  if (arguments.has("--answers")) {
    const std::string path = arguments.get("--answers");
    TRY(const std::string text, world.files.read(path, kMaxAnswerBytes));
    TRY(request.answers, parse_answers(text, path));
    return request;
  }
  TRY(const auto page, client.get_as<api::TrainingPage>(questions));
  request.asked = page.asked;
  fmt::print(stderr, "{}\n", page.sentence);
  for (std::size_t i = 0; i < page.questions.size(); ++i) {
    auto answer = ask_one(page.questions[i], i + 1, page.questions.size());
    if (answer) request.answers.push_back(*std::move(answer));
  }
  if (request.answers.empty()) return fail(Code::kInvalid, "no question was answered");
  return request;
}

int run_train(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  Client client(world, arguments);
  std::string questions = kTraining;
  if (arguments.has("--seed")) questions += "?seed=" + encode_component(arguments.get("--seed"));
  if (arguments.has("--questions")) {
    const auto page = client.get_as<api::TrainingPage>(questions);
    if (!page) return print_error(page.error());
    if (*output == Output::kTable) {
      print_questions(*page);
      return kGood;
    }
    Table table{{"id", "question", "unit"}, {}, 1};
    for (const auto& each : page->questions) table.rows.push_back({each.id, each.text, each.unit});
    print(*output, table, model::to_json(*page));
    return kGood;
  }
  const auto request = answers_of(world, arguments, client, questions);
  if (!request) return print_error(request.error());
  const auto result = client.post_as<api::TrainingResult>(kTraining, *request);
  if (!result) return print_error(result.error());
  if (*output == Output::kTable) {
    print_result(*result);
  } else {
    print(*output, table_of(*result), model::to_json(*result));
  }
  return kGood;
}

std::string weights_line(const std::vector<api::ForecasterRow>& rows) {
  std::string names;
  std::string weights;
  for (const api::ForecasterRow& row : rows) {
    if (!row.weight) continue;
    names += row.name + ", ";
    weights += fmt::format("{}{:.3f}", weights.empty() ? "" : ", ", *row.weight);
  }
  return weights.empty() ? "" : fmt::format("pool({}weights=[{}])", names, weights);
}

// What was said against what came, in figures that open the Brier score and the ranges.
void print_parts(const api::CalibrationParts& parts, double brier) {
  if (parts.reliability) {
    fmt::print(
        "\nBrier {:.3f} = {:.3f} said against came (0 is best) - {:.3f} told apart "
        "(more is better) + {:.3f} of the question itself\n",
        brier, *parts.reliability, parts.resolution.value_or(0), parts.uncertainty.value_or(0));
  }
  for (const api::ReliabilityBin& bin : parts.bins) {
    fmt::print("  said {:>3.0f} %: came {:.0f} % of {} (90 %: {:.0f} to {:.0f} %)\n",
               bin.said * 100, bin.came * 100,
               counted(static_cast<std::size_t>(bin.count), "time", "times"), bin.low * 100,
               bin.high * 100);
  }
  if (parts.tenths.empty()) return;
  fmt::print("\nWhere truths fell, by tenths of what was said: {}\n", parts.sentence);
  const std::int64_t most = *std::max_element(parts.tenths.begin(), parts.tenths.end());
  for (std::size_t i = 0; i < parts.tenths.size(); ++i) {
    constexpr std::int64_t kWidest = 40;
    const auto width =
        static_cast<std::size_t>(parts.tenths[i] * kWidest / std::max<std::int64_t>(most, 1));
    fmt::print("  {:>3} to {:>3} % {:>5} {}\n", i * 10, i * 10 + 10, parts.tenths[i],
               std::string(width, '#'));
  }
}

int run_learn(World& world, const Arguments& arguments) {
  const auto output = output_of(arguments);
  if (!output) return print_error(output.error());
  const auto page = Client(world, arguments).get_as<api::LearnPage>("/api/daytwo/v1/learn");
  if (!page) return print_error(page.error());
  Table table{{"who", "of", "ranges held", "chances", "weight", "what it says"}, {}, 5};
  for (const api::ForecasterRow& row : page->forecasters) {
    table.rows.push_back({row.name, row.source, fmt::format("{} of {}", row.held, row.ranges),
                          row.brier ? fmt::format("{}, Brier {:.3f}", row.chances, *row.brier) : "",
                          row.weight ? fmt::format("{:.2f}", *row.weight) : "", row.sentence});
  }
  if (*output != Output::kTable) {
    print(*output, table, model::to_json(*page));
    return kGood;
  }
  fmt::print("{}\n", page->sentence);
  const std::optional<api::CalibrationParts>& parts = page->calibration;
  if (parts) print_parts(*parts, page->brier.value_or(0));
  if (!table.rows.empty()) fmt::print("\n{}", table.to_text(terminal_width()));
  if (const std::string line = weights_line(page->forecasters); !line.empty()) {
    fmt::print("\nWith what each of them says for its name: daytwo calc '{}'\n", line);
  }
  if (table.rows.empty()) fmt::print("Train your own ranges meanwhile: daytwo train\n");
  return kGood;
}

}  // namespace

Command train_command() {
  std::vector<Option> options = {
      {"--questions", "", "", "print the questions as lines of an answer file; ask nothing"},
      {"--answers", "FILE", "", "take ranges from a file: ID: LOW to HIGH, one a line"},
      {"--seed", "N", "", "draw the same questions again, or those of a colleague"},
      output_option()};
  for (Option& option : change_options()) options.push_back(std::move(option));
  return {{"train"},
          "",
          0,
          0,
          "Train your 90 % ranges on ten questions about your own systems, with feedback.",
          {"daytwo train", "daytwo train --questions --seed 7 > answers.txt",
           "daytwo train --answers answers.txt --as ann"},
          std::move(options),
          run_train};
}

Command learn_command() {
  std::vector<Option> options = {output_option()};
  for (Option& option : server_options()) options.push_back(std::move(option));
  return {{"learn"},
          "",
          0,
          0,
          "Say who foretold how well: do 90 % ranges hold nine in ten? Weights by skill.",
          {"daytwo learn", "daytwo learn --output json"},
          std::move(options),
          run_learn};
}

}  // namespace daytwo::app
