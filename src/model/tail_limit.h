// Tail limit: how bad the worst years may be, as people write it: "$2M at 99%" is a mean of the
// worst 1 % of years of at most $2M.
// Thread rule: plain values.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace daytwo::model {

struct StatedTail {
  double loss = 0;  // > 0
  std::string currency;
  double level = 0;  // in [0.5, 0.999]
  bool operator==(const StatedTail&) const = default;
};

// Errors: kInvalid saying what was expected.
[[nodiscard]] Result<StatedTail> parse_tail_limit(std::string_view text);

}  // namespace daytwo::model
