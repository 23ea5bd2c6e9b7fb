// One number for one question: a PromQL expression's value now.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "series/source.h"

namespace daytwo::app {

// The value of a scalar or of the only element of a vector; nothing for no element, several, NaN,
// or a query that fails.
[[nodiscard]] std::optional<double> ask(const series::Source& source, const std::string& query,
                                        Timestamp now);

}  // namespace daytwo::app
