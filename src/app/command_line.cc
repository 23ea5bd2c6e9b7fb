// From the words of main to a command and its arguments; the one file that knows CLI11.
#include <fmt/format.h>

#include <CLI/CLI.hpp>  // IWYU pragma: keep
#include <deque>

#include "app/command.h"
#include "app/world.h"
#include "base/text.h"

namespace daytwo::app {
namespace {

// Values that CLI11 fills for one command.
struct Slots {
  const Command* command = nullptr;
  CLI::App* app = nullptr;
  std::map<std::string, std::vector<std::string>> values;
  std::map<std::string, bool> switches;
  std::vector<std::string> positional;
};

CLI::App* word_below(CLI::App* parent, const std::string& word) {
  for (CLI::App* child : parent->get_subcommands({})) {
    if (child->get_name() == word) return child;
  }
  CLI::App* child = parent->add_subcommand(word);
  child->set_help_flag();
  return child;
}

void add_command(CLI::App& root, Slots& slots) {
  CLI::App* app = &root;
  for (const std::string& word : slots.command->words) app = word_below(app, word);
  slots.app = app;
  for (const Option& option : slots.command->options) {
    if (option.value.empty()) {
      app->add_flag(option.name, slots.switches[option.name]);
    } else {
      app->add_option(option.name, slots.values[option.name])->allow_extra_args(false);
    }
  }
  if (slots.command->most > 0) {
    app->add_option("words", slots.positional)
        ->expected(static_cast<int>(slots.command->least), static_cast<int>(slots.command->most));
  }
}

std::vector<std::string> known_words(const std::vector<std::string>& typed) {
  std::vector<std::string> out;
  for (const Command& command : commands()) {
    const std::size_t depth = typed.size();
    if (command.words.size() <= depth || command.hidden) continue;
    if (std::equal(typed.begin(), typed.end(), command.words.begin())) {
      out.push_back(command.words[depth]);
    }
  }
  return out;
}

// The longest run of leading words that begins some command.
std::vector<std::string> leading_words(const std::vector<std::string>& words) {
  std::vector<std::string> typed;
  for (const std::string& word : words) {
    const std::vector<std::string> known = known_words(typed);
    if (std::find(known.begin(), known.end(), word) == known.end()) break;
    typed.push_back(word);
  }
  return typed;
}

// The option meant by `typed`: the nearest, else the only one that has it as a part of its name
// ("--listen" for "--web.listen-address").
std::string nearest_option(const std::string& typed, const std::vector<std::string>& known) {
  if (std::string near = nearest_word(typed, known); !near.empty()) return near;
  const std::string part = typed.substr(2);
  std::string found;
  for (const std::string& option : known) {
    if (part.size() < 3 || option.find(part) == std::string::npos) continue;
    if (!found.empty()) return {};
    found = option;
  }
  return found;
}

int complain(const std::string& text, const std::string& suggestion) {
  fmt::print(stderr, "daytwo: {}\n", text);
  if (!suggestion.empty()) fmt::print(stderr, "did you mean '{}'?\n", suggestion);
  return kUsage;
}

// Words that other tools taught people to type, and what they are called here.
constexpr std::pair<std::string_view, std::string_view> kOtherNames[] = {
    {"status", "loop"},        {"list", "worry list"},
    {"ls", "worry list"},      {"add", "worry add"},
    {"ack", "page ack"},       {"start", "serve"},
    {"run", "serve"},          {"server", "serve"},
    {"health", "check ready"}, {"config", "check config"},
    {"backup", "db backup"},   {"alerts", "page list"},
    {"pages", "page list"},    {"worries", "worry list"},
    {"stake", "stakes"},       {"slos", "slo"},
    {"budget", "plan"},        {"risks", "risk"}};

// What somebody meant who typed `wrong` as a command.
std::string meant_by(const std::string& wrong, const std::vector<std::string>& known) {
  for (const auto& [other, ours] : kOtherNames) {
    if (wrong == other) return std::string(ours);
  }
  return nearest_word(wrong, known);
}

// The usage line of a command, for those who typed it wrong.
std::string usage_of(const Command& command) {
  return fmt::format("daytwo {}{}{}", command.name(), command.arguments.empty() ? "" : " ",
                     command.arguments);
}

// What to say when a command got too few words.
int complain_of_missing(const Command& command) {
  return complain(fmt::format("'{}' wants {} (usage: {})", command.name(), command.arguments,
                              usage_of(command)),
                  "");
}

// What to say of words that CLI11 refused.
int explain(const std::vector<std::string>& words, const std::string& reason) {
  const std::vector<std::string> typed = leading_words(words);
  const Command* command = find_command(typed);
  if (command == nullptr) {
    const std::vector<std::string> known = known_words(typed);
    const bool more = words.size() > typed.size() && !words[typed.size()].starts_with('-');
    if (!typed.empty() && !more) {
      return complain(
          fmt::format("'{}' wants one of: {}", fmt::join(typed, " "), fmt::join(known, ", ")), "");
    }
    const std::string& wrong = words[typed.size()];
    return complain(fmt::format("there is no command '{}'; 'daytwo help' lists them", wrong),
                    typed.empty() ? meant_by(wrong, known) : nearest_word(wrong, known));
  }
  for (std::size_t i = typed.size(); i < words.size(); ++i) {
    const std::string name = words[i].substr(0, words[i].find('='));
    if (!name.starts_with("--")) continue;
    std::vector<std::string> known;
    for (const Option& option : command->options) known.push_back(option.name);
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    return complain(fmt::format("'{}' has no option {}", command->name(), name),
                    nearest_option(name, known));
  }
  const bool has_parts = !known_words(typed).empty();
  if (has_parts && words.size() > typed.size() && !words[typed.size()].starts_with('-')) {
    const std::string& wrong = words[typed.size()];
    return complain(fmt::format("'{}' has no part '{}'", command->name(), wrong),
                    nearest_word(wrong, known_words(typed)));
  }
  constexpr std::string_view kTooMany = "The following argument was not expected: ";
  if (reason.starts_with(kTooMany)) {
    return complain(fmt::format("'{}' has no place for '{}' (usage: {})", command->name(),
                                reason.substr(kTooMany.size()), usage_of(*command)),
                    "");
  }
  if (reason.starts_with("words: At least")) return complain_of_missing(*command);
  return complain(fmt::format("{}: {} (usage: {})", command->name(), reason, usage_of(*command)),
                  "");
}

int help(const std::vector<std::string>& words) {
  const std::vector<std::string> typed = leading_words(words);
  if (typed.empty() && words.empty()) {
    fmt::print("{}", help_text());
    return kGood;
  }
  if (const Command* command = find_command(typed)) {
    fmt::print("{}", help_text(*command));
    return kGood;
  }
  if (typed.empty()) return explain(words, "");
  for (const Command& command : commands()) {
    if (command.words[0] == typed[0]) fmt::print("{}\n", help_text(command));
  }
  return kGood;
}

bool asks_for_help(const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [](const std::string& word) { return word == "-h" || word == "--help"; });
}

// A server that $DAYTWO_SERVER names stands where --server is not given.
void take_server(const World& world, Arguments& arguments) {
  const std::vector<Option>& options = arguments.command->options;
  const bool wanted = std::any_of(options.begin(), options.end(),
                                  [](const Option& each) { return each.name == "--server"; });
  const auto variable = world.system.variable("DAYTWO_SERVER");
  if (!wanted || arguments.has("--server") || !variable || variable->empty()) return;
  arguments.options["--server"] = {*variable};
}

// `daytwo --server URL loop` is what `daytwo loop --server URL` is: options that stand before the
// command go behind it.
void put_command_first(std::vector<std::string>& words) {
  if (words.empty() || !words[0].starts_with("--")) return;
  const std::vector<std::string> known = known_words({});
  const auto command = std::find_first_of(words.begin(), words.end(), known.begin(), known.end());
  if (command != words.end()) std::rotate(words.begin(), command, words.end());
}

}  // namespace

