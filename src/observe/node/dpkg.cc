#include "observe/node/dpkg.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "observe/node/text.h"

namespace daytwo::observe {
namespace {

// The fields of one stanza that matter here, as views into the text.
struct Stanza {
  std::string_view package;
  std::string_view status;
  std::string_view architecture;
  std::string_view version;
  std::string_view source;
  bool malformed = false;
  bool empty = true;
};

void take_field(std::string_view line, Stanza& stanza) {
  stanza.empty = false;
  if (line.front() == ' ' || line.front() == '\t') return;  // continues the field before
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) {
    stanza.malformed = true;
    return;
  }
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trim(line.substr(colon + 1));
  if (name == "Package") stanza.package = value;
  if (name == "Status") stanza.status = value;
  if (name == "Architecture") stanza.architecture = value;
  if (name == "Version") stanza.version = value;
  if (name == "Source") stanza.source = value;
}

// [deb-version(7)]
bool is_version(std::string_view text) {
  return !text.empty() && text.find_first_not_of(
                              "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                              ".+-:~") == std::string_view::npos;
}

bool is_package_name(std::string_view text) {
  return text.size() >= 2 && text.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz.+-") ==
                                 std::string_view::npos;
}

// The third word of "install ok installed".
bool has_code_on_disk(std::string_view status) {
  static_cast<void>(next_word(status));
  static_cast<void>(next_word(status));
  const std::string_view state = next_word(status);
  return !state.empty() && state != "not-installed" && state != "config-files";
}

DpkgPackage to_package(const Stanza& stanza) {
  DpkgPackage package{std::string(stanza.package), std::string(stanza.version),
                      std::string(stanza.architecture), std::string(stanza.package),
                      std::string(stanza.version)};
  if (stanza.source.empty()) return package;
  std::string_view rest = stanza.source;
  package.source = next_word(rest);
  rest = trim(rest);
  if (rest.size() > 2 && rest.front() == '(' && rest.back() == ')') {
    package.source_version = trim(rest.substr(1, rest.size() - 2));
  }
  return package;
}

void finish_stanza(const Stanza& stanza, DpkgKind kind, bool cut, DpkgStatus& out) {
  if (stanza.empty) return;
  ++out.stanzas;
  const bool needs_status = kind == DpkgKind::kStatusFile;
  if (cut || stanza.malformed || !is_package_name(stanza.package) ||
      (needs_status && stanza.status.empty())) {
    ++out.broken;
    return;
  }
  if (needs_status && !has_code_on_disk(stanza.status)) return;
  if (!is_version(stanza.version)) {
    ++out.broken;
    return;
  }
  out.packages.push_back(to_package(stanza));
}

// Files below these are never mapped with execute permission.
constexpr std::array<std::string_view, 12> kNeverMapped = {
    "/usr/share/doc/",      "/usr/share/man/",
    "/usr/share/locale/",   "/usr/share/icons/",
    "/usr/include/",        "/etc/",
    "/usr/share/zoneinfo/", "/usr/share/perl/",
    "/usr/share/lintian/",  "/usr/share/bash-completion/",
    "/usr/share/info/",     "/usr/src/"};
constexpr std::array<std::string_view, 14> kNeverMappedSuffixes = {
    ".py", ".pyc",  ".h",   ".hpp", ".a",   ".pm", ".rb",
    ".js", ".html", ".png", ".svg", ".txt", ".gz", ".json"};

bool is_never_mapped(std::string_view path) {
  return std::any_of(kNeverMapped.begin(), kNeverMapped.end(),
                     [&](std::string_view prefix) { return path.starts_with(prefix); }) ||
         std::any_of(kNeverMappedSuffixes.begin(), kNeverMappedSuffixes.end(),
                     [&](std::string_view suffix) { return path.ends_with(suffix); });
}

std::uint64_t path_hash(std::string_view path) {
  for (const std::string_view top : {"/bin/", "/sbin/", "/lib"}) {
    if (path.starts_with(top)) return hash64(merged_path(path));
  }
  return hash64(path);
}

std::string unquoted(std::string_view value) {
  value = trim(value);
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
      value.back() == value.front()) {
    value = value.substr(1, value.size() - 2);
  }
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\' && i + 1 < value.size()) ++i;
    out += value[i];
  }
  return to_utf8(out);
}

