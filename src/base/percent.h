// Percent-encoding of addresses [RFC 3986 2.1].
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace daytwo {

// "a b" -> "a%20b": every byte but letters, digits and "-._~" [RFC 3986 2.3].
[[nodiscard]] std::string percent_encode(std::string_view text);

// "a%20b" -> "a b", any bytes; nothing for a broken escape.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);

}  // namespace daytwo
