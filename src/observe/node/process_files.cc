#include "observe/node/process_files.h"

#include <algorithm>
#include <cstddef>

#include "observe/node/text.h"

namespace daytwo::observe {
namespace {

constexpr std::string_view kDeleted = " (deleted)";

bool is_package_file(std::string_view path) {
  if (!path.starts_with('/')) return false;
  for (const std::string_view prefix :
       {"/memfd:", "/dev/", "/SYSV", "/anon_hugepage", "/i915", "/[aio]", "/run/user/", "/proc/"}) {
    if (path.starts_with(prefix)) return false;
  }
  return true;
}

}  // namespace

std::optional<ProcessStat> parse_process_stat(std::string_view text) {
  // The name stands in brackets and may hold any byte: the last bracket ends it.
  const std::size_t open = text.find('(');
  const std::size_t close = text.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    return std::nullopt;
  }
  ProcessStat stat;
  std::string_view head = text.substr(0, open);
  const auto pid = to_count(next_word(head));
  if (!pid) return std::nullopt;
  stat.pid = *pid;
  stat.name = text.substr(open + 1, close - open - 1);
  std::string_view rest = text.substr(close + 1);
  std::string_view line = next_line(rest);
  const std::string_view state = next_word(line);
  stat.state = state.empty() ? '?' : state.front();
  std::int64_t user = 0;
  std::int64_t system = 0;
  for (int field = 4; field <= 24; ++field) {
    const std::string_view word = next_word(line);
    const auto value = field == 9 ? static_cast<std::optional<std::int64_t>>(0) : to_count(word);
    if (word.empty()) return std::nullopt;
    switch (field) {
      case 4:
        stat.parent = value.value_or(0);
        break;
      case 9:
        stat.flags = to_number<std::uint64_t>(word).value_or(0);
        break;
      case 14:
        user = value.value_or(0);
        break;
      case 15:
        system = value.value_or(0);
        break;
      case 20:
        stat.threads = value.value_or(0);
        break;
      case 22:
        stat.start_ticks = value.value_or(0);
        break;
      case 24:
        stat.resident_pages = value.value_or(0);
        break;
      default:
        break;
    }
  }
  stat.cpu_ticks = user + system;
  return stat;
}

std::optional<std::uint32_t> parse_effective_user(std::string_view status) {
  while (!status.empty()) {
    std::string_view line = next_line(status);
    if (next_word(line) != "Uid:") continue;
    static_cast<void>(next_word(line));
    return to_number<std::uint32_t>(next_word(line));
  }
  return std::nullopt;
}

std::optional<std::int64_t> parse_descriptor_limit(std::string_view limits) {
  constexpr std::string_view kName = "Max open files";
  while (!limits.empty()) {
    std::string_view line = next_line(limits);
    if (!line.starts_with(kName)) continue;
    line.remove_prefix(kName.size());
    return to_number(next_word(line));
  }
  return std::nullopt;
}

std::vector<CgroupLine> parse_process_cgroups(std::string_view text) {
  std::vector<CgroupLine> lines;
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string_view::npos ? first : line.find(':', first + 1);
    if (second == std::string_view::npos || !line.substr(second + 1).starts_with('/')) continue;
    lines.push_back({std::string(line.substr(first + 1, second - first - 1)),
                     std::string(line.substr(second + 1))});
  }
  return lines;
}

std::vector<std::string> parse_arguments(std::string_view text) {
  std::vector<std::string> arguments;
  while (!text.empty()) {
    const std::size_t end = text.find('\0');
    arguments.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return arguments;
}

ExecutableMapping split_deleted(std::string_view path) {
  if (path.ends_with(kDeleted)) {
    return {std::string(path.substr(0, path.size() - kDeleted.size())), true};
  }
  return {std::string(path), false};
}

std::vector<ExecutableMapping> parse_executable_mappings(std::string_view maps) {
  std::vector<ExecutableMapping> found;
  std::string_view last;
  while (!maps.empty()) {
    // address perms offset device inode path; newlines in the path are written as \012.
    std::string_view line = next_line(maps);
    static_cast<void>(next_word(line));
    const std::string_view permissions = next_word(line);
    if (permissions.size() < 4 || permissions[2] != 'x') continue;
    for (int skip = 0; skip < 3; ++skip) static_cast<void>(next_word(line));
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string_view::npos) continue;
    const std::string_view path = line.substr(begin);
    if (path == last || !is_package_file(path)) continue;
    last = path;
    ExecutableMapping mapping = split_deleted(path);
    if (std::find(found.begin(), found.end(), mapping) == found.end()) {
      found.push_back(std::move(mapping));
    }
  }
  return found;
}

}  // namespace daytwo::observe
