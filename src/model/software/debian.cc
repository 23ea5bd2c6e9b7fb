// Debian's order: [epoch:]upstream[-revision]. Text and number alternate in both parts; in text `~`
// sorts below the end, letters below all other characters; numbers compare without leading zeros;
// no epoch, no revision count as 0 [Debian Policy 5.6.12, deb-version(7)].
//
// A key is
//   epoch     4 bytes, big-endian
//   upstream  runs of { text, 02, length of number (2 bytes, big-endian), its digits }, then 02
//   revision  the same
// where a character of text is 01 for `~`, itself for a letter, 80h + itself for any other. A text
// that ends writes 02: above `~`, below everything else, which is the rule.
#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/software/version.h"

namespace daytwo::model {
namespace {

constexpr std::uint64_t kMaxEpoch = 0x7fffffff;  // dpkg keeps it in an int
constexpr std::size_t kMaxVersion = 60'000;      // so that a number's length fits in two bytes

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Parts {
  std::uint32_t epoch = 0;
  std::string_view upstream;
  std::string_view revision;
};

bool all_of_upstream(std::string_view text, std::string_view allowed) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return is_digit(c) || is_letter(c) || allowed.find(c) != std::string_view::npos;
  });
}

// dpkg refuses an empty upstream, an epoch that is no number, a revision that is there and empty,
// and characters outside its sets. A first character that is no digit is only a warning there.
std::optional<Parts> parse(std::string_view version) {
  if (version.size() > kMaxVersion) return std::nullopt;
  Parts out;
  if (const std::size_t colon = version.find(':'); colon != std::string_view::npos) {
    if (colon == 0) return std::nullopt;
    std::uint64_t epoch = 0;
    for (const char c : version.substr(0, colon)) {
      if (!is_digit(c)) return std::nullopt;
      epoch = epoch * 10 + static_cast<std::uint64_t>(c - '0');
      if (epoch > kMaxEpoch) return std::nullopt;
    }
    out.epoch = static_cast<std::uint32_t>(epoch);
    version.remove_prefix(colon + 1);
  }
  if (const std::size_t dash = version.rfind('-'); dash != std::string_view::npos) {
    out.revision = version.substr(dash + 1);
    if (out.revision.empty()) return std::nullopt;
    version = version.substr(0, dash);
  }
  out.upstream = version;
  if (out.upstream.empty() || !all_of_upstream(out.upstream, ".-+~:")) return std::nullopt;
  if (!all_of_upstream(out.revision, ".+~")) return std::nullopt;
  return out;
}

void append_part(std::string& key, std::string_view part) {
  std::size_t at = 0;
  do {
    for (; at < part.size() && !is_digit(part[at]); ++at) {
      const char c = part[at];
      if (c == '~') {
        key += '\x01';
      } else if (is_letter(c)) {
        key += c;
      } else {
        key += static_cast<char>(static_cast<unsigned char>(c) | 0x80U);
      }
    }
    key += '\x02';
    while (at < part.size() && part[at] == '0') ++at;
    const std::size_t first = at;
    while (at < part.size() && is_digit(part[at])) ++at;
    const std::size_t length = at - first;
    key += static_cast<char>(length >> 8U);
    key += static_cast<char>(length & 0xffU);
    key += part.substr(first, length);
  } while (at < part.size());
  key += '\x02';
}

// Rank of the character at `at` in text: digits and the end are both "end".
int rank(std::string_view text, std::size_t at) {
  if (at >= text.size() || is_digit(text[at])) return 0;
  if (text[at] == '~') return -1;
  return is_letter(text[at]) ? static_cast<unsigned char>(text[at])
                             : static_cast<unsigned char>(text[at]) + 256;
}

std::strong_ordering compare_part(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    while ((i < a.size() && !is_digit(a[i])) || (j < b.size() && !is_digit(b[j]))) {
      if (const auto order = rank(a, i) <=> rank(b, j); order != 0) return order;
      ++i;
      ++j;
    }
    while (i < a.size() && a[i] == '0') ++i;
    while (j < b.size() && b[j] == '0') ++j;
    const std::size_t a_first = i;
    const std::size_t b_first = j;
    while (i < a.size() && is_digit(a[i])) ++i;
    while (j < b.size() && is_digit(b[j])) ++j;
    if (const auto order = (i - a_first) <=> (j - b_first); order != 0) return order;
    const int digits = a.substr(a_first, i - a_first).compare(b.substr(b_first, j - b_first));
    if (digits != 0) return digits <=> 0;
  }
  return std::strong_ordering::equal;
}

}  // namespace

std::optional<std::string> debian_key(std::string_view version) {
  const auto parts = parse(version);
  if (!parts) return std::nullopt;
  std::string key;
  key.reserve(version.size() * 2 + 8);
  for (unsigned shift = 32; shift > 0; shift -= 8) {
    key += static_cast<char>(parts->epoch >> (shift - 8) & 0xffU);
  }
  append_part(key, parts->upstream);
  append_part(key, parts->revision);
  return key;
}

std::optional<std::strong_ordering> compare_debian(std::string_view a, std::string_view b) {
  const auto left = parse(a);
  const auto right = parse(b);
  if (!left || !right) return std::nullopt;
  if (const auto order = left->epoch <=> right->epoch; order != 0) return order;
  if (const auto order = compare_part(left->upstream, right->upstream); order != 0) return order;
  return compare_part(left->revision, right->revision);
}

}  // namespace daytwo::model
