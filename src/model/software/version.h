// Version orders: which of two versions of a package is the newer one, by its ecosystem's own rule.
// Sources: Debian Policy 5.6.12 and deb-version(7); semver.org 2.0.0 section 11. Pure functions.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daytwo::model {

enum class VersionOrder : std::uint8_t { kDebian, kSemver };

// The order of an OSV ecosystem ("Debian:12", "Ubuntu:22.04:LTS", "Go", "npm", "Bitnami"); nothing
// for one whose order is not implemented.
[[nodiscard]] std::optional<VersionOrder> order_of_ecosystem(std::string_view ecosystem);

// Bytes whose memcmp order is the order of versions, and which are equal for equal versions
// ("1.0" and "0:1.0-0"). Nothing when `version` is not one in this order. Layout: debian.cc,
// semver.cc. Cost: one pass, about 1.2 bytes a character.
[[nodiscard]] std::optional<std::string> version_key(VersionOrder order, std::string_view version);

// Compares two versions by rule, without keys: the slow oracle of version_key. Nothing when one of
// them is no version.
[[nodiscard]] std::optional<std::strong_ordering> compare_versions(VersionOrder order,
                                                                   std::string_view a,
                                                                   std::string_view b);

// version_key of Debian's order.
[[nodiscard]] std::optional<std::string> debian_key(std::string_view version);
// compare_versions of Debian's order.
[[nodiscard]] std::optional<std::strong_ordering> compare_debian(std::string_view a,
                                                                 std::string_view b);
// version_key of SemVer's order.
[[nodiscard]] std::optional<std::string> semver_key(std::string_view version);
// compare_versions of SemVer's order.
[[nodiscard]] std::optional<std::strong_ordering> compare_semver(std::string_view a,
                                                                 std::string_view b);

}  // namespace daytwo::model
