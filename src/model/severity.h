// Severities of alerts: what the words on other systems' rules mean by custom. One table, since
// whoever pages and whoever counts pages must agree.
// Thread rule: pure functions.
#pragma once

#include <string_view>

namespace daytwo::model {

// The severities that wake people by the customs of Prometheus rule files: page, critical,
// emergency.
[[nodiscard]] bool wakes_by_custom(std::string_view severity);

// The gravest severities (emergency, disaster, sev1, p1): nobody should be told to quieten a rule
// that carries one.
[[nodiscard]] bool is_gravest(std::string_view severity);

}  // namespace daytwo::model
