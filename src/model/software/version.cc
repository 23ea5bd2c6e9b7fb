#include "model/software/version.h"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace daytwo::model {

std::optional<VersionOrder> order_of_ecosystem(std::string_view ecosystem) {
  const std::string_view base = ecosystem.substr(0, ecosystem.find(':'));
  if (base == "Debian" || base == "Ubuntu") return VersionOrder::kDebian;
  for (const std::string_view name : {"Go", "npm", "crates.io", "Bitnami", "Hex", "SwiftURL"}) {
    if (base == name) return VersionOrder::kSemver;
  }
  return std::nullopt;
}

std::optional<std::string> version_key(VersionOrder order, std::string_view version) {
  return order == VersionOrder::kDebian ? debian_key(version) : semver_key(version);
}

std::optional<std::strong_ordering> compare_versions(VersionOrder order, std::string_view a,
                                                     std::string_view b) {
  return order == VersionOrder::kDebian ? compare_debian(a, b) : compare_semver(a, b);
}

}  // namespace daytwo::model
