// The demo shop: five small services on loopback and a sixth that nobody uses, their customers, and
// the trouble a person can cause.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace daytwo::app {

// One service of the shop.
struct ShopPlace {
  std::string_view name;
  std::uint16_t port;
};

// All of the shop, in the order they start.
inline constexpr std::array<ShopPlace, 6> kShop = {{{"checkout", 9431},
                                                    {"payments", 9432},
                                                    {"search", 9433},
                                                    {"orders", 9434},
                                                    {"database", 9435},
                                                    {"staging", 9437}}};

// Where the demo's own receiver of pages listens.
inline constexpr std::uint16_t kPagerPort = 9436;

// The place called `name`. Errors: kInvalid, with the nearest name.
[[nodiscard]] Result<ShopPlace> find_place(std::string_view name);

// "http://127.0.0.1:9431".
[[nodiscard]] std::string url_of(const ShopPlace& place);

// What may be wrong with a service.
enum class Trouble : std::uint8_t { kNone, kBroken, kSlow, kLeaking, kStalled, kBusy };

// "none", "broken", "slow", "leaking", "stalled", "busy".
[[nodiscard]] std::string_view to_string(Trouble trouble);
[[nodiscard]] std::optional<Trouble> parse_trouble(std::string_view text);

// Upper ends of the latency buckets, in seconds.
inline constexpr std::array<double, 7> kLatencyBounds = {0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0};

}  // namespace daytwo::app
