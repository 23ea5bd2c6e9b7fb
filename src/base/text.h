// Small text helpers that several rooms need.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace daytwo {

// Without leading and trailing ASCII white space.
[[nodiscard]] std::string_view trim(std::string_view text);

// Parts between `separator`s; an empty text gives one empty part.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

// "a, b and c". Empty for no parts.
[[nodiscard]] std::string join_words(std::span<const std::string> parts);

// ASCII lower case.
[[nodiscard]] std::string to_lower(std::string_view text);

// Well-formed UTF-8 without surrogates or over-long forms [RFC 3629].
[[nodiscard]] bool is_utf8(std::string_view text);

// A copy in which each broken byte is replaced by U+FFFD; *replaced counts them.
[[nodiscard]] std::string to_utf8(std::string_view text, std::size_t* replaced = nullptr);

// The candidate nearest to `word` by edit distance with swaps, if at most a third of its length
// away; else empty. Cost: |word| * sum of candidate lengths.
[[nodiscard]] std::string nearest_word(std::string_view word,
                                       std::span<const std::string> candidates);

// Shortest decimal that reads back to the same bits, as Prometheus prints sample values: "NaN",
// "+Inf", "-Inf", "1e+21".
[[nodiscard]] std::string format_double(double value);

// As format_double, but never with an exponent: the shortest digits, filled up with zeros.
[[nodiscard]] std::string format_fixed(double value);

// Go's %g and %v of a float64: shortest digits, with an exponent of at least two digits when the
// decimal exponent is below -4 or at least 6 ("123456", "1e+06"), "NaN", "+Inf", "-Inf". Texts that
// must equal Prometheus's byte for byte need it; sample values do not (format_double).
[[nodiscard]] std::string go_number(double value);

// Go's %q: in double quotes, with Go's escapes for quotes, control characters and broken UTF-8.
[[nodiscard]] std::string go_quoted(std::string_view text);

// Counted noun: "1 worry", "3 worries" (the plural is given).
[[nodiscard]] std::string counted(std::size_t count, std::string_view one, std::string_view many);

}  // namespace daytwo
