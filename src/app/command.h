// Commands: one table from which parsing, help, completion and the man page come.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace daytwo::app {

struct World;

// Exit codes of the command line [house 13].
inline constexpr int kGood = 0;
inline constexpr int kFailed = 1;
inline constexpr int kUsage = 2;
inline constexpr int kFindings = 3;
inline constexpr int kNotReached = 4;

// One option of a command.
struct Option {
  std::string name;      // "--server"
  std::string value;     // "URL"; empty for a switch
  std::string fallback;  // the default, as text; empty = none
  std::string help;      // what it does and why one would change it
  std::string group = "Options";
  bool repeatable = false;
};

// What was typed after the words of a command.
class Arguments {
 public:
  std::map<std::string, std::vector<std::string>> options;  // given ones only
  std::vector<std::string> positional;
  const struct Command* command = nullptr;

  // The last value given, else the default of the table.
  [[nodiscard]] std::string get(const std::string& name) const;
  // All values given, else the default of the table if there is one.
  [[nodiscard]] std::vector<std::string> all(const std::string& name) const;
  // Whether it was given.
  [[nodiscard]] bool has(const std::string& name) const { return options.contains(name); }
  // The value as a whole number from `least` to `most`. Errors: kInvalid, saying so.
  [[nodiscard]] Result<std::uint64_t> whole_number(const std::string& name, std::uint64_t least,
                                                   std::uint64_t most) const;
  // A duration such as 35d. Errors: kInvalid, naming the option.
  [[nodiscard]] Result<Duration> duration(const std::string& name) const;
  // The positional words as one sentence.
  [[nodiscard]] std::string sentence() const;
};

// One verb, or verb and noun ("worry add").
struct Command {
  std::vector<std::string> words;
  std::string arguments;  // "SENTENCE..." as help shows it; empty = none
  std::size_t least = 0;  // positional words
  std::size_t most = 0;
  std::string summary;
  std::vector<std::string> examples;
  std::vector<Option> options;
  int (*run)(World& world, const Arguments& arguments) = nullptr;
  bool hidden = false;
  std::vector<std::string> notes = {};  // lines of help that stand as they are, after the usage
  std::string heading = {};             // what the list of all commands has it under

  // "worry add".
  [[nodiscard]] std::string name() const;
};

// Every command, in the order help lists them.
[[nodiscard]] std::span<const Command> commands();

// The command called `words`, or null.
[[nodiscard]] const Command* find_command(std::span<const std::string> words);

// Runs what the arguments of main say; the exit code.
[[nodiscard]] int run_command_line(World& world, std::vector<std::string> words);

// Help for all commands, or for one, in at most 80 columns.
[[nodiscard]] std::string help_text();
[[nodiscard]] std::string help_text(const Command& command);

// Completion script for bash, zsh or fish. Errors: kInvalid for another shell.
[[nodiscard]] Result<std::string> completion_script(const std::string& shell);

// The manual page, as roff.
[[nodiscard]] std::string man_page();

}  // namespace daytwo::app