std::string ecosystem_of(const std::unordered_map<std::string, std::string>& fields) {
  const auto field = [&](const char* name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
  };
  const std::string id = field("ID");
  const std::string version = field("VERSION_ID");
  const std::string major = version.substr(0, version.find('.'));
  if (version.empty()) return {};
  if (id == "debian") return "Debian:" + major;
  if (id == "almalinux") return "AlmaLinux:" + major;
  if (id == "rocky") return "Rocky Linux:" + major;
  if (id == "ubuntu") {
    const bool lts = field("VERSION").find("LTS") != std::string::npos;
    return "Ubuntu:" + version + (lts ? ":LTS" : "");
  }
  if (id == "alpine") {
    const std::size_t dot = version.find('.');
    const std::size_t second = dot == std::string::npos ? dot : version.find('.', dot + 1);
    return "Alpine:v" + version.substr(0, second);
  }
  return {};
}

}  // namespace

DpkgStatus parse_dpkg_status(std::string_view text, DpkgKind kind) {
  DpkgStatus out;
  Stanza stanza;
  const std::string_view end = kind == DpkgKind::kStatusFile ? "\n\n" : "\n";
  const bool whole = text.empty() || text.ends_with(end);
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    if (trim(line).empty()) {
      finish_stanza(stanza, kind, false, out);
      stanza = {};
    } else {
      take_field(line, stanza);
    }
  }
  finish_stanza(stanza, kind, !whole, out);
  return out;
}

std::string merged_path(std::string_view path) {
  for (const std::string_view top :
       {"/bin/", "/sbin/", "/lib/", "/lib64/", "/lib32/", "/libx32/"}) {
    if (path.starts_with(top)) return fmt::format("/usr{}", path);
  }
  return std::string(path);
}

void FileOwners::add(std::string_view package, std::string_view list) {
  packages_.emplace_back(package.substr(0, package.find(':')));
  const auto number = static_cast<std::uint32_t>(packages_.size() - 1);
  while (!list.empty()) {
    const std::string_view path = next_line(list);
    if (!path.starts_with('/') || path.size() < 2 || is_never_mapped(path)) continue;
    // A directory stands before its content.
    if (list.size() > path.size() && list.starts_with(path) && list[path.size()] == '/') continue;
    entries_.push_back({path_hash(path), number});
  }
}

void FileOwners::divert(std::string_view text) {
  while (!text.empty()) {
    const std::string_view from = next_line(text);
    const std::string_view to = next_line(text);
    const std::string_view package = next_line(text);
    if (!from.starts_with('/') || !to.starts_with('/') || package.empty()) continue;
    diversions_.push_back({path_hash(from), path_hash(to), std::string(package)});
  }
}

void FileOwners::finish() {
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return std::pair(a.hash, a.package) < std::pair(b.hash, b.package);
  });
  entries_.shrink_to_fit();
}

std::span<const FileOwners::Entry> FileOwners::range(std::uint64_t hash) const {
  const auto [first, last] =
      std::equal_range(entries_.begin(), entries_.end(), Entry{hash, 0},
                       [](const Entry& a, const Entry& b) { return a.hash < b.hash; });
  return {first, last};
}

std::string_view FileOwners::find(std::string_view path) const {
  const std::uint64_t hash = path_hash(path);
  for (const Diversion& diversion : diversions_) {
    if (diversion.to == hash) {  // the diverted file: listed under its old name by another package
      for (const Entry& entry : range(diversion.from)) {
        if (packages_[entry.package] != diversion.package) return packages_[entry.package];
      }
      return {};
    }
    if (diversion.from == hash) {  // ":" = a local diversion, owned by nobody
      return diversion.package == ":" ? std::string_view() : std::string_view(diversion.package);
    }
  }
  const std::span<const Entry> found = range(hash);
  return found.empty() ? std::string_view() : std::string_view(packages_[found.front().package]);
}

Release parse_os_release(std::string_view text) {
  std::unordered_map<std::string, std::string> fields;
  while (!text.empty()) {
    const std::string_view line = trim(next_line(text));
    const std::size_t equals = line.find('=');
    if (line.starts_with('#') || equals == std::string_view::npos) continue;
    fields[std::string(line.substr(0, equals))] = unquoted(line.substr(equals + 1));
  }
  return {fields["PRETTY_NAME"], ecosystem_of(fields)};
}

}  // namespace daytwo::observe
