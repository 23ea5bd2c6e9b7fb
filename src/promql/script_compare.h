// Compares answers with what a script expects.
#pragma once

#include <optional>
#include <string>

#include "promql/engine.h"
#include "promql/script_text.h"
#include "series/value.h"

namespace daytwo::promql {

// Equal up to |a - b| / (|a| + |b|) < 1e-6; NaN equals NaN, a stale marker only itself.
[[nodiscard]] bool nearly_same(double a, double b);

// As nearly_same for numbers; histograms by layout and number, empty buckets left out.
[[nodiscard]] bool nearly_same(const series::Value& a, const series::Value& b);

// What is wrong with the answer to an eval, or nothing.
[[nodiscard]] std::optional<std::string> difference(const EvalCommand& eval,
                                                    const Result<Answer>& got);

// As difference(), but of the values alone: for variations of an eval.
[[nodiscard]] std::optional<std::string> value_difference(const EvalCommand& eval,
                                                          const Answer& got);

}  // namespace daytwo::promql
