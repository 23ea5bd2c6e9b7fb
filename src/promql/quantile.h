// Quantiles of plain values: linear between the two nearest ranks.
#pragma once

#include <vector>

#include "promql/annotations.h"
#include "promql/ast.h"

namespace daytwo::promql {

// The value at rank q (n - 1), NaN sorting first. NaN for q NaN or no values, -Inf for q < 0, +Inf
// for q > 1. Sorts `values`.
[[nodiscard]] double quantile(double q, std::vector<double>& values);

// Warns once for each q that is no quantile; `span` is the argument that gave it.
void warn_of_quantiles(Annotations& annotations, const std::vector<double>& q, ByteSpan span);

}  // namespace daytwo::promql
