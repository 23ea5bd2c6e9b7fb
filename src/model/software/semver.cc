// SemVer's order [semver.org 2.0.0, section 11], loose in what it takes: a leading `v`, one or two
// numbers instead of three, numbers of any length. Build text after `+` does not count.
//
// A key is three numbers (length, 2 bytes big-endian, then digits), then 02 for a release, or 01
// and the identifiers of the pre-release: 01 and a number, or 02, its text and 00; then 00.
#include <array>
#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "model/software/version.h"

namespace daytwo::model {
namespace {

constexpr std::size_t kMaxVersion = 60'000;

bool is_number(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return true;
}

bool is_identifier(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text) {
    const bool fits =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    if (!fits) return false;
  }
  return true;
}

std::string_view without_zeros(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? std::string_view{} : digits.substr(first);
}

struct Parts {
  std::array<std::string_view, 3> numbers;
  std::vector<std::string_view> before;  // pre-release identifiers; none = a release
};

std::optional<Parts> parse(std::string_view version) {
  if (version.size() > kMaxVersion) return std::nullopt;
  if (version.starts_with('v') || version.starts_with('=')) version.remove_prefix(1);
  version = version.substr(0, version.find('+'));
  Parts out;
  if (const std::size_t dash = version.find('-'); dash != std::string_view::npos) {
    out.before = split(version.substr(dash + 1), '.');
    for (const std::string_view identifier : out.before) {
      if (!is_identifier(identifier)) return std::nullopt;
    }
    version = version.substr(0, dash);
  }
  // What follows a third number is build text, as some Go and Bitnami versions have it.
  const auto numbers = split(version, '.');
  for (std::size_t i = 0; i < numbers.size() && i < out.numbers.size(); ++i) {
    if (!is_number(numbers[i])) return std::nullopt;
    out.numbers.at(i) = without_zeros(numbers[i]);
  }
  return out;
}

void append_number(std::string& key, std::string_view digits) {
  key += static_cast<char>(digits.size() >> 8U);
  key += static_cast<char>(digits.size() & 0xffU);
  key += digits;
}

std::strong_ordering compare_numbers(std::string_view a, std::string_view b) {
  if (const auto order = a.size() <=> b.size(); order != 0) return order;
  return a.compare(b) <=> 0;
}

std::strong_ordering compare_identifiers(std::string_view a, std::string_view b) {
  const bool a_number = is_number(a);
  const bool b_number = is_number(b);
  if (a_number && b_number) return compare_numbers(without_zeros(a), without_zeros(b));
  if (a_number != b_number) return b_number <=> a_number;
  return a.compare(b) <=> 0;
}

}  // namespace

std::optional<std::string> semver_key(std::string_view version) {
  const auto parts = parse(version);
  if (!parts) return std::nullopt;
  std::string key;
  for (const std::string_view number : parts->numbers) append_number(key, number);
  if (parts->before.empty()) return key + '\x02';
  key += '\x01';
  for (const std::string_view identifier : parts->before) {
    if (is_number(identifier)) {
      key += '\x01';
      append_number(key, without_zeros(identifier));
    } else {
      key += '\x02';
      key += identifier;
      key += '\0';
    }
  }
  return key + '\0';
}

std::optional<std::strong_ordering> compare_semver(std::string_view a, std::string_view b) {
  const auto left = parse(a);
  const auto right = parse(b);
  if (!left || !right) return std::nullopt;
  for (std::size_t i = 0; i < left->numbers.size(); ++i) {
    const auto order = compare_numbers(left->numbers.at(i), right->numbers.at(i));
    if (order != 0) return order;
  }
  if (left->before.empty() != right->before.empty()) {
    return left->before.empty() ? std::strong_ordering::greater : std::strong_ordering::less;
  }
  for (std::size_t i = 0; i < left->before.size() && i < right->before.size(); ++i) {
    const auto order = compare_identifiers(left->before[i], right->before[i]);
    if (order != 0) return order;
  }
  return left->before.size() <=> right->before.size();
}

}  // namespace daytwo::model
