// Open doors: ports by custom of software that answers whoever reaches it unless it was told not
// to. A port is a hint, not a proof: what listens there may be something else, or have been told.
#pragma once

#include <cstdint>
#include <string_view>

namespace daytwo::orient {

// What usually listens on the port and what it gives away, "Redis, which asks for no password
// unless told"; empty for every other port.
[[nodiscard]] std::string_view open_door(std::string_view protocol, std::int64_t port);

}  // namespace daytwo::orient
