// Mending: how long exposures last, from all that was seen, what is still open included.
// Model: the product-limit estimate [Kaplan and Meier 1958, J. Am. Stat. Assoc. 53:457]: an
// exposure that still stands is not left out, it is known to last longer; one that was old when
// daytwo saw it first joins at that age and says nothing of younger ones (delayed entry).
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>

#include "base/time.h"
#include "decide/security/span.h"
#include "model/security_promise.h"

namespace daytwo::decide::security {

// How long what a promise covers took to be mended, as of one instant.
struct Mending {
  std::size_t mended = 0;
  std::size_t open = 0;
  std::optional<double> median_days;  // nothing while fewer than half are mended
  std::optional<double> within_due;   // share that is mended when due; nothing when none was so old
};

// Days count as the promise counts them (counted_from).
[[nodiscard]] Mending mending_of(const model::SecurityPromise& promise,
                                 const std::set<std::string>& services,
                                 std::span<const ExposureSpan> spans, Timestamp at);

}  // namespace daytwo::decide::security
