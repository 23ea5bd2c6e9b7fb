// Label sets as Prometheus prints them in errors.
#pragma once

#include <string>

#include "series/labels.h"

namespace daytwo::promql {

// `{__name__="up", job="a"}`: the metric name is a label like the others.
[[nodiscard]] std::string label_text(const series::Labels& labels);

}  // namespace daytwo::promql
