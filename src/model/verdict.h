// Verdict: what to do about one worry.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace daytwo::model {

enum class Verdict : std::uint8_t { kUndecided, kDo, kFindOut, kLeave };

// Names for JSON, in the order of the enum.
constexpr std::array<std::string_view, 4> json_names(Verdict) {
  return {"undecided", "do", "find_out", "leave"};
}
// Its name among the types of the API.
constexpr std::string_view json_type_name(Verdict) { return "Verdict"; }

// "undecided", "do", "find_out", "leave": as in JSON and on the command line.
[[nodiscard]] std::string_view to_string(Verdict verdict);
// For people: "do it", "find out first", "leave it", "not decided".
[[nodiscard]] std::string_view to_words(Verdict verdict);
// Inverse of to_string; nothing for another word.
[[nodiscard]] std::optional<Verdict> parse_verdict(std::string_view text);

}  // namespace daytwo::model
