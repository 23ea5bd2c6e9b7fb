// Help: examples first, options by group with default and unit, in at most 80 columns.
#include <fmt/format.h>

#include <algorithm>

#include "app/command.h"
#include "base/text.h"

namespace daytwo::app {
namespace {

constexpr std::size_t kWidth = 80;

// Words wrapped at `width`, each line but the first indented.
std::string wrapped(std::string_view text, std::size_t indent) {
  std::string out;
  std::size_t column = indent;
  for (const std::string_view word : split(text, ' ')) {
    if (column > indent && column + 1 + word.size() > kWidth) {
      out += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  return out;
}

void append_options(std::string& out, const Command& command) {
  std::vector<std::string> groups;
  for (const Option& option : command.options) {
    if (std::find(groups.begin(), groups.end(), option.group) == groups.end()) {
      groups.push_back(option.group);
    }
  }
  for (const std::string& group : groups) {
    out += fmt::format("\n{}:\n", group);
    for (const Option& option : command.options) {
      if (option.group != group) continue;
      const std::string left =
          option.value.empty() ? option.name : fmt::format("{}={}", option.name, option.value);
      std::string help = option.help;
      if (!option.fallback.empty()) help += fmt::format(" (default {})", option.fallback);
      if (option.repeatable) help += " (repeatable)";
      out += fmt::format("  {}\n      {}\n", left, wrapped(help, 6));
    }
  }
}

}  // namespace

std::string help_text() {
  std::string out =
      "daytwo: write a production worry in one sentence, or let daytwo find it.\n\n"
      "  daytwo serve                          start; then open http://127.0.0.1:9420\n"
      "  daytwo demo                           a small shop to break and heal\n"
      "  daytwo worry add \"30% a year that payments is down, 2h to 8h\"\n"
      "  daytwo loop                           what needs me now?\n";
  std::size_t widest = 0;
  for (const Command& command : commands()) widest = std::max(widest, command.name().size());
  std::string_view heading;
  for (const Command& command : commands()) {
    if (command.hidden) continue;
    if (command.heading != heading) out += fmt::format("\n{}:\n", command.heading);
    heading = command.heading;
    out +=
        fmt::format("  {:<{}}  {}\n", command.name(), widest, wrapped(command.summary, widest + 4));
  }
  return out + "\n'daytwo help COMMAND' or 'daytwo COMMAND -h' tells more.\n";
}

std::string help_text(const Command& command) {
  std::string out = wrapped(command.summary, 0) + "\n\nExamples:\n";
  for (const std::string& example : command.examples) out += "  " + example + '\n';
  out += fmt::format("\nUsage: daytwo {}{}{}\n", command.name(),
                     command.options.empty() ? "" : " [OPTIONS]",
                     command.arguments.empty() ? "" : ' ' + command.arguments);
  if (!command.notes.empty()) out += '\n';
  for (const std::string& note : command.notes) out += note + '\n';
  append_options(out, command);
  return out;
}

}  // namespace daytwo::app
