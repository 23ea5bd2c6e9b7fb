// The documents that follow from the route table: OpenAPI, the console's types, the reference page.
// The committed copies are docs/reference/openapi.yaml, web/src/api/api.gen.ts and
// docs/reference/api.md; a test fails when one is stale.
// Thread rule: pure functions.
#pragma once

#include <string>

#include "api/route.h"
#include "api/schema.h"

namespace daytwo::api {

// OpenAPI 3.1 as YAML. [spec.openapis.org/oas/v3.1.0]
[[nodiscard]] std::string to_openapi(const RouteTable& table);

// One TypeScript declaration for each named type.
[[nodiscard]] std::string to_typescript(const Schema& schema);

// The reference page: one line for each route, by group.
[[nodiscard]] std::string to_reference(const RouteTable& table);

// "read", "change", "ingest", "link" or "public".
[[nodiscard]] std::string_view access_name(Access access);

}  // namespace daytwo::api
