// What is wrong with the queries of a rule file.
#pragma once

#include <span>

#include "base/diagnostic.h"
#include "model/rule_file.h"

namespace daytwo::orient {

// One problem for each rule whose query does not parse, or whose value can be no rule's: a string
// or a range. Pure.
[[nodiscard]] Diagnostics check_rules(std::span<const model::RuleGroup> groups);

}  // namespace daytwo::orient
