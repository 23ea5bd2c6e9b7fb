#include "app/demo/shop.h"

#include <fmt/format.h>

#include <vector>

#include "base/text.h"

namespace daytwo::app {
namespace {
constexpr std::array<std::string_view, 6> kTroubles = {"none",    "broken",  "slow",
                                                       "leaking", "stalled", "busy"};
}  // namespace

Result<ShopPlace> find_place(std::string_view name) {
  std::vector<std::string> known;
  for (const ShopPlace& place : kShop) {
    if (place.name == name) return place;
    known.emplace_back(place.name);
  }
  const std::string near = nearest_word(name, known);
  return fail(Code::kInvalid,
              fmt::format("the shop has no {}: it has {}{}", to_utf8(name), join_words(known),
                          near.empty() ? "" : "; did you mean " + near + "?"));
}

std::string url_of(const ShopPlace& place) {
  return fmt::format("http://127.0.0.1:{}", place.port);
}

std::string_view to_string(Trouble trouble) {
  return kTroubles.at(static_cast<std::size_t>(trouble));
}

std::optional<Trouble> parse_trouble(std::string_view text) {
  for (std::size_t i = 0; i < kTroubles.size(); ++i) {
    if (kTroubles.at(i) == text) return static_cast<Trouble>(i);
  }
  return std::nullopt;
}

}  // namespace daytwo::app
