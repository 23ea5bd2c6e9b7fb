// Words: how findings print instants, spans and rates, so that all sentences agree.
#pragma once

#include <string>

#include "base/time.h"

namespace daytwo::orient {

// "2026-11-22 14:20 UTC".
[[nodiscard]] std::string to_clock(Timestamp at);

// A span in seconds with its two largest units: "2h 10m", "45s"; "over 10 years" beyond that.
[[nodiscard]] std::string span_words(double seconds);

// A share in percent with two significant digits: "0.02 %", "12 %"; close to the whole, of what is
// missing: "99.961 %", "95 %".
[[nodiscard]] std::string percent_words(double share);

// A number with three significant digits and no exponent for readable sizes: "1.25", "1250".
[[nodiscard]] std::string number_words(double value);

}  // namespace daytwo::orient
