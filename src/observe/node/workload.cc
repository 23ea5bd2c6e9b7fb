#include "observe/node/workload.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/text.h"

namespace daytwo::observe {
namespace {

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string_view base_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// The 64 hex digits of a container id in one path segment ("docker-<id>.scope", "<id>",
// "cri-containerd-<id>.scope", "libpod-<id>"); its first 12, as the tools print it. Empty if none.
std::string_view container_id(std::string_view segment) {
  if (segment.ends_with(".scope")) segment.remove_suffix(6);
  if (segment.size() < 64) return {};
  const std::string_view id = segment.substr(segment.size() - 64);
  const bool separate = segment.size() == 64 || segment[segment.size() - 65] == '-';
  return separate && is_hex(id) ? id.substr(0, 12) : std::string_view();
}

// The pod uid in "kubepods-burstable-pod1f2e_....slice" or "pod1f2e-...". Empty if none.
std::string pod_uid(std::string_view segment) {
  if (segment.ends_with(".slice")) segment.remove_suffix(6);
  const std::size_t at = segment.rfind("pod");
  if (at == std::string_view::npos || (at != 0 && segment[at - 1] != '-')) return {};
  std::string uid(segment.substr(at + 3));
  std::replace(uid.begin(), uid.end(), '_', '-');
  if (uid.size() != 36 && !(uid.size() == 32 && is_hex(uid))) return {};
  return uid;
}

bool is_unit(std::string_view segment) {
  for (const std::string_view suffix : {".service", ".socket", ".mount", ".swap", ".scope"}) {
    if (segment.size() > suffix.size() && segment.ends_with(suffix)) return true;
  }
  return false;
}

bool is_session(std::string_view segment) {
  return segment.starts_with("session-") || segment.starts_with("user@") ||
         segment.starts_with("init.scope") || segment.starts_with("user.slice");
}

constexpr std::array<std::string_view, 12> kInterpreters = {
    "python", "perl", "ruby", "node", "php", "bash", "sh", "dash", "zsh", "lua", "tclsh", "java"};

// "python3.11" is python: version digits and dots at the end do not count.
bool is_interpreter(std::string_view name) {
  const std::size_t end = name.find_last_not_of("0123456789.-");
  const std::string_view bare = name.substr(0, end == std::string_view::npos ? 0 : end + 1);
  return std::find(kInterpreters.begin(), kInterpreters.end(), bare) != kInterpreters.end();
}

// What an interpreter runs: the module after -m, the jar after -jar, else its first plain argument.
// Program text after -c or -e is no name.
std::string_view script_of(std::span<const std::string> arguments) {
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "-c" || argument == "-e" || argument.empty()) return {};
    if ((argument == "-m" || argument == "-jar") && i + 1 < arguments.size()) {
      return base_name(arguments[i + 1]);
    }
    if (!argument.starts_with('-')) return base_name(argument);
  }
  return {};
}

bool is_verb(std::string_view word) {
  return !word.empty() &&
         word.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos &&
         word.front() != '-';
}

}  // namespace

std::string workload_of_cgroup(std::string_view path) {
  std::string pod;
  std::string_view container;
  std::string_view unit;
  for (const std::string_view segment : split(path, '/')) {
    if (is_session(segment)) return {};
    if (std::string uid = pod_uid(segment); !uid.empty()) pod = std::move(uid);
    if (const std::string_view id = container_id(segment); !id.empty()) {
      container = id;
    } else if (is_unit(segment)) {
      unit = segment;
    }
  }
  if (!pod.empty()) {
    return container.empty() ? fmt::format("pod {}", pod)
                             : fmt::format("pod {}/{}", pod, container);
  }
  if (!container.empty()) return fmt::format("container {}", container);
  return to_utf8(unit);
}

std::string workload_of_executable(std::string_view executable, std::string_view name,
                                   std::string_view user) {
  return to_utf8(fmt::format("{} as {}", executable.empty() ? name : executable, user));
}

std::string process_name(std::string_view name, std::string_view executable,
                         std::span<const std::string> arguments) {
  if (executable.empty()) return to_utf8(name);
  const std::string_view base = base_name(executable);
  if (is_interpreter(base)) {
    const std::string_view script = script_of(arguments);
    return to_utf8(script.empty() ? base : script);
  }
  std::string out = to_utf8(base);
  // Its file may have another name: what it calls itself counts too.
  const bool ours = base == "daytwo" || (!arguments.empty() && base_name(arguments[0]) == "daytwo");
  if (ours) {
    for (std::size_t i = 1; i < std::min<std::size_t>(arguments.size(), 4); ++i) {
      if (!is_verb(arguments[i])) break;
      out += ' ';
      out += arguments[i];
    }
  }
  return out;
}

}  // namespace daytwo::observe
