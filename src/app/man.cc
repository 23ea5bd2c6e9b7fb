// The manual page, made from the command table.
#include <fmt/format.h>

#include "app/command.h"
#include "daytwo_build.h"

namespace daytwo::app {
namespace {

// Hyphens and backslashes mean something to roff; so does a dot at the start of a line.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '-') {
      out += "\\-";
    } else if (c == '\\') {
      out += "\\e";
    } else {
      out += c;
    }
  }
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

}  // namespace

std::string man_page() {
  std::string out = fmt::format(
      ".TH DAYTWO 1 \"\" \"daytwo {}\" \"User Commands\"\n.SH NAME\n"
      "daytwo \\- day\\-two operations: worries, verdicts, pages, scores\n"
      ".SH SYNOPSIS\n.B daytwo\n.I COMMAND\n[OPTIONS] [ARGUMENTS]\n.SH DESCRIPTION\n"
      "Write a production worry in one sentence, or let daytwo find it; daytwo ties it to what "
      "really runs, says do it, find out first or leave it, gets it to whoever can act, and later "
      "shows whether you were right.\n.SH COMMANDS\n",
      build_facts().version);
  for (const Command& command : commands()) {
    if (command.hidden) continue;
    out += fmt::format(".SS {}\n{}\n", roff(command.name() + ' ' + command.arguments),
                       roff(command.summary));
    if (!command.notes.empty()) {
      out += ".PP\n.nf\n";
      for (const std::string& note : command.notes) out += roff(note) + '\n';
      out += ".fi\n";
    }
    for (const Option& option : command.options) {
      const std::string left =
          option.value.empty() ? option.name : option.name + '=' + option.value;
      out += fmt::format(".TP\n.B {}\n{}{}\n", roff(left), roff(option.help),
                         option.fallback.empty() ? "" : roff(" Default: " + option.fallback + '.'));
    }
    out += ".PP\nExamples:\n.nf\n";
    for (const std::string& example : command.examples) out += roff(example) + '\n';
    out += ".fi\n";
  }
  return out +
         ".SH EXIT STATUS\n0 good, 1 failed, 2 usage, 3 findings, 4 could not reach the server\n"
         ".SH FILES\n/etc/daytwo/daytwo.yml\n.br\n/var/lib/daytwo\n";
}

}  // namespace daytwo::app
