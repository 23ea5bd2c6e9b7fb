// A portfolio as the API and the command line show it.
// Thread rule: pure function over plain values.
#pragma once

#include "api/view_risk.h"
#include "base/time.h"
#include "decide/risk/portfolio.h"
#include "model/worry_file.h"

namespace daytwo::app {

// The page of `portfolio`, which was made from `file`.
[[nodiscard]] api::RiskPage risk_view(const decide::risk::Portfolio& portfolio,
                                      const model::WorryFile& file, Timestamp now);

}  // namespace daytwo::app
