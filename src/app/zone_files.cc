#include "app/zone_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/text.h"

namespace daytwo::app {
namespace {

constexpr std::string_view kFolder = "/usr/share/zoneinfo";
// The largest zone of all is below 4 KiB.
constexpr std::size_t kMaxZoneBytes = 64U << 10U;
// Names and rules of all zones in one text; 110 KiB in 2025.
constexpr std::size_t kMaxTableBytes = 4U << 20U;

// "Europe/Berlin", "Etc/GMT+5"; nothing that leaves the folder.
bool is_zone_name(std::string_view text) {
  const auto belongs = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  };
  return !text.empty() && text.size() <= 64 && text.front() != '/' && text.back() != '/' &&
         std::all_of(text.begin(), text.end(), belongs);
}

// Zones and their other names, as `tzdata.zi` lists them: "Z NAME ..." and "L NAME OTHER".
std::vector<std::string> names(const env::Files& files) {
  std::vector<std::string> out;
  const auto table = files.read(fmt::format("{}/tzdata.zi", kFolder), kMaxTableBytes);
  if (!table) return out;
  for (const std::string_view line : split(*table, '\n')) {
    const std::vector<std::string_view> words = split(line, ' ');
    if (words.size() >= 2 && words[0] == "Z") out.emplace_back(words[1]);
    if (words.size() == 3 && words[0] == "L") out.emplace_back(words[2]);
  }
  return out;
}

Result<model::Zone> find_zone(const env::Files& files, std::string_view name) {
  const std::string shown = to_utf8(name);
  if (is_zone_name(name)) {
    const auto bytes = files.read(fmt::format("{}/{}", kFolder, name), kMaxZoneBytes);
    if (bytes) return model::Zone::parse(std::string(name), *bytes);
  }
  const std::vector<std::string> known = names(files);
  if (known.empty()) {
    return fail(Code::kInvalid,
                fmt::format("zone '{}' cannot be looked up: there is no {} here; install tzdata, "
                            "or write an offset such as +01:00",
                            shown, kFolder));
  }
  const std::string nearest = nearest_word(shown, known);
  return fail(Code::kInvalid,
              fmt::format("there is no zone '{}'{}", shown,
                          nearest.empty() ? ": a zone is UTC, +01:00 or a name like Europe/Berlin"
                                          : fmt::format("; did you mean '{}'?", nearest)));
}

}  // namespace

model::FindZone zones_of(const env::Files& files) {
  return [&files](std::string_view name) { return find_zone(files, name); };
}

}  // namespace daytwo::app
