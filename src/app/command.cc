#include "app/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <system_error>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"

namespace daytwo::app {
namespace {

const Option* find_option(const Command* command, const std::string& name) {
  CHECK(command != nullptr, "arguments belong to a command");
  for (const Option& option : command->options) {
    if (option.name == name) return &option;
  }
  return nullptr;
}

}  // namespace

std::string Arguments::get(const std::string& name) const {
  const std::vector<std::string> values = all(name);
  return values.empty() ? std::string() : values.back();
}

std::vector<std::string> Arguments::all(const std::string& name) const {
  const auto given = options.find(name);
  if (given != options.end()) return given->second;
  const Option* option = find_option(command, name);
  CHECK(option != nullptr, "a command asks for options of its table only");
  if (option->fallback.empty()) return {};
  return {option->fallback};
}

Result<std::uint64_t> Arguments::whole_number(const std::string& name, std::uint64_t least,
                                              std::uint64_t most) const {
  const std::string text = get(name);
  std::uint64_t out = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (code == std::errc{} && end == text.data() + text.size() && out >= least && out <= most) {
    return out;
  }
  return fail(Code::kInvalid,
              fmt::format("{} is a whole number from {} to {}, not '{}'", name, least, most, text));
}

Result<Duration> Arguments::duration(const std::string& name) const {
  auto span = parse_duration(get(name));
  if (!span) return fail_in(name, std::move(span).error());
  return *span;
}

std::string Arguments::sentence() const {
  std::string out;
  for (const std::string& word : positional) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

std::string Command::name() const {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

const Command* find_command(std::span<const std::string> words) {
  for (const Command& command : commands()) {
    if (std::equal(command.words.begin(), command.words.end(), words.begin(), words.end())) {
      return &command;
    }
  }
  return nullptr;
}

}  // namespace daytwo::app
