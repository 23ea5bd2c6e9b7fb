// A parsed expression as JSON, as /api/v1/parse_query answers and Prometheus's own tree view reads.
// Thread rule: pure function.
#pragma once

#include <string>

#include "promql/ast.h"

namespace daytwo::api {

// The tree: each node an object with "type" and what that type holds.
[[nodiscard]] std::string to_json_tree(const promql::Node& node);

}  // namespace daytwo::api
