// The type checker: fills in what each node yields and refuses what does not fit together.
#pragma once

#include <string_view>

#include "base/result.h"
#include "promql/ast.h"

namespace daytwo::promql {

// Sets `type` and `pinned` of every node below and including `node`.
// Errors: kInvalid with Prometheus's text and position, the first problem only. `text` is the query
// the spans refer to.
[[nodiscard]] Result<void> check(Node& node, std::string_view text);

}  // namespace daytwo::promql
