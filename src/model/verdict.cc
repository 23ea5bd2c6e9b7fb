#include "model/verdict.h"

#include <array>
#include <cstddef>

namespace daytwo::model {
namespace {
constexpr std::array<std::string_view, 4> kNames = json_names(Verdict{});
constexpr std::array<std::string_view, 4> kWords = {"not decided", "do it", "find out first",
                                                    "leave it"};
}  // namespace

std::string_view to_string(Verdict verdict) { return kNames.at(static_cast<std::size_t>(verdict)); }

std::string_view to_words(Verdict verdict) { return kWords.at(static_cast<std::size_t>(verdict)); }

std::optional<Verdict> parse_verdict(std::string_view text) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames.at(i) == text) return static_cast<Verdict>(i);
  }
  return std::nullopt;
}

}  // namespace daytwo::model
