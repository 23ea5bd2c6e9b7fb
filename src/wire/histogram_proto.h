// A native histogram as remote write sends it: prometheus.Histogram [prompb/types.proto], integer
// (deltas between buckets) or float (counts).
// Thread rule: pure functions.
#pragma once

#include <string_view>

#include "base/result.h"
#include "series/value.h"

namespace daytwo::wire {

// Decodes one message into a sample; counts become absolute floats; exponential schemas above 8 are
// reduced to 8. Errors: kInvalid, naming the rule that is broken: spans and buckets that do not
// fit, a negative count, a total that is not the sum of its buckets, custom bounds that do not
// grow, a schema that is unknown.
[[nodiscard]] Result<series::Sample> decode_histogram(std::string_view message);

}  // namespace daytwo::wire
