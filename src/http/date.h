// Dates as HTTP and mail write them.
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace daytwo::http {

// "Sun, 22 Nov 2026 20:00:00 GMT": a moment in UTC, with the name that `zone` gives it ("GMT" in
// HTTP, "+0000" in mail). [RFC 9110, 5.6.7; RFC 5322, 3.3]
[[nodiscard]] std::string date_text(Timestamp at, std::string_view zone);

}  // namespace daytwo::http
