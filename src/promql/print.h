// A tree back to text.
#pragma once

#include <string>

#include "promql/ast.h"

namespace daytwo::promql {

// One line, in Prometheus's spelling. parse(print(e)) is the same tree as e.
[[nodiscard]] std::string print(const Node& node);

// As /api/v1/format_query answers: whatever is longer than 100 characters is broken into lines,
// indented by two spaces a level.
[[nodiscard]] std::string format(const Node& node);

}  // namespace daytwo::promql
