// Chances in words for people: short, and never rounded to what cannot be.
#pragma once

#include <string>

namespace daytwo {

// "30 %"; within half a per cent of never or always with a decimal, "0.3 %", and then "under 0.1 %"
// or "over 99.9 %": only what cannot happen is "0 %". REQUIRES: 0 <= chance <= 1.
[[nodiscard]] std::string chance_words(double chance);

}  // namespace daytwo