int run_command_line(World& world, std::vector<std::string> words) {
  if (words.empty()) words.emplace_back("help");
  if (words[0] == "help") return help({words.begin() + 1, words.end()});
  if (words[0] == "--version") words[0] = "version";
  if (asks_for_help(words)) {
    std::erase_if(words, [](const std::string& word) { return word.starts_with('-'); });
    return help(words);
  }
  put_command_first(words);
  CLI::App root;
  root.set_help_flag();
  root.require_subcommand(1);
  std::deque<Slots> all;
  for (const Command& command : commands()) {
    all.emplace_back().command = &command;
    add_command(root, all.back());
  }
  try {
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    root.parse(reversed);
  } catch (const CLI::Error& error) {
    return explain(words, error.what());
  }
  for (Slots& slots : all) {
    if (!slots.app->parsed() || !slots.app->get_subcommands().empty()) continue;
    Arguments arguments;
    arguments.command = slots.command;
    arguments.positional = std::move(slots.positional);
    if (arguments.positional.size() < slots.command->least) {
      return complain_of_missing(*slots.command);
    }
    for (auto& [name, values] : slots.values) {
      if (!values.empty()) arguments.options[name] = std::move(values);
    }
    for (const auto& [name, given] : slots.switches) {
      if (given) arguments.options[name] = {"true"};
    }
    take_server(world, arguments);
    return slots.command->run(world, arguments);
  }
  return explain(words, "incomplete");
}

}  // namespace daytwo::app
