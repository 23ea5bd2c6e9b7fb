// Cutting kernel text into words and numbers. Nothing here fails: what is no number is absent.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace daytwo::observe {

// The next line of `text` without its end; `text` keeps the rest. Empty at the end.
[[nodiscard]] inline std::string_view next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

// The next word of `line` (between blanks and tabs); `line` keeps the rest. Empty at the end.
[[nodiscard]] inline std::string_view next_word(std::string_view& line) {
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos) {
    line = {};
    return {};
  }
  line.remove_prefix(begin);
  const std::size_t end = line.find_first_of(" \t");
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end);
  return word;
}

// The whole of `word` as a number in `base`; absent when it is none or does not fit.
template <typename Number = std::int64_t>
[[nodiscard]] std::optional<Number> to_number(std::string_view word, int base = 10) {
  Number value{};
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, base);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

// The whole of `word` as a number that may be reckoned with: beyond 2^40 a second, tick, page or
// KiB is not the kernel's, and sums and products of what is taken do not overflow.
[[nodiscard]] inline std::optional<std::int64_t> to_count(std::string_view word) {
  constexpr std::int64_t kLargest = std::int64_t{1} << 40U;
  const auto value = to_number(word);
  return value && *value <= kLargest && *value >= -kLargest ? value : std::nullopt;
}

// The whole of `word` as a decimal fraction.
[[nodiscard]] inline std::optional<double> to_decimal(std::string_view word) {
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

}  // namespace daytwo::observe
