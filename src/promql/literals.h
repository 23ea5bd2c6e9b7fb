// Values of literals: numbers, durations and strings as the query language writes them.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace daytwo::promql {

// Decimal, hexadecimal, octal with a leading 0, `_` between digits, Inf and NaN in any case.
// Errors: kInvalid.
[[nodiscard]] Result<double> parse_number(std::string_view text);

// `1h30m`, at least 1 ms unless zero is written. Errors: kInvalid.
[[nodiscard]] Result<Duration> parse_duration_literal(std::string_view text);

// Seconds as a span, to the millisecond. Errors: kInvalid when it is NaN or does not fit.
[[nodiscard]] Result<Duration> duration_from_seconds(double seconds);

// The text between the quotes of a string token, with Go's escapes resolved (none in backquotes).
// Errors: kInvalid. REQUIRES: quoted begins and ends with the same quote.
[[nodiscard]] Result<std::string> unquote(std::string_view quoted);

}  // namespace daytwo::promql
