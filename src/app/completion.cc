// Shell completion, made from the command table.
#include <fmt/format.h>

#include <map>
#include <set>

#include "app/command.h"

namespace daytwo::app {
namespace {

// What may follow each prefix of words: the next words and the options.
std::map<std::string, std::set<std::string>> followers() {
  std::map<std::string, std::set<std::string>> out;
  for (const Command& command : commands()) {
    if (command.hidden) continue;
    std::string prefix;
    for (const std::string& word : command.words) {
      out[prefix].insert(word);
      prefix += prefix.empty() ? word : ' ' + word;
    }
    for (const Option& option : command.options) out[prefix].insert(option.name);
    if (command.words.size() == 1) out["help"].insert(command.words[0]);
  }
  return out;
}

std::string joined(const std::set<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// Bash; zsh reads it too, through bashcompinit.
std::string bash_script() {
  std::string cases;
  for (const auto& [prefix, next] : followers()) {
    cases += fmt::format("    '{}') words='{}' ;;\n", prefix, joined(next));
  }
  return fmt::format(R"(_daytwo() {{
  local prefix='' word words=''
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case $word in -*) ;; *) prefix="${{prefix:+$prefix }}$word" ;; esac
  done
  case $prefix in
{}  esac
  COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o default -F _daytwo daytwo
)",
                     cases);
}

std::string fish_script() {
  std::string out = "complete -c daytwo -f\n";
  for (const Command& command : commands()) {
    if (command.hidden) continue;
    const std::string condition = command.words.size() == 1
                                      ? std::string("__fish_use_subcommand")
                                      : "__fish_seen_subcommand_from " + command.words[0];
    out += fmt::format("complete -c daytwo -n '{}' -a {} -d '{}'\n", condition,
                       command.words.back(), command.summary);
    for (const Option& option : command.options) {
      out += fmt::format("complete -c daytwo -n '__fish_seen_subcommand_from {}' -l {}{}\n",
                         command.words.back(), option.name.substr(2),
                         option.value.empty() ? "" : " -r");
    }
  }
  return out;
}

}  // namespace

Result<std::string> completion_script(const std::string& shell) {
  if (shell == "bash") return bash_script();
  if (shell == "zsh") return "autoload -U +X bashcompinit && bashcompinit\n" + bash_script();
  if (shell == "fish") return fish_script();
  return fail(Code::kInvalid,
              fmt::format("there is completion for bash, zsh and fish, not '{}'", shell));
}

}  // namespace daytwo::app
