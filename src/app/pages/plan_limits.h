// What a plan is asked for, read from texts: money, person-days, years.
// Thread rule: pure functions.
#pragma once

#include <optional>

#include "api/services.h"
#include "base/result.h"
#include "decide/plan/problem.h"
#include "decide/plan/register.h"
#include "decide/plan/tail.h"
#include "model/worry_file.h"

namespace daytwo::app {

// Errors: kInvalid naming `years` or `discount`.
[[nodiscard]] Result<decide::plan::Horizon> horizon_of(const api::PlanQuery& query);

// The limits of the query for the teams and the currency of the register. Errors: kInvalid naming
// `budget` or `days`, with the nearest team.
[[nodiscard]] Result<decide::plan::Problem> limits_of(const api::PlanQuery& query,
                                                      const decide::plan::Register& reg);

// The limit on the tail of the query, else of the files; nothing where neither says one. Errors:
// kInvalid naming `tail`, another currency.
[[nodiscard]] Result<std::optional<decide::plan::TailLimit>> tail_of(
    const api::PlanQuery& query, const model::WorryFile& file, const decide::plan::Register& reg);

}  // namespace daytwo::app
